import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChampionDto } from '../contract/dto/index.ts';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';

/** Champions whose scores come from other costs than today's, and the runs that come after them. */

const GRID = {
  name: 'Costs',
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1'],
  days_history: [60, 100],
  horizons: [6],
};
const DEARER = { 'costs.default.commission_per_side': 0.0001 };

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = openTestWorkspace();
  await workspace.engine.call('market.demo', {});
});
afterAll(() => workspace.dispose());

const byRegime = (champions: readonly ChampionDto[]) =>
  champions.map(({ regime, sharpe }) => [regime, sharpe] as const);

it('they take no place from a run under the right costs, stay marked, and keep their models', async () => {
  const { engine, folder } = workspace;
  const { champions: cheap } = await train(engine, GRID);
  expect(cheap.length).toBeGreaterThan(0);
  expect(cheap.every(({ stale }) => stale === null)).toBe(true);

  await engine.call('settings.set', { changes: DEARER });
  const { champions: both } = await train(engine, GRID);
  const aside = both.filter(({ stale }) => stale !== null);
  expect(byRegime(aside)).toEqual(byRegime(cheap));
  expect(new Set(aside.map(({ stale }) => stale))).toEqual(new Set(['the trading costs changed']));

  // An empty workspace under those costs has the same champions.
  const fresh = openTestWorkspace();
  await fresh.engine.call('market.demo', {});
  await fresh.engine.call('settings.set', { changes: DEARER });
  const { champions: dear } = await train(fresh.engine, GRID);
  await fresh.dispose();
  expect(dear.length).toBeGreaterThan(0);
  expect(byRegime(both.filter(({ stale }) => stale === null))).toEqual(byRegime(dear));

  for (const champion of both) {
    const { artifactFile, audit } = await engine.call('history.get', { run: champion.runId });
    expect(existsSync(join(folder, 'artifacts', artifactFile!))).toBe(true);
    if (champion.stale === null) continue;
    expect(audit.filter(({ regime }) => regime === champion.regime).at(-1)).toMatchObject({
      decision: 'stood_aside',
      reason: 'It stands aside until it is scored again: the trading costs changed since it was chosen.',
    });
  }
});

it('they compete again once the costs are what they were', async () => {
  const { engine } = workspace;
  await engine.call('settings.set', { changes: { 'costs.default.commission_per_side': 0 } });
  const { champions } = await train(engine, { ...GRID, horizons: [12] });
  const current = champions.filter(({ stale }) => stale === null);
  expect(new Set(current.map(({ regime }) => regime)).size).toBe(current.length);
  expect(champions.some(({ stale }) => stale === 'the trading costs changed')).toBe(true);
});
