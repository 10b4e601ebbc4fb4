import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { TRAINING_MS, trainOnDemo } from '../steps.ts';

/** The palette: whatever the window and the workspace hold, by the keyboard alone. */

test.describe.configure({ timeout: TRAINING_MS });

test('leads to places, new jobs, champions, jobs, markets and runs by a few letters', async ({
  page,
  server,
}) => {
  await trainOnDemo(page, server, SMALL_GRID);
  await page.goto(`${server.origin}/#/queue`);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Training Queue' })).toBeVisible();
  const search = page.getByRole('textbox', { name: 'Command palette' });
  async function goBy(words: string, wanted: RegExp): Promise<void> {
    await page.keyboard.press('Control+k');
    await expect(search).toBeFocused();
    await page.keyboard.type(words);
    await expect(page.getByRole('button', { name: wanted }).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(search).toBeHidden();
  }
  await goBy('histo', /^Training History/);
  await expect(page).toHaveURL(/#\/history$/);
  await goBy('train prod', /^Train for production/);
  await expect(page).toHaveURL(/#\/queue\?train=/);
  // In a field, too: nothing is typed into it.
  await page.goto(`${server.origin}/#/history`);
  await page.getByRole('textbox', { name: 'Text' }).focus();
  await goBy('small', /^small grid/);
  await expect(page).toHaveURL(/#\/queue\?queue=\d+/);
  await goBy('eurusd candles', /^DEMO_EURUSD H1 ?candles/);
  await expect(page).toHaveURL(/#\/data\?tab=market&series=DEMO_EURUSD/);
  await goBy('ridge', /^Run \d+: Ridge/);
  await expect(page).toHaveURL(/#\/(history\?run=|evidence\?champion=)/);
});

test('offers what can be done now, by the mouse', async ({ page }) => {
  await page.getByRole('button', { name: 'Command palette' }).click();
  const theme = page.getByRole('button', { name: /^Switch to (dark|light) theme/ }).last();
  await expect(page.getByRole('button', { name: /^Pause training/ })).toBeHidden();
  const before = await page.locator('html').getAttribute('data-mantine-color-scheme');
  await theme.click();
  await expect(page.locator('html')).not.toHaveAttribute('data-mantine-color-scheme', before ?? '');
});
