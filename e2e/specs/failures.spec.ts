import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { demoMarket } from '../../engine/market/demo-market.ts';
import { writeCandleCsv } from '../../engine/market/testing/candle-csv.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { dropFileAt } from '../drop.ts';
import { expect, test } from '../fixtures.ts';
import { call, expectCompleted, queueSection, TRAINING_MS, visit } from '../steps.ts';

test.describe.configure({ timeout: 2 * TRAINING_MS });

/** What MetaTrader's scripts write where an indicator or a price has no value: the largest double. */
const EMPTY_VALUE = '1.7976931348623157e+308';

/** Four configurations of the demo market, four of a symbol whose file is to be mended. */
const GRID: GridSpecInput = {
  ...SMALL_GRID,
  name: 'two markets',
  symbols: ['DEMO_EURUSD', 'EURUSD'],
  horizons: [3, 6, 9, 12],
};

/** Writes candles as an export with one broken cell has them: a high that says nothing, in the training window. */
async function writeBrokenCsv(file: string): Promise<void> {
  const candles = demoMarket()[0]!;
  writeCandleCsv(file, candles);
  const lines = (await readFile(file, 'utf8')).split('\n');
  // 130 days before the end: within the training window of 60 days before selection and holdout.
  const at = lines.length - 130 * 17;
  const cells = lines[at]!.split(',');
  cells[2] = EMPTY_VALUE;
  lines[at] = cells.join(',');
  await writeFile(file, lines.join('\n'));
}

async function importDropped(page: Page, file: string): Promise<void> {
  await dropFileAt(page, file);
  const preview = page.getByRole('form', { name: 'Import EURUSD_H1.csv' });
  await preview.getByRole('button', { name: /^Import / }).click();
  await expect(preview).toBeHidden();
}

test('configurations that fail say why; retried once the cause is gone, they complete', async ({
  page,
  server,
  home,
}) => {
  const file = join(home, 'EURUSD_H1.csv');
  await call(page, server, 'market.demo');
  await page.reload();
  await writeBrokenCsv(file);
  await importDropped(page, file);
  await call(page, server, 'queue.create', { grid: GRID });
  await visit(page, 'Training Queue');
  const queue = queueSection(page, 'two markets');
  await queue.getByRole('button', { name: 'Start Training' }).click();
  await expect(queue.getByText('4 models trained, 4 failed')).toBeVisible({ timeout: TRAINING_MS });
  const summary = queue.getByLabel('Results summary');
  await expect(summary).toContainText('Failed4');
  const log = page.getByRole('region', { name: 'Live log' }).getByRole('log');
  await expect(log).toContainText(/Failed: Feature ".+" must be finite on every training row/);
  const results = page.getByRole('region', { name: 'Latest results, table' });
  const failed = results.getByRole('row').filter({ hasText: 'Failed' });
  await expect(failed).toHaveCount(4);
  await failed.first().getByText('Failed').hover();
  await expect(page.getByRole('tooltip')).toContainText('Check the candles for missing or zero prices.');

  await failed.first().getByRole('link').click();
  const details = page.getByRole('dialog', { name: /^Run \d+$/ });
  await expect(details).toContainText('This configuration could not be trained');
  await expect(details).toContainText(/Feature ".+" must be finite on every training row/);
  await expect(details.getByRole('region', { name: 'Stack' })).toContainText('at ');
  await details.getByRole('button', { name: 'Close details' }).click();

  const candles = demoMarket()[0]!;
  writeCandleCsv(file, candles);
  await importDropped(page, file);
  await expect(page.getByRole('alert').filter({ hasText: '1 changed' })).toBeVisible();
  await visit(page, 'Training Queue');
  await queue.getByRole('button', { name: 'Retry failed' }).click();
  await expectCompleted(page, 'two markets');
  await expect(queue.getByText('8 models trained', { exact: true })).toBeVisible();
  await expect(summary).toContainText('Completed8');
  await expect(summary).toContainText('Failed0');
  await expect(queue.getByRole('button', { name: 'Retry failed' })).toBeHidden();
});

test('a queue that can not store its models fails with the reason, and resumes once it can', async ({
  page,
  server,
  workspace,
}) => {
  await call(page, server, 'market.demo');
  await call(page, server, 'queue.create', { grid: SMALL_GRID });
  const folder = join(workspace, 'artifacts');
  await writeFile(folder, 'a file where the folder of models should be');
  await visit(page, 'Training Queue');
  const queue = queueSection(page, 'small grid');
  await queue.getByRole('button', { name: 'Start Training' }).click();
  await expect(queue.getByText('Failed', { exact: true }).first()).toBeVisible({ timeout: TRAINING_MS });
  await expect(queue.getByRole('alert')).toContainText(folder);

  await rm(folder);
  await queue.getByRole('button', { name: 'Resume' }).click();
  await expectCompleted(page, 'small grid');
  await expect(queue.getByText('8 models trained', { exact: true })).toBeVisible();
});
