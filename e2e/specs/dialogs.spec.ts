import type { Page, TestInfo } from '@playwright/test';
import { violations } from '../axe.ts';
import { ONE_RIDGE } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, TRAINING_MS, trainOnDemo } from '../steps.ts';

/** Dialogs on a phone: in both themes without a barrier, nothing wider than the window. */

test.describe.configure({ timeout: TRAINING_MS });
test.use({ viewport: { width: 390, height: 844 } });

async function expectFits(page: Page, name: string, testInfo: TestInfo): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: testInfo.outputPath(`${name}-${colorScheme}.png`) });
    expect(await violations(page, '[role=dialog]'), `${name}, ${colorScheme}`).toEqual([]);
  }
  const dialog = page.getByRole('dialog').last();
  const { x, width } = (await dialog.boundingBox())!;
  expect(x, name).toBeGreaterThanOrEqual(0);
  expect(x + width, name).toBeLessThanOrEqual(390);
  const hidden = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(hidden, `${name}: wider than its room`).toBeLessThanOrEqual(0);
}

async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('dialogs fit a phone, in both themes and without a barrier', async ({ page, server }, testInfo) => {
  await trainOnDemo(page, server, ONE_RIDGE);
  await page.goto(`${server.origin}/#/queue`);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const opened = (name: string | RegExp) => expect(page.getByRole('dialog', { name })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('ridge');
  await expect(page.getByRole('button', { name: /^Run \d+: Ridge/ }).first()).toBeVisible();
  await expectFits(page, 'palette', testInfo);
  await page.getByRole('textbox', { name: 'Command palette' }).fill('about');
  await page.keyboard.press('Enter');
  await opened('About Regimen');
  await expectFits(page, 'about', testInfo);
  await leave(page);

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('shortcuts');
  await page.keyboard.press('Enter');
  await opened('Keyboard shortcuts');
  await expectFits(page, 'shortcuts', testInfo);
  await leave(page);
  await page.keyboard.press('Shift+?');
  await opened('Keyboard shortcuts');
  await leave(page);

  await page.goto(`${server.origin}/#/registry`);
  await page.getByRole('button', { name: 'New schedule' }).click();
  await opened('New schedule');
  await expectFits(page, 'schedule', testInfo);
  await leave(page);

  const { runs } = await call<{ runs: { id: number; kept: boolean }[] }>(page, server, 'history.search', {
    kept: true,
  });
  const kept = runs[0]!;
  await page.goto(`${server.origin}/#/history?run=${kept.id}`);
  await opened(`Run ${kept.id}`);
  await expectFits(page, 'run', testInfo);
  await page.getByRole('button', { name: 'Open the holdout' }).click();
  await expect(page.getByRole('button', { name: 'Keep it hidden' })).toBeVisible();
  await expectFits(page, 'holdout', testInfo);
  await page.getByRole('button', { name: 'Keep it hidden' }).click();

  await page.goto(`${server.origin}/#/regimes?view=manage`);
  const rules = page.getByRole('textbox', { name: 'Rules (JSON)' });
  await expect(rules).toHaveValue(/0\.\d/);
  await rules.fill('{ "trend_strength": "> 0.9" }');
  await expect(page.getByText('Rules are valid')).toBeVisible();
  await page.getByRole('button', { name: 'Save regimes' }).click();
  await opened('What these rules change');
  await expect(page.getByRole('dialog').getByRole('table').first()).toBeVisible();
  await expectFits(page, 'rules', testInfo);
  await page.getByRole('dialog').getByRole('button', { name: 'Save these rules' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
