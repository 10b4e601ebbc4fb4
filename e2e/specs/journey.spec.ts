import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readCsv } from '../csv.ts';
import { expect, test } from '../fixtures.ts';
import { choose, chooseModels, expectCompleted, queueSection, TRAINING_MS, visit } from '../steps.ts';

const MARKET_DATA = process.env.MARKET_DATA ?? join(import.meta.dirname, '../../../shared/market-data');
const REAL_FILE = join(MARKET_DATA, 'EURUSD_H1.csv');

test.describe.configure({ timeout: 2 * TRAINING_MS });

test('first use on demo data: three clicks to the first champion, then everything else', async ({
  page,
  home,
}) => {
  await page.getByRole('button', { name: 'Try with demo data' }).click();
  await expect(page.getByRole('region', { name: 'Size of the grid' }).getByRole('status')).toContainText(
    '= 192',
  );
  await page.getByRole('button', { name: 'Generate Queue' }).click();
  const results = page.getByRole('region', { name: 'Latest results', exact: true });
  await expect(results).toContainText('No results yet');
  await page.getByRole('button', { name: 'Start Training' }).click();
  await expect(results.getByText('Kept').first()).toBeVisible({ timeout: TRAINING_MS });

  await trainWithPause(page, 'Demo grid', 192);
  await lookAtChampions(page, 'DEMO_EURUSD');
  await lookAtHistoryAndExport(page, home, { total: 192, symbol: 'DEMO_GBPUSD', ofSymbol: 64 });
});

test.describe('on a real market', () => {
  test.skip(!existsSync(REAL_FILE), `${REAL_FILE} is not there: name a folder with it by MARKET_DATA`);

  test('first use on the file of a real market, from import to export', async ({ page, home }) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import my own data' }).click();
    await (await chooser).setFiles(REAL_FILE);
    const preview = page.getByRole('form', { name: 'Import EURUSD_H1.csv' });
    await expect(preview).toContainText('74,439, 2007-01-01 to 2018-12-31');
    await expect(preview.getByText('time,open,high,low,close,volume,spread')).toBeVisible();
    await expect(preview.getByRole('textbox', { name: 'Symbol' })).toHaveValue('EURUSD');
    await expect(preview.getByRole('combobox', { name: 'Timeframe' })).toHaveValue('H1');
    await preview.getByRole('button', { name: 'Import 74,439 bars' }).click();
    const stored = page.getByRole('region', { name: 'Stored series', exact: true });
    await expect(stored.getByRole('row', { name: /EURUSD H1 74,439/ })).toBeVisible();

    await visitNewGrid(page);
    await chooseModels(page, ['Linear regression', 'Ridge', 'Random forest']);
    await choose(page, 'Symbols', ['EURUSD']);
    await choose(page, 'Timeframes', ['H1']);
    await choose(page, 'Days of history', [90, 365]);
    await choose(page, 'Horizons', [1, 3, 5, 6, 12, 24]);
    await page.getByRole('textbox', { name: 'Name' }).fill('Real market');
    const size = page.getByRole('region', { name: 'Size of the grid' });
    await expect(size).toContainText(/3 models? .*= 36/);
    await page.getByRole('button', { name: 'Generate Queue' }).click();
    await page.getByRole('button', { name: 'Start Training' }).click();

    await trainWithPause(page, 'Real market', 36);
    await lookAtChampions(page, 'EURUSD');
    await lookAtHistoryAndExport(page, home, { total: 36, symbol: 'EURUSD', ofSymbol: 36 });
  });
});

async function visitNewGrid(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: 'Training Queue' })
    .click();
  await expect(page.getByRole('heading', { name: 'New grid' })).toBeVisible();
}

