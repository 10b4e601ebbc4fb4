import { readFileSync } from 'node:fs';
import type { HistoryPageDto } from '../../engine/contract/dto/index.ts';
import { expect, test } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

test.setTimeout(TRAINING_MS);

test('runs of last week are found, looked at by axis, held against each other and turned into money', async ({
  page,
  server,
}, testInfo) => {
  await trainOnDemo(page, server, {
    model_types: ['ridge', 'lasso'],
    symbols: ['DEMO_EURUSD'],
    timeframes: ['H1'],
    days_history: [60],
    horizons: [3, 6],
  });
  const { runs } = await call<HistoryPageDto>(page, server, 'history.search', { limit: 100 });
  await visit(page, 'Training History');
  const table = page.getByRole('grid', { name: 'Training runs' });
  await expect(table).toHaveAttribute('aria-rowcount', String(1 + runs.length));

  // A run of last week: all of them are from then till now, none is from before.
  const filters = page.getByRole('form', { name: 'Filters' });
  const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  await filters.getByLabel('Created from (UTC)').fill(day(7));
  await filters.getByRole('button', { name: 'Search' }).click();
  await expect(table).toHaveAttribute('aria-rowcount', String(1 + runs.length));
  await filters.getByLabel('Created to (UTC)').fill(day(6));
  await filters.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('No run matches these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Clear Filters' }).first().click();
  await expect(table).toHaveAttribute('aria-rowcount', String(1 + runs.length));

  // By axis: a value leads to its runs.
  const views = page.getByRole('radiogroup', { name: 'History of' });
  await views.getByText('By axis').click();
  const horizons = page.getByRole('list', { name: 'Horizon' });
  await expect(horizons.getByRole('listitem')).toHaveCount(2);
  await lookAt(page, 'axes', testInfo);
  await horizons.getByRole('button', { name: '6' }).click();
  const sixes = runs.filter(({ horizon }) => horizon === 6);
  await expect(table).toHaveAttribute('aria-rowcount', String(1 + sixes.length));

  // Two of them beside each other, equity over each other, and as a file.
  for (const { id } of sixes.slice(0, 2))
    await table.getByRole('checkbox', { name: `Compare run ${id}` }).check();
  await page.getByRole('button', { name: 'Compare (2)' }).click();
  const compared = page.getByRole('table', { name: 'Side by side' });
  await expect(compared.getByRole('columnheader')).toHaveCount(2);
  await expect(compared.getByRole('row', { name: /^Horizon/ })).toBeVisible();
  await lookAt(page, 'compare', testInfo);
  await page.getByRole('switch', { name: 'Only what differs' }).check();
  await expect(compared.getByRole('row', { name: /^Horizon/ })).toBeHidden();
  await expect(compared.getByRole('row', { name: /^Model/ }).first()).toBeVisible();
  const equity = page.getByRole('figure').first();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await equity.getByRole('button', { name: /Download/ }).click();
      await page.getByRole('menuitem', { name: /CSV/ }).click();
    })(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines.length).toBeGreaterThan(10);

  // What an account would have made of a kept one.
  const kept = runs.find((run) => run.kept)!;
  await page.goto(`${server.origin}/#/history?run=${kept.id}`);
  // In the run's head, beside its equity and beside its trades: one choice for all.
  const head = page.getByRole('region', { name: 'Money of this run' });
  await head.getByRole('switch', { name: 'Show money' }).check();
  await expect(head.getByRole('status')).toContainText(/Net −?[\d,.]+ USD, .*rate/);
  const money = page.getByRole('region', { name: 'In money' });
  await page.getByRole('tab', { name: 'Equity' }).click();
  await expect(money.getByRole('figure', { name: 'Balance, selection window' })).toBeVisible();
  await page.getByRole('tab', { name: 'Trades' }).click();
  await expect(money).toContainText(/Selection window: \d+ trades?, net −?[\d,.]+ USD/);
  await money.getByLabel('Currency').fill('CHF');
  await expect(money.getByRole('status')).toContainText('CHF');

  // Side by side, too: what can't be said is said.
  const other = runs.find((run) => run !== kept)!;
  await page.goto(`${server.origin}/#/history?compare=${kept.id}|${other.id}`);
  const row = page.getByRole('table', { name: 'Side by side' }).getByRole('row', { name: /^In money, CHF/ });
  await expect(row.getByRole('status').first()).toContainText(/can't be told.*CHF/);
});
