import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChampionDto } from '../contract/dto/index.ts';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

let workspace: TestWorkspace;
let champions: readonly ChampionDto[];
beforeAll(async () => {
  workspace = openTestWorkspace();
  const { engine } = workspace;
  await engine.call('market.demo', {});
  await train(engine, SIX);
  champions = await engine.call('champions.list', {});
});
afterAll(() => workspace.dispose());

const MARKET = { symbol: 'DEMO_EURUSD', timeframe: 'H1' } as const;

it('counts what was tried in each market, and lists what it counts', async () => {
  const { engine } = workspace;
  const { markets } = await engine.call('evidence.summary', {});
  expect(markets).toHaveLength(1);
  const [market] = markets;
  expect(market).toMatchObject({ ...MARKET, tried: 6, strategies: 6 * 135 });
  expect(market!.positive).toBeLessThanOrEqual(market!.eligible);
  for (const stage of ['tried', 'eligible', 'positive'] as const) {
    const page = await engine.call('evidence.runs', { ...MARKET, stage });
    expect(page.total).toBe(market![stage]);
    expect(page.runs.map(({ id }) => id)).toEqual([...page.runs.map(({ id }) => id)].sort((a, b) => b - a));
  }
  const positive = await engine.call('evidence.runs', { ...MARKET, stage: 'positive' });
  const won = new Set(champions.map(({ runId }) => runId));
  expect(positive.runs.filter(({ uuid }) => won.has(uuid))).toHaveLength(won.size);
  const first = await engine.call('evidence.runs', { ...MARKET, stage: 'tried', limit: 2, offset: 1 });
  expect(first.runs.map(({ id }) => id)).toEqual([5, 4]);
  expect(await engine.call('evidence.runs', { ...MARKET, symbol: 'GBPUSD', stage: 'eligible' })).toEqual({
    runs: [],
    total: 0,
  });
});

it('an eligible model trades often enough in some regime, a positive one is above break-even there', async () => {
  const { engine } = workspace;
  const db = rawDatabase(join(workspace.folder, 'regimen.db'));
  const idsOf = (condition: string) =>
    db
      .prepare(
        `SELECT DISTINCT run_id FROM audit WHERE decision IN ('champion', 'rejected') AND ${condition}`,
      )
      .pluck()
      .all();
  const counted = {
    eligible: idsOf('trades >= 10').length,
    positive: idsOf('trades >= 10 AND new_score > 0').length,
  };
  db.close();
  expect((await engine.call('evidence.summary', {})).markets[0]).toMatchObject(counted);
});

it('shows the maxima that luck alone reached, with the champion and the mark among them', async () => {
  const { engine } = workspace;
  for (const { champion, p, luck, sharpe } of champions) {
    const found = await engine.call('evidence.luck', { champion, bins: 20 });
    expect(found.maxima).toBe(500);
    expect(found.bins).toHaveLength(20);
    expect(found.bins.reduce((sum, { count }) => sum + count, 0)).toBe(500);
    expect(found.luck).toBe(luck.sharpe);
    expect(found.own!).toBeCloseTo(sharpe!, 1);
    expect((1 + found.atLeast) / 501).toBeCloseTo(p!, 12);
    expect(found.missing).toBeNull();
  }
  await expect(engine.call('evidence.luck', { champion: 'DEMO_EURUSD/H1/none' })).rejects.toMatchObject({
    code: 'not-found',
  });
});
