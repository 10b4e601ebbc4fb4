import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { create, results, seenByProcess, stateOf, train, useEngines } from '../testing/engines.ts';
import { outcomeOf, SMALL_GRID, TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open, close, outcomeWithoutInterruption } = useEngines();

/** 72 cells: some are left however slow this process is to ask, since threads are never far ahead of what is committed. */
const LONG = {
  ...TWELVE,
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD', 'DEMO_USDJPY'],
  timeframes: ['H1', 'H4'],
};

describe('pause and resume', () => {
  test('three times: the outcome is that of an uninterrupted queue', async () => {
    const uninterrupted = await outcomeWithoutInterruption(LONG);
    const workspace = createWorkspace();
    const engine = open(workspace);
    const queueId = await create(engine, LONG);
    for (let part = 0; part < 3; part++) {
      const progressed = results(engine, 2);
      await engine.call(part === 0 ? 'queue.start' : 'queue.resume', { queueId });
      await progressed;
      expect((await engine.call('queue.pause', { queueId })).state).toBe('pausing');
      const { state, completed, totalConfigs } = await engine.call('queue.wait', { queueId });
      expect(state).toBe('paused');
      // At each pause: those two and what was in flight.
      expect(completed).toBeGreaterThanOrEqual(2 * (part + 1));
      expect(completed).toBeLessThan(totalConfigs);
    }
    await engine.call('queue.resume', { queueId });
    expect((await engine.call('queue.wait', { queueId })).state).toBe('completed');
    await close(engine);
    expect(outcomeOf(workspace)).toEqual(uninterrupted);
  });

  test('closing the engine pauses what runs; another engine goes on with it', async () => {
    const uninterrupted = await outcomeWithoutInterruption(LONG);
    const workspace = createWorkspace();
    const first = open(workspace);
    const queueId = await create(first, LONG);
    const progressed = results(first, 1);
    await first.call('queue.start', { queueId });
    await progressed;
    await close(first);
    const second = open(workspace);
    expect(await second.call('queue.get', { queueId })).toMatchObject({
      state: 'paused',
      message: 'Paused when Regimen was closed.',
    });
    await second.call('queue.resume', { queueId });
    expect((await second.call('queue.wait', { queueId })).state).toBe('completed');
    await close(second);
    expect(outcomeOf(workspace)).toEqual(uninterrupted);
  });

  test('from another process works through the database', async () => {
    const workspace = createWorkspace();
    const here = open(workspace);
    const queueId = await create(here, LONG);
    // A process of its own, but one that is known to live.
    const there = open(workspace, { processes: seenByProcess(1), threads: 2 });
    const progressed = results(here, 1);
    await here.call('queue.start', { queueId });
    await progressed;
    expect((await there.call('queue.pause', { queueId })).state).toBe('pausing');
    const { state, completed } = await here.call('queue.wait', { queueId });
    expect(state).toBe('paused');
    expect(completed).toBeLessThan(72);
    await expect(there.call('queue.wait', { queueId })).rejects.toThrow('was not started by this process');
    await there.call('queue.resume', { queueId });
    expect((await there.call('queue.wait', { queueId })).completed).toBe(72);
  });
});

test('cancel finishes what is in flight and keeps what is done; start and resume are refused afterwards', async () => {
  const engine = open(createWorkspace());
  const queueId = await create(engine, LONG);
  const progressed = results(engine, 2);
  await engine.call('queue.start', { queueId });
  await progressed;
  expect((await engine.call('queue.cancel', { queueId })).state).toBe('cancelling');
  const { state, completed } = await engine.call('queue.wait', { queueId });
  expect(state).toBe('cancelled');
  expect(completed).toBeGreaterThanOrEqual(2);
  expect(completed).toBeLessThan(72);
  expect((await engine.call('history.search', {})).total).toBe(completed);
  await expect(engine.call('queue.start', { queueId })).rejects.toThrow(
    `Queue ${queueId} is cancelled; only a pending queue can be started.`,
  );
  await expect(engine.call('queue.resume', { queueId })).rejects.toThrow(
    `Queue ${queueId} is cancelled; only a queue that is paused, failed or crashed can be resumed.`,
  );
});

test('a queue that never ran, or rests, is cancelled at once', async () => {
  const engine = open(createWorkspace());
  const queueId = await create(engine);
  expect((await engine.call('queue.cancel', { queueId })).state).toBe('cancelled');
  await expect(engine.call('queue.pause', { queueId })).rejects.toThrow('only a running queue can be paused');
});

test('removing, retrying, extending or starting a queue that runs is refused; another one starts at once when asked to', async () => {
  const engine = open(createWorkspace());
  const first = await create(engine);
  const second = await create(engine, { ...TWELVE, symbols: ['DEMO_USDJPY'], name: 'Second' });
  await engine.call('queue.start', { queueId: first });
  await expect(engine.call('queue.start', { queueId: first })).rejects.toThrow(
    'is running; only a pending queue',
  );
  await expect(engine.call('queue.remove', { queueId: first })).rejects.toThrow('before you remove it');
  await expect(engine.call('queue.retry', { queueId: first })).rejects.toThrow('can be retried');
  await expect(engine.call('queue.extend', { queueId: first, grid: SMALL_GRID })).rejects.toThrow(
    'can be extended',
  );
  await engine.call('queue.start', { queueId: second });
  expect([await stateOf(engine, first), await stateOf(engine, second)]).toEqual(['running', 'running']);
  for (const queueId of [first, second]) {
    expect((await engine.call('queue.wait', { queueId })).state).toBe('completed');
  }
});

