import type { Page } from '@playwright/test';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, choose, chooseModels, expectCompleted, queueSection, TRAINING_MS } from '../steps.ts';

/** Would mark the window if the page took it for anything but text; and leaves an element where it stood. */
const IMAGE = '<img src=x onerror="window.ran=1">';
const SCRIPT = '<script>window.ran=1</script>';

declare global {
  interface Window {
    ran?: number;
  }
}

test.describe.configure({ timeout: TRAINING_MS });

/** The policy would stop a script, so that none ran proves little: no markup became an element either. */
async function expectOnlyText(page: Page): Promise<void> {
  expect(await page.evaluate(() => window.ran)).toBeUndefined();
  await expect(page.locator('img[src="x"], #root script, [onerror]')).toHaveCount(0);
}

async function chooseFile(page: Page, button: string, name: string, text: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

test('a script in the name of a regime is refused; in its title and description it is text everywhere', async ({
  page,
  server,
}) => {
  await call(page, server, 'market.demo');
  await page.goto(`${server.origin}/#/regimes?view=manage`);
  await page.reload();
  const save = page.getByRole('button', { name: 'Save regimes' });
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill(SCRIPT);
  await expect(page.getByText(/expected a name of 1 to 40 small letters/)).toBeVisible();
  await expect(save).toBeDisabled();
  await name.fill('bull_trending');
  await page.getByRole('textbox', { name: 'Title' }).fill(IMAGE);
  await page.getByRole('textbox', { name: 'Description' }).fill(SCRIPT);
  await page
    .getByRole('textbox', { name: 'Rules (JSON)' })
    .fill(`{"${IMAGE.replaceAll('"', '\\"')}": "> 0"}`);
  await expect(page.getByRole('alert').filter({ hasText: 'onerror' })).toBeVisible();
  await expect(save).toBeDisabled();
  await page.getByRole('textbox', { name: 'Rules (JSON)' }).fill('{"momentum": "> 0"}');
  await expect(page.getByText('Rules are valid')).toBeVisible();
  await save.click();
  await expect(page.getByRole('table', { name: /^Bars of DEMO_EURUSD/ })).toContainText(IMAGE);
  await page.getByRole('button', { name: 'Save these rules' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Regimes saved' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  const taken = page.getByRole('alert').filter({ hasText: `${IMAGE} is taken from the list` });
  await taken.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(IMAGE);
  await expectOnlyText(page);

  const { queueId } = await call<{ queueId: number }>(page, server, 'queue.create', { grid: SMALL_GRID });
  await call(page, server, 'queue.start', { queueId });
  await call(page, server, 'queue.wait', { queueId });
  await page.goto(`${server.origin}/#/regimes`);
  await page.reload();
  const champion = page.getByRole('row').filter({ hasText: IMAGE });
  await expect(champion.getByRole('img', { name: 'Has a best model' })).toBeVisible();
  await expect(page.getByRole('heading', { name: `Champion of ${IMAGE}` })).toBeVisible();
  await page.getByRole('link', { name: 'View Performance Charts' }).click();
  await expect(
    page.getByRole('figure', { name: 'Sharpe ratio per regime' }).getByText('<img').first(),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Show Sharpe ratio per regime as table' }).click();
  await expect(page.getByRole('cell', { name: IMAGE })).toBeVisible();
  await expectOnlyText(page);
});

test('a script in the name of a queue is text', async ({ page, server }) => {
  await call(page, server, 'market.demo');
  await page.goto(`${server.origin}/#/queue?new=1`);
  await page.reload();
  await chooseModels(page, ['Ridge']);
  await choose(page, 'Symbols', ['DEMO_EURUSD']);
  await choose(page, 'Timeframes', ['H1']);
  await choose(page, 'Days of history', [60]);
  await choose(page, 'Horizons', [3]);
  await page.getByRole('textbox', { name: 'Name' }).fill(IMAGE);
  await page.getByRole('button', { name: 'Generate Queue' }).click();
  await expect(page.getByRole('heading', { name: IMAGE })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog', { name: `Cancel “${IMAGE}”?` })).toBeVisible();
  await page.getByRole('button', { name: 'Keep queue' }).click();
  await queueSection(page, IMAGE).getByRole('button', { name: 'Start Training' }).click();
  await expectCompleted(page, IMAGE);
  await expectOnlyText(page);
});

test('a script in the name of a file, in its lines and as a symbol is text or refused', async ({
  page,
  server,
}) => {
  await page.goto(`${server.origin}/#/data`);
  const bars = Array.from({ length: 240 }, (_, hour) => {
    const time = new Date(Date.UTC(2024, 0, 1, hour)).toISOString();
    return `${time},1.1,1.2,1.0,1.15,100`;
  });
  const lines = ['time,open,high,low,close,volume', ...bars, `${SCRIPT},1,1,1,1,1`];
  await chooseFile(page, 'Choose files', `${IMAGE}.csv`, lines.join('\n'));
  const preview = page.getByRole('form', { name: `Import ${IMAGE}.csv` });
  await expect(preview.getByRole('heading', { name: IMAGE })).toBeVisible();
  await expect(preview.getByRole('region', { name: "Rows that can't be read" })).toContainText(SCRIPT);
  await preview.getByRole('textbox', { name: 'Symbol' }).fill('<b onclick=ran()>');
  await expect(preview.getByRole('combobox', { name: 'Timeframe' })).toHaveValue('H1');
  await preview.getByRole('button', { name: 'Import 240 bars' }).click();
  await expect(
    preview.getByText('a symbol has 1 to 32 letters, digits, dots, underscores or dashes'),
  ).toBeVisible();
  await expectOnlyText(page);
  expect(await call(page, server, 'market.list')).toEqual([]);
  await preview.getByRole('textbox', { name: 'Symbol' }).fill('EURUSD');
  await preview.getByRole('button', { name: 'Import 240 bars' }).click();
  await expect(page.getByRole('row', { name: /EURUSD H1 240/ })).toBeVisible();
});

test.describe('a preset from a stranger', () => {
  test.beforeEach(async ({ page, server }) => {
    await call(page, server, 'market.demo');
    await page.goto(`${server.origin}/#/queue?new=1`);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Load preset' })).toBeVisible();
  });

  test('with scripts as its values shows them as text, with what is wrong', async ({ page }) => {
    await chooseFile(
      page,
      'Load preset',
      'GRID.yaml',
      `name: '${IMAGE}'
model_types: [ridge, '${SCRIPT}']
symbols: [DEMO_EURUSD]
timeframes: [H1]
days_history: [60]
horizons: [3]
`,
    );
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(IMAGE);
    await expect(page.getByRole('region', { name: 'Model types' })).toContainText(SCRIPT);
    await expect(page.getByRole('button', { name: 'Generate Queue' })).toBeDisabled();
    await expectOnlyText(page);
  });

  const REFUSED: readonly (readonly [string, string, string])[] = [
    ['a key that would reach every object', `__proto__: { polluted: yes }\n`, '__proto__'],
    ['aliases that would fill the memory', `name: &a x\nsymbols: [*a, *a]\n`, 'aliases'],
    ['a tag that would make a function', `name: !!js/function '${SCRIPT}'\n`, 'tags are not read'],
    ['a script as a key', `'${SCRIPT}': 1\n`, SCRIPT],
  ];
  for (const [what, text, said] of REFUSED) {
    test(`with ${what} is refused, and says why`, async ({ page }) => {
      await chooseFile(page, 'Load preset', 'GRID.yaml', text);
      await expect(page.getByRole('alert').filter({ hasText: said })).toBeVisible();
      expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
      await expectOnlyText(page);
    });
  }
});
