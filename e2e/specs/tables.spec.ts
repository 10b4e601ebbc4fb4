import { readFileSync } from 'node:fs';
import type { ChampionDto, SavedViewDto } from '../../engine/contract/dto/index.ts';
import { expect, test } from '../fixtures.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

test.setTimeout(TRAINING_MS);

test('champions are chosen, sorted and filtered, kept as a view and written as they are shown', async ({
  page,
  server,
}) => {
  await visit(page, 'Evidence');
  await trainOnDemo(page, server, {
    model_types: ['ridge', 'lasso'],
    symbols: ['DEMO_EURUSD'],
    timeframes: ['H1'],
    days_history: [60],
    horizons: [3, 6],
  });
  const all = await call<ChampionDto[]>(page, server, 'champions.list');
  expect(all.length).toBeGreaterThan(1);
  const table = page.getByRole('grid', { name: 'Champions' });
  await expect(table).toHaveAttribute('aria-rowcount', String(1 + all.length));

  await table.getByRole('button', { name: 'Sharpe' }).click();
  await expect(page).toHaveURL(/sort=-sharpe/);
  await expect(table.getByRole('columnheader', { name: 'Sharpe' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Win rate' }).check();
  await page.getByRole('checkbox', { name: 'Luck' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(table.getByRole('columnheader', { name: 'Win rate' })).toBeVisible();

  const filters = page.getByRole('form', { name: 'Filters of the champions' });
  const most = Math.max(...all.map(({ trades }) => trades));
  await filters.getByLabel('Columns must be').fill(`trades >= ${most}`);
  await filters.getByRole('button', { name: 'Search' }).click();
  const left = all.filter(({ trades }) => trades >= most).length;
  await expect(table).toHaveAttribute('aria-rowcount', String(1 + left));

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByLabel('Save what is shown as').fill('Most trades');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('View saved')).toBeVisible();
  const [view] = await call<SavedViewDto[]>(page, server, 'views.list');
  expect(view).toMatchObject({ table: 'champions', name: 'Most trades', query: { sort: 'sharpe' } });
  const address = page.url();

  // Every market here is a demo market.
  // It follows the address, a moment after it is pressed.
  await filters.getByRole('switch', { name: 'Hide demo markets' }).click();
  await expect(page.getByText('No champion is like that')).toBeVisible();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'Most trades', exact: true }).click();
  await expect(page).toHaveURL(address);
  await expect(table).toHaveAttribute('aria-rowcount', String(1 + left));

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.getByRole('button', { name: 'More ways to export' }).click();
      await page.getByRole('menuitem', { name: 'Shown columns as CSV' }).click();
      await page.getByRole('button', { name: 'Download' }).click();
    })(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split(/\r?\n/);
  expect(lines).toHaveLength(1 + left);
  expect(lines[0]).toContain('win_rate');
  expect(lines[0]).not.toContain('luck');
});
