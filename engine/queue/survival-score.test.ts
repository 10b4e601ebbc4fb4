import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ChampionDto } from '../contract/dto/index.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { type Engine, results, stateOf, train, useEngines } from '../testing/engines.ts';
import { workInProcess } from '../testing/killed-job.ts';
import { ledgerOf } from '../testing/ledger.ts';
import { fillSurvivalFolds } from '../testing/survival-folds.ts';
import { CONFIG, outcomeOf } from '../testing/workspace.ts';
import { startRemoteWorker } from '../workers/remote/worker.ts';
import { hasRedis, startRedis } from '../workers/testing/redis-server.ts';

/** Champions of grids, searches and evaluations, chosen by what the model in production says of each. */

const { createWorkspace, open, close } = useEngines();

/** Whoever is eligible by Sharpe becomes champion, in the order of chances. */
const ONE = `${CONFIG}evaluation: { score: survival, min_score: 0, min_trades_per_regime: 3 }\n`;
const MANY = `${ONE}model_management: { keep_top_n_per_regime: 50 }\n`;
const BY_SHARPE = MANY.replace('score: survival, min_score: 0, ', '');
const GRID: GridSpecInput = {
  name: 'Two types',
  model_types: ['ridge', 'q_agent'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [63],
  horizons: [3, 6],
  hyperparameters: { q_agent: { n_estimators: 5 } },
};

const LATER: GridSpecInput = {
  ...GRID,
  name: 'Later',
  model_types: ['ridge'],
  horizons: [12],
  hyperparameters: {},
};

/** A workspace with the models that judge, of which the first is in production. */
let prepared: string;
const versions: string[] = [];
beforeAll(async () => {
  prepared = createWorkspace(BY_SHARPE);
  fillSurvivalFolds(prepared, { folds: 90, edge: 1.5 });
  const engine = open(prepared);
  for (const seed of [42, 7]) {
    const { queueId } = await engine.call('survival.train', { modelType: 'classifier', trials: 1, seed });
    await train(engine, queueId);
    versions.push((await engine.call('survival.get', {})).version);
  }
  await engine.call('survival.promote', { version: versions[0]! });
  await close(engine);
});

function workspaceWith(config: string): string {
  const workspace = createWorkspace(config);
  cpSync(join(prepared, 'regimen.db'), join(workspace, 'regimen.db'));
  return workspace;
}

const champions = (engine: Engine) => engine.call('champions.list', {});
const place = ({ regime, runId }: ChampionDto) => `${regime} ${runId}`;

const scoresOf = (workspace: string) =>
  new Map(ledgerOf(workspace).champions.map(({ regime, run, score }) => [`${regime} ${run}`, Number(score)]));
type Scored = ChampionDto & { readonly score: number };

/** Scores beside what stands beside each champion, which goes another way: the stored model tested anew, its p read from what is listed. */
async function expectTold(engine: Engine, version: string): Promise<Scored[]> {
  await engine.call('champions.robustness', {});
  const scores = scoresOf(engine.workspace);
  const listed = await champions(engine);
  expect(listed.length).toBeGreaterThan(0);
  return listed.map((champion) => {
    expect(champion.survival).toMatchObject({ version });
    const score = scores.get(place(champion))!;
    expect([place(champion), score]).toEqual([place(champion), champion.survival!.probability]);
    return { ...champion, score };
  });
}

describe('a grid', () => {
  test('is refused where nobody is in production, and so is everything else that chooses champions', async () => {
    const engine = open(createWorkspace(ONE));
    const said = /no model of what survives is in production.* `regimen survival promote`/;
    await expect(engine.call('queue.create', { grid: GRID })).rejects.toThrow(said);
    await expect(engine.call('evaluation.create', {})).rejects.toThrow(said);
  });

  test('has the champions whose chances are the best, each as it stands beside it', async () => {
    const many = open(workspaceWith(MANY));
    expect(await train(many, GRID)).toMatchObject({ state: 'completed', failed: 0 });
    const all = await expectTold(many, versions[0]!);
    const regimes = Map.groupBy(all, ({ regime }) => regime);
    expect(Math.max(...[...regimes.values()].map(({ length }) => length))).toBeGreaterThan(1);
    expect(all.some(({ score, sharpe }) => score !== sharpe)).toBe(true);

    const one = open(workspaceWith(ONE));
    await train(one, GRID);
    const best = await expectTold(one, versions[0]!);
    // Among equal chances the one that came first.
    const order = ledgerOf(one.workspace).runs.map(({ uuid }) => uuid);
    const likeliest = [...regimes.values()].map(
      (of) =>
        of.toSorted((a, b) => b.score - a.score || order.indexOf(a.runId) - order.indexOf(b.runId)).at(0)!,
    );
    expect(best.map(place).sort()).toEqual(likeliest.map(place).sort());
    const runs = ledgerOf(one.workspace).runs.map(({ selection }) => JSON.parse(String(selection)));
    expect(runs).toEqual(
      Array(4).fill({
        scope: 'symbol_timeframe_regime',
        score: 'survival',
        min_score: 0,
        min_trades_per_regime: 3,
        survival: versions[0],
      }),
    );
  });

  test('keeps nobody whose chance is not worth a stake, and says what it is', async () => {
    const engine = open(workspaceWith(ONE.replace('min_score: 0', 'min_score: 0.99')));
    const { champions: kept } = await train(engine, GRID);
    expect(kept).toEqual([]);
    const reasons = ledgerOf(engine.workspace).audit.map(({ reason }) => reason);
    expect(reasons.join('\n')).toMatch(/Its chance to survive is 0\.\d+; it must be above 0\.99\./);
  });

  test('has keys of its own, and those of other scores stay what they were', async () => {
    const keysOf = async (config: string) => {
      const engine = open(workspaceWith(config));
      await train(engine, GRID);
      await close(engine);
      return ledgerOf(engine.workspace).runs.map(({ training_key, evaluation_keys }) => ({
        training_key,
        keys: JSON.parse(String(evaluation_keys)) as Record<string, string>,
      }));
    };
    const sharpe = await keysOf(BY_SHARPE);
    const survival = await keysOf(MANY);
    expect(sharpe.every(({ keys }) => !('by survival' in keys))).toBe(true);
    expect(new Set(survival.map(({ keys }) => keys['by survival'])).size).toBe(4);
    expect(survival.map(({ keys: { 'by survival': _, ...keys }, ...of }) => ({ ...of, keys }))).toEqual(
      sharpe,
    );
  });
});

describe('another judge', () => {
  test('judges kept models again before anybody competes with them', async () => {
    const engine = open(workspaceWith(MANY));
    await train(engine, GRID);
    const before = await champions(engine);
    await engine.call('survival.promote', { version: versions[1]!, force: true });
    const { kept } = await engine.call('evaluation.preview', {});
    expect(kept).toMatchObject({ count: new Set(before.map(({ runId }) => runId)).size });
    await train(engine, LATER);
    const after = await expectTold(engine, versions[1]!);
    const again = after.filter(({ runId }) => before.some((one) => one.runId === runId));
    expect(again.length).toBeGreaterThan(0);
    expect(again.every(({ scoredAgain }) => scoredAgain !== null)).toBe(true);
  });

  test('comes to the same by evaluating again what Sharpe had chosen', async () => {
    const straight = open(workspaceWith(MANY));
    await train(straight, GRID);
    const workspace = workspaceWith(BY_SHARPE);
    const engine = open(workspace);
    await train(engine, GRID);
    await engine.call('settings.set', {
      changes: { 'evaluation.score': 'survival', 'evaluation.min_score': 0 },
    });
    const { queueId } = await engine.call('evaluation.create', {});
    expect(await train(engine, queueId)).toMatchObject({ state: 'completed', failed: 0 });
    const shown = async (of: Engine) =>
      (await expectTold(of, versions[0]!)).map(({ regime, score, sharpe }) => [regime, score, sharpe]);
    // All that are eligible by Sharpe were kept, so none is missing.
    expect(await shown(engine)).toEqual(await shown(straight));
  });
});

describe('the same rows and files', () => {
  /** Enough to be paused in the middle of it, on however fast a machine. */
  const LONG: GridSpecInput = { ...GRID, horizons: [1, 2, 3, 4, 5, 6] };
  let expected: ReturnType<typeof outcomeOf>;
  beforeAll(async () => {
    const workspace = workspaceWith(ONE);
    const engine = open(workspace);
    await train(engine, LONG);
    await close(engine);
    expected = outcomeOf(workspace);
  });

  test('with eight threads, and paused and resumed', async () => {
    const eight = workspaceWith(ONE);
    const wide = open(eight, { threads: 8 });
    await train(wide, LONG);
    await close(wide);
    expect(outcomeOf(eight)).toEqual(expected);

    const paused = workspaceWith(ONE);
    const one = open(paused);
    const { queueId } = await one.call('queue.create', { grid: LONG });
    const committed = results(one, 1);
    await one.call('queue.start', { queueId });
    await committed;
    await one.call('queue.pause', { queueId });
    await one.call('queue.wait', { queueId });
    expect(await stateOf(one, queueId)).toBe('paused');
    await close(one);
    const two = open(paused);
    await two.call('queue.resume', { queueId });
    await two.call('queue.wait', { queueId });
    await close(two);
    expect(outcomeOf(paused)).toEqual(expected);
  });

  test('where a process was killed', async () => {
    const workspace = workspaceWith(ONE);
    const engine = open(workspace);
    await engine.call('queue.create', { grid: LONG });
    await close(engine);
    expect(await workInProcess(workspace, { step: 'champions recorded', count: 3 })).toBe('SIGKILL');
    expect(await workInProcess(workspace)).toBe('ended');
    expect(outcomeOf(workspace)).toEqual(expected);
  });

  test.skipIf(!hasRedis)('by a worker elsewhere', async () => {
    const redis = await startRedis();
    const key = 'a key that both know';
    const elsewhere = { url: redis.url, key, name: 'one', threads: 1, cache: createWorkspace() };
    const worker = await startRemoteWorker({ ...elsewhere, say: () => undefined });
    try {
      const workspace = workspaceWith(ONE);
      const env = { REGIMEN_WORKER_KEY: key, REGIMEN_REDIS: redis.url };
      const engine = open(workspace, { threads: 0, env });
      await train(engine, LONG);
      await close(engine);
      expect(outcomeOf(workspace)).toEqual(expected);
    } finally {
      await worker.close();
      await redis.close();
    }
  });
});
