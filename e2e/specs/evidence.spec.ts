import type { ChampionDto, RunDetailDto } from '../../engine/contract/dto/index.ts';
import { expect, test } from '../fixtures.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

const GRID = {
  model_types: ['ridge', 'lasso'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1' as const],
  days_history: [60],
  horizons: [3, 6],
};

test.setTimeout(TRAINING_MS);

test('evidence tells winners from luck, and its counts open what they count', async ({ page, server }) => {
  await visit(page, 'Evidence');
  await expect(page.getByText('Evidence begins with the first grid')).toBeVisible();
  await trainOnDemo(page, server, GRID);
  await visit(page, 'Evidence');
  const champions = await call<ChampionDto[]>(page, server, 'champions.list');
  const luck = page.getByRole('region', { name: 'What luck alone would give' });
  await expect(luck).toContainText(`of ${champions.length};`);

  const { symbol, timeframe } = champions[0]!;
  const own = champions.filter((one) => one.symbol === symbol && one.timeframe === timeframe);
  const count = page.getByRole('button', { name: `${own.length} Champions, ${symbol} ${timeframe}` });
  await count.click();
  await expect(count).toHaveAttribute('aria-pressed', 'true');
  const list = page.getByRole('table', { name: `Champions, ${symbol} ${timeframe}` });
  await expect(list.getByRole('row')).toHaveCount(1 + own.length);
  await page.getByRole('button', { name: new RegExp(`^\\d+ Tried, ${symbol} ${timeframe}$`) }).click();
  await expect(
    page.getByRole('table', { name: `Tried, ${symbol} ${timeframe}` }).getByRole('link'),
  ).not.toHaveCount(0);

  await count.click();
  await list.getByRole('link').first().click();
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('on the selection window');
  await expect(page.getByRole('figure', { name: 'What luck alone reaches' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'What would settle it' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to evidence' }).click();
  await expect(luck).toBeVisible();
});

test('the holdout is hidden until its look is spent, for every run of the market', async ({
  page,
  server,
}) => {
  await trainOnDemo(page, server, GRID);
  await visit(page, 'Regime Analysis');
  const row = page.getByRole('table', { name: 'Champions per regime' }).getByRole('row').nth(1);
  await expect(row).toContainText('Hidden');
  const equity = page.getByRole('figure', { name: /^Equity of the champion/ });
  await expect(equity).toContainText('the holdout is hidden');
  await expect(page.getByText('those in the holdout hidden')).toBeVisible();

  await page.getByRole('button', { name: 'Open the holdout' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it hidden' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(row).toContainText('Hidden');
  await page.getByRole('button', { name: 'Open the holdout' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open the holdout' }).click();
  await expect(page.getByText(/^Holdout of DEMO_.*: opened \d{4}-\d\d-\d\d .*\(server\)\.$/)).toBeVisible();
  await expect(equity.getByRole('list', { name: 'Legend' })).toContainText('Holdout');
  await expect(page.getByText(/\d+ in the holdout/)).toBeVisible();

  const opened = (await call<ChampionDto[]>(page, server, 'champions.list')).filter(
    ({ holdout }) => holdout !== null,
  );
  expect(opened.length).toBeGreaterThan(0);
  const run = await call<RunDetailDto>(page, server, 'history.get', { run: opened[0]!.runId });
  expect(run.strategies.every(({ holdout }) => holdout !== null)).toBe(true);
});
