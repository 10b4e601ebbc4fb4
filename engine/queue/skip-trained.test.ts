import { describe, expect, test } from 'vitest';
import type { GridSpecInput } from '../contract/grid.ts';
import { create, type Engine, train, useEngines } from '../testing/engines.ts';
import { CONFIG, outcomeOf, TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open, close } = useEngines();

/** Shares six of its nine cells with TWELVE. */
const SHARING: GridSpecInput = { ...TWELVE, name: 'Sharing', days_history: [120], horizons: [3, 4, 6] };

/** More than threads may take before the first result is permanent: a pause at that moment leaves some. */
const FORTY: GridSpecInput = {
  ...TWELVE,
  model_types: ['ridge'],
  days_history: [60],
  horizons: [3],
  hyperparameters: { ridge: { alpha: Array.from({ length: 40 }, (_, i) => i + 1) } },
};

/** Pauses a queue at its first result; returns how many it has by then. */
async function trainAndPause(engine: Engine, queueId: number): Promise<number> {
  const unsubscribe = engine.subscribe((event) => {
    if (event.type === 'queue.progress') void engine.call('queue.pause', { queueId }).catch(() => undefined);
  });
  const { state, completed } = await train(engine, queueId);
  unsubscribe();
  expect(state).toBe('paused');
  return completed;
}

const attempts = async (engine: Engine) => (await engine.call('history.search', { limit: 1000 })).runs.length;

describe('two queues that share configurations, both made before either was trained', () => {
  test('train the shared ones once, and every count says so', async () => {
    const engine = open(createWorkspace());
    const [first, second] = [await create(engine), await create(engine, SHARING)];
    expect(await engine.call('queue.get', { queueId: second })).toMatchObject({ skipped: 0, pending: 9 });
    await train(engine, first);
    const progress: [number, number][] = [];
    engine.subscribe((event) => {
      if (event.type === 'queue.progress') progress.push([event.progress.done, event.progress.toTrain]);
    });
    expect(await train(engine, second)).toMatchObject({
      state: 'completed',
      totalConfigs: 9,
      alreadyTrained: 6,
      completed: 3,
    });
    expect(progress).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(await engine.call('queue.get', { queueId: second })).toMatchObject({
      totalConfigs: 9,
      skipped: 6,
      completed: 3,
      pending: 0,
      progress: 1,
    });
    expect(await attempts(engine)).toBe(12 + 3);
    const lines = (await engine.call('feed.recent', {})).filter((line) => line.queueId === second);
    expect(lines.map((line) => line.message)).toContain(
      '6 configurations skipped: trained since the queue was made.',
    );
  });

  test('complete at once where nothing is left', async () => {
    const engine = open(createWorkspace());
    const [first, second] = [await create(engine), await create(engine, { ...TWELVE, horizons: [3] })];
    await train(engine, first);
    const summary = await train(engine, second);
    expect(summary).toMatchObject({ state: 'completed', alreadyTrained: 6, completed: 0 });
    expect(await engine.call('queue.get', { queueId: second })).toMatchObject({ progress: 1, pending: 0 });
    expect(await attempts(engine)).toBe(12);
  });

  test('share the rest when one goes on after a stop', async () => {
    const workspace = createWorkspace();
    const before = open(workspace);
    const [first, second] = [await create(before, FORTY), await create(before, FORTY)];
    const own = await trainAndPause(before, second);
    await train(before, first);
    await close(before);
    const after = open(workspace);
    await after.call('queue.resume', { queueId: second });
    expect(await after.call('queue.wait', { queueId: second })).toMatchObject({
      state: 'completed',
      completed: own,
      alreadyTrained: 40 - own,
    });
    expect(await after.call('queue.get', { queueId: first })).toMatchObject({
      completed: 40 - own,
      skipped: own,
    });
    expect(await attempts(after)).toBe(40);
    // Every cell has its run, whichever queue trained it.
    expect(outcomeOf(workspace).ledger.cells.every((cell) => cell.run !== null)).toBe(true);
  });
});

describe('a queue that trains everything again', () => {
  test.each([
    ['as it was asked for', CONFIG, true],
    ['as the configuration says', CONFIG.replace('queue: {', 'queue: { skip_already_trained: false,'), false],
  ])('does so %s, also after a pause', async (_, config, retrain) => {
    const engine = open(createWorkspace(config));
    await train(engine, await create(engine, FORTY));
    const { queueId, preview } = await engine.call('queue.create', { grid: FORTY, retrain });
    expect(preview.toTrain).toBe(40);
    await trainAndPause(engine, queueId);
    await engine.call('queue.resume', { queueId });
    expect(await engine.call('queue.wait', { queueId })).toMatchObject({ completed: 40, alreadyTrained: 0 });
    expect(await attempts(engine)).toBe(80);
  });
});