test('two queues that run at once come to the results of each alone', async () => {
  const engine = open(createWorkspace());
  const [euro, yen] = [
    await create(engine),
    await create(engine, { ...TWELVE, symbols: ['DEMO_USDJPY'], name: 'Yen' }),
  ];
  await engine.call('queue.start', { queueId: euro });
  await engine.call('queue.start', { queueId: yen });
  expect([await stateOf(engine, euro), await stateOf(engine, yen)]).toEqual(['running', 'running']);
  const summaries = await Promise.all([euro, yen].map((queueId) => engine.call('queue.wait', { queueId })));
  expect(summaries.map(({ state, completed }) => [state, completed])).toEqual([
    ['completed', 12],
    ['completed', 12],
  ]);
});

test('without a number, the pending queue of the highest priority is started', async () => {
  const engine = open(createWorkspace());
  const low = await create(engine);
  const high = await create(engine, { ...TWELVE, name: 'High', horizons: [4] });
  expect((await engine.call('queue.priority', { queueId: high, priority: 5 })).priority).toBe(5);
  expect((await engine.call('queue.list', {})).map((queue) => queue.id)).toEqual([high, low]);
  expect((await engine.call('queue.start', {})).id).toBe(high);
  await engine.call('queue.wait', { queueId: high });
  expect((await engine.call('queue.start', {})).id).toBe(low);
  await engine.call('queue.wait', { queueId: low });
  await expect(engine.call('queue.start', {})).rejects.toThrow('There is no pending queue to start.');
});

test('a removed queue is gone, its runs stay, and what it trained is skipped', async () => {
  const engine = open(createWorkspace());
  const queueId = await create(engine);
  await train(engine, queueId);
  const champions = await engine.call('champions.list', {});
  await engine.call('queue.remove', { queueId });
  expect(await engine.call('queue.list', {})).toEqual([]);
  await expect(engine.call('queue.get', { queueId })).rejects.toThrow(
    `There is no job ${queueId} in this workspace. There is none yet.`,
  );
  expect((await engine.call('history.search', {})).total).toBe(12);
  expect(await engine.call('champions.list', {})).toEqual(champions.map((one) => ({ ...one, job: null })));
  const { alreadyTrained, toTrain } = await engine.call('grid.preview', { grid: TWELVE });
  expect([alreadyTrained, toTrain]).toEqual([12, 0]);
});

test('a grid with nothing new makes no queue and says so; to be trained again, it does', async () => {
  const engine = open(createWorkspace());
  const queueId = await create(engine);
  await train(engine, queueId);
  await expect(create(engine)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Nothing new to train: all 12 configurations are trained already.'),
    details: { remedy: 'retrain', preview: { toTrain: 0, alreadyTrained: 12 } },
  });
  await expect(engine.call('queue.extend', { queueId, grid: TWELVE })).rejects.toThrow(
    'Nothing new to train',
  );
  expect(await engine.call('queue.list', {})).toMatchObject([{ id: queueId, state: 'completed' }]);
  await engine.call('queue.create', { grid: TWELVE, retrain: true });
  expect(await engine.call('queue.list', {})).toHaveLength(2);
});

describe('a stored grid that does not expand any more', () => {
  const BROKEN: [what: string, spec: (spec: string) => string, reason: string][] = [
    ['for a model type that is gone', (spec) => spec.replace('"ridge"', '"oracle"'), 'oracle'],
    ['with other cells', (spec) => spec.replace(',"lasso"', ''), 'it gives 8 configurations instead of 12'],
    ['that is none', () => '{"name":"Crash test"}', 'it is damaged'],
  ];
  test.each(BROKEN)(
    '%s fails its queue with the reason, and blocks no other',
    async (_what, broken, reason) => {
      const workspace = createWorkspace();
      const engine = open(workspace);
      const [queueId, other] = [await create(engine), await create(engine, { ...TWELVE, name: 'Sound' })];
      const db = rawDatabase(join(workspace, 'regimen.db'));
      const spec = db.prepare('SELECT spec FROM queues WHERE id = ?').pluck().get(queueId) as string;
      expect(broken(spec)).not.toBe(spec);
      db.prepare('UPDATE queues SET spec = ? WHERE id = ?').run(broken(spec), queueId);

      const refusal = { code: 'grid-invalid', message: expect.stringContaining(reason) };
      await expect(engine.call('queue.start', { queueId })).rejects.toMatchObject(refusal);
      const row = db.prepare('SELECT state, message, owner FROM queues WHERE id = ?').get(queueId);
      expect(row).toEqual({ state: 'failed', message: refusal.message, owner: null });
      expect(engine.isTraining()).toBe(false);
      await expect(engine.call('queue.resume', { queueId })).rejects.toMatchObject(refusal);
      db.close();
      expect((await train(engine, other)).state).toBe('completed');
      await engine.call('queue.remove', { queueId });
    },
  );
});

test('a checkpoint of before it was cancelled does not revive a queue', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const queueId = await create(engine, LONG);
  const progressed = results(engine, 2);
  await engine.call('queue.start', { queueId });
  await progressed;
  await engine.call('queue.pause', { queueId });
  await engine.call('queue.wait', { queueId });
  const folder = join(workspace, 'checkpoints', 'training_pipeline');
  const [checkpoint] = readdirSync(folder).map((name) => join(folder, name));
  await engine.call('queue.cancel', { queueId });
  await expect(engine.call('queue.resume', { checkpoint })).rejects.toThrow(`Queue ${queueId} is cancelled;`);
  expect(await stateOf(engine, queueId)).toBe('cancelled');
});
