import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { ChampionDto, RunDetailDto, TradesDto } from '../../engine/contract/dto/index.ts';
import { readCsv } from '../csv.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';
import { call, TRAINING_MS, trainOnDemo, visit } from '../steps.ts';

/** Champions as the engine has them, and what the window says of them. */

test.describe.configure({ timeout: TRAINING_MS });

const withError = (sharpe: number | null, error: number | null) =>
  `${sharpe!.toFixed(1)} ± ${error!.toFixed(1)}`.replace('-', '−').replace('−0.0', '0.0');

/** The champion that the page opens with: the first row of the table. */
async function openFirst(page: Page, champions: readonly ChampionDto[]): Promise<ChampionDto> {
  await visit(page, 'Regime Analysis');
  const table = page.getByRole('table', { name: 'Champions per regime' });
  const row = table.getByRole('row').filter({ has: page.getByRole('img', { name: 'Has a best model' }) });
  const title = await row.first().getByRole('button').textContent();
  const shown = champions.find(({ regime }) => regime === title!.toLowerCase().replace(' ', '_'));
  expect(shown).toBeDefined();
  return shown!;
}

const figure = (part: Locator, title: string) =>
  part
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${title}$`) })
    .locator('xpath=following-sibling::dd');

test('a champion stands with its errors, alone in its regime, with every trade it made', async ({
  page,
  server,
  home,
}) => {
  await trainOnDemo(page, server, SMALL_GRID);
  await page.reload();
  const champions = await call<ChampionDto[]>(page, server, 'champions.list');
  const champion = await openFirst(page, champions);
  const { regime, runId, strategyIndex } = champion;

  const panel = page.getByRole('region', { name: /^Champion of / });
  await expect(figure(panel, 'Sharpe')).toContainText(withError(champion.sharpe, champion.sharpeError));
  await expect(figure(panel, 'Composite')).toContainText(champion.composite!.toFixed(2));
  await expect(figure(panel, 'Trades')).toHaveText(String(champion.trades));

  await expect(panel.getByRole('figure', { name: /^Equity of the champion, alone in / })).toBeVisible();
  const drawdown = panel.getByRole('figure', { name: 'Drawdown' }).getByRole('img');
  await expect(drawdown).toHaveAccessibleName(
    new RegExp(`Selection: at most ${(100 * champion.maxDrawdown!).toFixed(1)} %`),
  );

  const { trades } = await call<TradesDto>(page, server, 'run.trades', { run: runId, regime });
  const rows = panel.getByRole('table', { name: 'Trades' }).getByRole('row');
  await expect(rows).toHaveCount(1 + trades.length);
  await expect(rows.filter({ hasText: 'Selection' })).toHaveCount(champion.trades);
  await panel.getByRole('button', { name: 'Net', exact: true }).click();
  const best = [...trades].sort((a, b) => b.netPips - a.netPips)[0]!;
  await expect(rows.nth(1).getByRole('cell').first()).toHaveText(String(best.number));
  await rows.nth(1).getByRole('button').click();
  await expect(panel.getByText(`Around trade ${best.number} of ${trades.length}.`)).toBeVisible();

  await panel.getByRole('button', { name: 'Export trades' }).click();
  await expect(page.getByRole('alert').filter({ hasText: `${trades.length} trades exported` })).toBeVisible();
  const [file] = await readdir(join(home, '.regimen/exports'));
  expect(file).toMatch(/^trades_\d{8}_\d{6}\.csv$/);
  const csv = readCsv(await readFile(join(home, '.regimen/exports', file!), 'utf8'));
  expect(csv.map(({ number, net_pips }) => [Number(number), Number(net_pips)])).toEqual(
    trades.map(({ number, netPips }) => [number, netPips]),
  );

  await panel.getByText('All regimes', { exact: true }).click();
  await expect(panel.getByRole('figure', { name: /^Equity of the champion in all regimes/ })).toBeVisible();

  await panel.getByRole('link', { name: 'View run' }).click();
  const details = page.getByRole('dialog');
  const { strategies } = await call<RunDetailDto>(page, server, 'history.get', { run: runId });
  const { confidenceThreshold, lookbackWindow } = strategies[strategyIndex]!;
  const overview = details.getByRole('region', { name: /^Champion of / }).first();
  await expect(overview).toContainText(
    `confidence threshold ${confidenceThreshold}, lookback ${lookbackWindow}`,
  );
  await expect(details.getByRole('region', { name: 'Best strategy' })).toHaveCount(0);
});

test('charts of champions have errors and markets, and no color says more than luck allows', async ({
  page,
  server,
}) => {
  await trainOnDemo(page, server, SMALL_GRID);
  await page.goto(`${server.origin}/#/regimes?view=charts`);
  await page.reload();
  const champions = await call<ChampionDto[]>(page, server, 'champions.list');
  const sharpe = page.getByRole('figure', { name: 'Sharpe ratio per regime' });
  await expect(sharpe.getByText('DEMO_EURUSD H1').first()).toBeVisible();
  for (const one of champions) {
    await expect(sharpe.getByText(withError(one.sharpe, one.sharpeError)).first()).toBeVisible();
  }
  const gain = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--gain').trim(),
  );
  expect(gain).not.toBe('');
  await expect(sharpe.locator(`[fill="var(--gain)"], [stroke="var(--gain)"], [fill="${gain}"]`)).toHaveCount(
    0,
  );

  await page.getByRole('button', { name: 'Show Profile of each champion as table' }).click();
  const profile = page.getByRole('region', { name: 'Profile of each champion, as table' });
  const parts = Object.values(champions[0]!.scores).map((part) => part!.toFixed(2));
  await expect(profile.getByRole('row').filter({ hasText: parts.join('') })).toHaveCount(1);
});
