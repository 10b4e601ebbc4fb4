import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sliceCandles } from '../../engine/market/candles.ts';
import { writeCandleCsv } from '../../engine/market/testing/candle-csv.ts';
import { randomCandles } from '../../engine/market/testing/random-candles.ts';
import { expect, test } from '../fixtures.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'several-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('several files at once: what each is, what each gave, a grid with them, and back', async ({ page }) => {
  const bars = randomCandles(24 * 5 * 40);
  const files = [
    ['EURUSD_H1_b.csv', sliceCandles(bars, 2000, bars.length)],
    ['EURUSD_H1_a.csv', sliceCandles(bars, 0, 2000)],
    ['GBPUSD_M15.csv', bars],
  ] as const;
  for (const [name, part] of files) writeCandleCsv(join(folder, name), part);

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import my own data' }).click();
  await (await chooser).setFiles(files.map(([name]) => join(folder, name)));

  const several = page.getByRole('region', { name: 'Several files' });
  const planned = several.getByRole('table', { name: 'What the files hold' });
  await expect(planned.getByRole('row')).toHaveText([
    /^File/,
    /EURUSD_H1_a.csvEURUSD H12,000/,
    /EURUSD_H1_b.csvEURUSD H12,800/,
    /GBPUSD_M15.csv.*Not imported Its name says timeframe M15, its content H1\./,
  ]);
  await several.getByRole('button', { name: 'Import 2 files' }).click();
  const given = several.getByRole('table', { name: 'What each file gave' });
  await expect(given.getByRole('row')).toHaveText([
    /^File/,
    /EURUSD_H1_a.csvEURUSD H12,0000, 0Imported/,
    /EURUSD_H1_b.csvEURUSD H12,8000, 0Imported/,
    /GBPUSD_M15.csv.*Not imported/,
  ]);
  const stored = page.getByRole('region', { name: 'Stored series', exact: true });
  await expect(stored.getByRole('row', { name: /EURUSD H1 4,800/ })).toBeVisible();

  // Both parts came together, and go together; then they come again.
  await stored.getByRole('button', { name: 'Undo import of EURUSD H1' }).click();
  await expect(stored.getByText('No market data yet')).toBeVisible();
});

test('an import leads on to a grid with it, and can be undone in its notice', async ({ page }) => {
  const bars = randomCandles(24 * 5 * 40);
  writeCandleCsv(join(folder, 'EURUSD_H1.csv'), bars);
  const importIt = async (button: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: button }).click();
    await (await chooser).setFiles(join(folder, 'EURUSD_H1.csv'));
    await page.getByRole('button', { name: 'Import 4,800 bars' }).click();
  };
  await importIt('Import my own data');
  const notice = page.getByRole('alert').filter({ hasText: 'EURUSD H1 imported' });
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('No market data yet')).toBeVisible();

  await importIt('Choose files');
  await notice.getByRole('button', { name: 'Build a grid with it' }).click();
  await expect(page.getByRole('heading', { name: 'New grid' })).toBeVisible();
  const chosen = (group: string) =>
    page.getByRole('group', { name: group }).getByRole('checkbox', { checked: true });
  await expect(chosen('Symbols')).toHaveCount(1);
  await expect(chosen('Timeframes')).toHaveCount(1);
  // 280 days of bars, of which selection, holdout and warm-up take 150.
  await expect(chosen('Days of history')).toHaveCount(2);
});