/** A running queue is paused, stands still, goes on and ends with every model trained once. */
async function trainWithPause(page: Page, name: string, total: number): Promise<void> {
  const queue = queueSection(page, name);
  await expect(queue.getByText(new RegExp(`^Training model \\d+ of ${total}$`))).toBeVisible();
  await expect(page.getByRole('region', { name: 'Threads' }).getByRole('listitem').first()).toBeVisible();
  await queue.getByRole('button', { name: 'Pause' }).click();
  const standing = queue.getByText(new RegExp(`^\\d+ of ${total} models done$`));
  await expect(standing).toBeVisible({ timeout: TRAINING_MS });
  await expect(queue.getByText('Paused', { exact: true })).toBeVisible();
  const done = Number.parseInt((await standing.textContent()) ?? '', 10);
  expect(done).toBeLessThan(total);
  await expect(page.getByText('Nothing is training')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Threads' })).toContainText('No thread works on this queue.');

  await queue.getByRole('button', { name: 'Resume' }).click();
  await expectCompleted(page, name);
  await expect(queue.getByText(`${total} models trained`)).toBeVisible();
  const summary = queue.getByLabel('Results summary');
  await expect(summary).toContainText(`Completed${total}`);
  await expect(summary).toContainText('Failed0');
  await expect(page.getByRole('region', { name: 'Live log' }).getByRole('log')).toContainText(
    'Training completed',
  );
}

async function lookAtChampions(page: Page, symbol: string): Promise<void> {
  await visit(page, 'Regime Analysis');
  const champions = page.getByRole('table', { name: 'Champions per regime' });
  await expect(champions.getByRole('img', { name: 'Has a best model' }).first()).toBeVisible();
  await expect(champions.getByRole('row').filter({ hasText: symbol }).first()).toBeVisible();
  await expect(page.getByRole('figure', { name: /^Equity of the champion, alone in / })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Drawdown' })).toBeVisible();
  await expect(page.getByRole('figure', { name: /^Price and regimes/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Trades' })).toBeVisible();

  await page.getByRole('link', { name: 'View Performance Charts' }).click();
  for (const chart of [
    'Sharpe ratio per regime',
    'Max drawdown per regime',
    'Win rate per regime',
    'Profile of each champion',
    'Best score of each model type in each regime',
    'Risk against return',
  ]) {
    await expect(page.getByRole('figure', { name: chart })).toBeVisible();
  }
  // A chart's figures are there as a table, too.
  await page.getByRole('button', { name: 'Show Sharpe ratio per regime as table' }).click();
  await expect(page.getByRole('region', { name: 'Sharpe ratio per regime, as table' })).toContainText(
    /\d\.\d ± \d/,
  );
}

interface Exported {
  readonly total: number;
  /** What the history is narrowed to before it is exported. */
  readonly symbol: string;
  readonly ofSymbol: number;
}

async function lookAtHistoryAndExport(page: Page, home: string, { total, symbol, ofSymbol }: Exported) {
  await visit(page, 'Training History');
  const runs = page.getByRole('region', { name: 'Runs' });
  const grid = page.getByRole('grid', { name: 'Training runs' });
  await expect(runs.getByText(`${total} runs`)).toBeVisible();
  await page.getByRole('combobox', { name: 'Symbol' }).fill(symbol);
  await page.getByRole('combobox', { name: 'Symbol' }).press('Escape');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(ofSymbol + 1));
  await expect(runs.getByText(`${ofSymbol} runs`)).toBeVisible();

  await page.getByRole('button', { name: 'View Details' }).click();
  const details = page.getByRole('dialog', { name: /^Run \d+$/ });
  await expect(details.getByRole('region', { name: 'Configuration' })).toContainText(symbol);
  const uuid = await details.getByText(/^[0-9a-f-]{36}$/).textContent();
  await details.getByRole('tab', { name: 'Strategies (135)' }).click();
  await expect(details.getByRole('figure', { name: / of each strategy$/ })).toBeVisible();
  await details.getByRole('tab', { name: /^Decisions/ }).click();
  await expect(details.getByRole('table', { name: 'Decisions of the selection' })).toBeVisible();
  await details.getByRole('button', { name: 'Close details' }).click();
  await expect(details).toBeHidden();

  await page.getByRole('button', { name: 'Export Results' }).click();
  const notice = page.getByRole('alert').filter({ hasText: `${ofSymbol} runs exported` });
  const exports = join(home, '.regimen/exports');
  await expect(notice).toContainText(exports);
  const [file, ...others] = await readdir(exports);
  expect(others).toEqual([]);
  expect(file).toMatch(/^training_history_\d{8}_\d{6}\.csv$/);
  await expect(notice).toContainText(file!);
  const rows = readCsv(await readFile(join(exports, file!), 'utf8'));
  expect(rows).toHaveLength(ofSymbol);
  expect(new Set(rows.map((row) => row.symbol))).toEqual(new Set([symbol]));
  expect(new Set(rows.map((row) => row.status))).toEqual(new Set(['completed']));
  expect(new Set(rows.map((row) => row.run_key)).size).toBe(ofSymbol);
  expect(rows.map((row) => row.uuid)).toContain(uuid);
  expect(rows.some((row) => row.kept === 'yes' && row.best_regimes !== '')).toBe(true);

  const download = page.waitForEvent('download');
  await notice.getByRole('button', { name: 'Download' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toBe(
    await readFile(join(exports, file!), 'utf8'),
  );
}
