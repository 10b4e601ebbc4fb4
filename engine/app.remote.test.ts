import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GridSpecInput } from './contract/grid.ts';
import { type Engine, train, useEngines } from './testing/engines.ts';
import { RIDGE, search } from './testing/searches.ts';
import { CONFIG, outcomeOf } from './testing/workspace.ts';
import { type RemoteWorker, startRemoteWorker } from './workers/remote/worker.ts';
import { hasRedis, startRedis, type TestRedis } from './workers/testing/redis-server.ts';

/** What workers elsewhere train is the same, row for row and byte for byte, as what threads of this process do. */

const GRID: GridSpecInput = {
  name: 'same',
  model_types: ['ridge', 'lightgbm'],
  symbols: ['DEMO_EURUSD', 'DEMO_USDJPY'],
  timeframes: ['H1', 'H4'],
  days_history: [120],
  horizons: [3, 12],
  targets: ['return', 'direction'],
  hyperparameters: { lightgbm: { n_estimators: 8 } },
};

describe.skipIf(!hasRedis)('workers elsewhere', () => {
  const engines = useEngines();
  const cache = mkdtempSync(join(tmpdir(), 'regimen-cache-'));
  let redis: TestRedis;
  let workers: RemoteWorker[];
  beforeAll(async () => {
    redis = await startRedis();
    const start = (name: string) =>
      startRemoteWorker({
        url: redis.url,
        key: 'a key that host and workers share',
        name,
        threads: 2,
        cache: join(cache, name),
        say: () => undefined,
      });
    workers = await Promise.all([start('one'), start('two')]);
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await redis.close();
    rmSync(cache, { recursive: true });
  });

  const env = { REGIMEN_WORKER_KEY: 'a key that host and workers share' };
  /** Works something off on threads alone, on workers alone that a variable leads to, and on both, which the setting names, as a window has it. */
  async function onEach(work: (engine: Engine) => Promise<unknown>) {
    const outcomes = [];
    const named = CONFIG.replace('queue: {', `queue: { workers: "${redis.url}",`);
    for (const [threads, config, url] of [
      [2, CONFIG, undefined],
      [0, CONFIG, redis.url],
      [1, named, undefined],
    ] as const) {
      const workspace = engines.createWorkspace(config);
      const engine = engines.open(workspace, { threads, env: { ...env, REGIMEN_REDIS: url } });
      await work(engine);
      await engines.close(engine);
      outcomes.push(outcomeOf(workspace));
    }
    const [threads, elsewhere, both] = outcomes;
    return { threads: threads!, elsewhere: elsewhere!, both: both! };
  }

  it('train a grid to the same rows and files', async () => {
    const { threads, elsewhere, both } = await onEach(async (engine) => {
      expect(await train(engine, GRID)).toMatchObject({ state: 'completed', failed: 0 });
    });
    expect(threads.ledger.runs).toHaveLength(32);
    expect(Object.keys(threads.artifacts)).not.toHaveLength(0);
    expect(elsewhere).toEqual(threads);
    expect(both).toEqual(threads);
  });

  it('try the same trials of a search', async () => {
    const { threads, elsewhere, both } = await onEach((engine) => search(engine, RIDGE));
    expect(threads.ledger.trials).toHaveLength(14);
    expect(elsewhere).toEqual(threads);
    expect(both).toEqual(threads);
  });

  it('compute the same folds', async () => {
    const { threads, elsewhere, both } = await onEach(async (engine) => {
      const { queueId } = await engine.call('validation.create', {
        subject: { symbol: 'DEMO_EURUSD', timeframe: 'H4', modelType: 'ridge' },
        scheme: 'quick',
      });
      expect(await train(engine, queueId)).toMatchObject({ state: 'completed', failed: 0 });
    });
    expect(threads.ledger.folds.length).toBeGreaterThan(4);
    expect(elsewhere).toEqual(threads);
    expect(both).toEqual(threads);
  });

  it('are listed, paused and drained', async () => {
    const engine = engines.open(engines.createWorkspace(), { env: { ...env, REGIMEN_REDIS: redis.url } });
    const states = async () =>
      (await engine.call('workers.list', {})).workers.map(({ name, state }) => [name, state]);
    expect(await states()).toEqual([
      ['one', 'running'],
      ['two', 'running'],
    ]);
    await engine.call('workers.pause', { name: 'one' });
    await expect.poll(states, { timeout: 10_000 }).toContainEqual(['one', 'paused']);
    await engine.call('workers.resume', { name: 'one' });
    await expect.poll(states, { timeout: 10_000 }).toContainEqual(['one', 'running']);
    await engine.call('workers.drain', { name: 'two' });
    await workers[1]!.ended;
    expect(await states()).toEqual([['one', 'running']]);
    await expect(engine.call('workers.pause', { name: 'two' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('with another key are told apart, and named', async () => {
    const engine = engines.open(engines.createWorkspace(), {
      env: { REGIMEN_WORKER_KEY: 'a key that nobody else has', REGIMEN_REDIS: redis.url },
    });
    const { workers: seen } = await engine.call('workers.list', {});
    expect(seen).toMatchObject([
      { name: 'one', state: 'refused', reason: expect.stringContaining('REGIMEN_WORKER_KEY') },
    ]);
    // It would take what is wanted of it for a forgery.
    await expect(engine.call('workers.drain', { name: 'one' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`process ${process.pid} on `),
    });
  });
});
