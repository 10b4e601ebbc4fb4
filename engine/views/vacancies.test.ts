import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VacancyDto } from '../contract/dto/index.ts';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';

const GRID = {
  name: 'Vacancies',
  model_types: ['ridge', 'lasso'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [90],
  horizons: [6],
};

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = openTestWorkspace();
  await workspace.engine.call('market.demo', {});
});
afterAll(() => workspace.dispose());

const scopes = (list: readonly Pick<VacancyDto, 'symbol' | 'timeframe' | 'regime'>[]) =>
  list.map(({ symbol, timeframe, regime }) => `${symbol} ${timeframe} ${regime}`).sort();

/** Regime and new score of each run's audit rows, from the history. */
async function audit() {
  const { engine } = workspace;
  const { runs } = await engine.call('history.search', {});
  const details = await Promise.all(runs.map(({ uuid }) => engine.call('history.get', { run: uuid })));
  return details.flatMap((run) => run.audit);
}

it('names no regime before anything is trained', async () => {
  expect(await workspace.engine.call('champions.vacancies', {})).toEqual([]);
});

it('names the regimes that no run was good enough for, by the run that came nearest', async () => {
  const { engine } = workspace;
  await engine.call('settings.set', { changes: { 'evaluation.min_score': 1000 } });
  await train(engine, GRID);
  const vacancies = await engine.call('champions.vacancies', {});
  expect(vacancies.map(({ regime }) => regime)).toEqual([
    'bear_trending',
    'bull_trending',
    'calm_ranging',
    'volatile_ranging',
  ]);
  const rows = await audit();
  let byScore = 0;
  for (const { regime, runs, reason } of vacancies) {
    expect(runs).toBe(2);
    const judged = rows.filter((row) => row.regime === regime);
    const traded = judged.filter((row) => row.trades! >= 10);
    const best =
      traded.length > 0
        ? traded.reduce((a, b) => (b.newScore! > a.newScore! ? b : a))
        : judged.reduce((a, b) => (b.trades! > a.trades! ? b : a));
    expect(reason).toBe(best.reason);
    if (traded.length > 0) byScore++;
  }
  expect(byScore).toBeGreaterThan(0);
});

it('names a regime no more once it has a champion', async () => {
  const { engine } = workspace;
  const before = scopes(await engine.call('champions.vacancies', {}));
  await engine.call('settings.set', { changes: { 'evaluation.min_score': 0 } });
  await train(engine, { ...GRID, horizons: [3] });
  const champions = await engine.call('champions.list', {});
  expect(champions.length).toBeGreaterThan(0);
  const vacant = scopes(await engine.call('champions.vacancies', {}));
  expect([...vacant, ...scopes(champions)].sort()).toEqual(before);
});
