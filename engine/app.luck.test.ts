import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from './app.ts';
import type { GridSpecInput } from './contract/grid.ts';
import { familyWiseP } from './statistics/coin-maxima.ts';
import { floatsOf } from './store/luck.ts';
import { addSumFunctions } from './store/row-sum.ts';

/** What champions say of luck, from the first grid of a market on. */

const workspace = mkdtempSync(join(tmpdir(), 'luck-'));
let engine: ReturnType<typeof createEngine>;

const gridOf = (...modelTypes: string[]) =>
  ({
    name: modelTypes.join(),
    model_types: modelTypes,
    symbols: ['DEMO_EURUSD'],
    timeframes: ['H4'],
    days_history: [60],
    horizons: [3, 12],
  }) as GridSpecInput;

async function train(grid: GridSpecInput, more: { retrain?: boolean } = {}): Promise<void> {
  const { queueId } = await engine.call('queue.create', { grid, ...more });
  await engine.call('queue.start', { queueId });
  expect(await engine.call('queue.wait', { queueId })).toMatchObject({ state: 'completed', failed: 0 });
}

function inDatabase<T>(work: (db: Database.Database) => T): T {
  const db = new Database(join(workspace, 'regimen.db'));
  addSumFunctions(db);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const counted = () =>
  inDatabase((db) =>
    ['luck_maxima', 'luck_windows', 'luck_cells'].map((table) => db.prepare(`SELECT * FROM ${table}`).all()),
  );
const champions = () => engine.call('champions.list', {});

beforeAll(async () => {
  engine = createEngine({ workspace, role: 'command', threads: 1, home: workspace });
  await engine.call('market.demo', {});
  await train(gridOf('linear_regression', 'lasso'));
});
afterAll(async () => {
  await engine.close();
  rmSync(workspace, { recursive: true });
});

describe('a champion', () => {
  it('has the p of its score among the maxima of its regime, and that of its market', async () => {
    const list = await champions();
    expect(list.length).toBeGreaterThan(1);
    const maxima = inDatabase((db) => {
      const rows = db.prepare('SELECT regime, maxima FROM luck_maxima').all() as {
        regime: string;
        maxima: Buffer;
      }[];
      return new Map(rows.map((row) => [row.regime, floatsOf(row.maxima)]));
    });
    const scores = inDatabase((db) => db.prepare('SELECT regime, luck_score FROM champions').raw().all());
    const market = Float64Array.from({ length: 500 }, (_, coin) =>
      Math.max(...[...maxima.values()].map((all) => all[coin]!)),
    );
    for (const { regime, p, luck, sharpe } of list) {
      const score = new Map(scores as [string, number][]).get(regime)!;
      expect(p).toBe(familyWiseP(maxima.get(regime)!, score));
      expect(luck.marketP).toBe(familyWiseP(market, score));
      expect(luck.marketP).toBeGreaterThanOrEqual(p!);
      expect(luck.missing).toBeNull();
      // The same score as a Sharpe ratio, but for what its own mean takes from its variance.
      const above = sharpe! > luck.sharpe!;
      if (Math.abs(p! - 0.05) > 0.02) expect(above).toBe(p! <= 0.05);
      expect(luck.deflatedSharpe).toBeGreaterThan(0);
      expect(luck.effectiveTries).toBeGreaterThanOrEqual(1);
      expect(luck.effectiveTries!).toBeLessThanOrEqual(luck.tries!);
      expect(luck.trackRecord!.bars).toBeGreaterThan(200);
      expect(luck.overfitting!.strategies).toBe(luck.tries);
    }
  });

  it('is as lucky after the same was trained again', async () => {
    const before = { tables: counted(), list: await champions() };
    await train(gridOf('linear_regression', 'lasso'), { retrain: true });
    expect(counted()).toEqual(before.tables);
    const figures = (list: Awaited<ReturnType<typeof champions>>) => list.map(({ p, luck }) => ({ p, luck }));
    expect(figures(await champions())).toEqual(figures(before.list));
  });

  it('has another p once more was tried', async () => {
    const before = await champions();
    await train(gridOf('ridge', 'random_forest'));
    const after = new Map((await champions()).map((champion) => [champion.regime, champion]));
    for (const { regime, runId, p, luck } of before) {
      const now = after.get(regime)!;
      expect(now.luck.tries!).toBeGreaterThan(luck.tries!);
      expect(now.luck.sharpe!).toBeGreaterThanOrEqual(luck.sharpe!);
      if (now.runId === runId) expect(now.p!).toBeGreaterThanOrEqual(p!);
    }
  });

  it('has no p where something was tried that is not counted, and says so', async () => {
    const { regime } = (await champions())[0]!;
    inDatabase((db) =>
      db.exec(`INSERT INTO luck_cells SELECT symbol, timeframe, regime, x'01', 0, NULL, 0, 0, 0, 0, NULL, NULL
        FROM luck_maxima WHERE regime = '${regime}'`),
    );
    for (const champion of await champions()) {
      const isHere = champion.regime === regime;
      expect(champion.p === null).toBe(isHere);
      expect(champion.luck.marketP).toBeNull();
      if (isHere) {
        expect(champion.luck).toMatchObject({ sharpe: null, deflatedSharpe: null, overfitting: null });
        expect(champion.luck.missing).toMatch(/^What 1 model tried here before is not counted/);
      } else expect(champion.luck.missing).toBeNull();
    }
  });
});
