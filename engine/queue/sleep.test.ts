import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { create, results, stateOf, useEngines } from '../testing/engines.ts';
import { outcomeOf, TWELVE } from '../testing/workspace.ts';
import { SLEEP_MESSAGE } from './sleep.ts';

const { createWorkspace, open, close, outcomeWithoutInterruption } = useEngines();

/** 72 cells: some are left however slow this process is to ask. */
const LONG = {
  ...TWELVE,
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD', 'DEMO_USDJPY'],
  timeframes: ['H1', 'H4'],
};

/** A host that trains the first of two queues, the second of which may begin by itself. */
async function trainingHost() {
  const workspace = createWorkspace();
  const engine = open(workspace, { role: 'host' });
  const queueId = await create(engine, LONG);
  const nextId = await create(engine, { ...TWELVE, name: 'next', horizons: [6] });
  const progressed = results(engine, 2);
  await engine.call('queue.start', { queueId });
  await progressed;
  return { workspace, engine, queueId, nextId };
}

test('what sleep paused goes on after it, and nothing else begins meanwhile', async () => {
  const { engine, queueId, nextId } = await trainingHost();
  engine.suspend();
  expect(await engine.call('queue.get', { queueId })).toMatchObject({
    state: 'pausing',
    message: SLEEP_MESSAGE,
  });
  expect((await engine.call('queue.wait', { queueId })).state).toBe('paused');
  // The queue looks for its next turn every second.
  await delay(1200);
  expect(await stateOf(engine, nextId)).toBe('pending');
  await engine.wake();
  expect(await stateOf(engine, queueId)).toBe('running');
  expect((await engine.call('queue.wait', { queueId })).state).toBe('completed');
  await expect.poll(() => stateOf(engine, nextId)).not.toBe('pending');
});

test('what the user cancelled during sleep stays so; what slept again is still asleep', async () => {
  const { engine, queueId } = await trainingHost();
  engine.suspend();
  const waking = engine.wake();
  engine.suspend();
  await waking;
  expect(await stateOf(engine, queueId)).toBe('paused');
  await engine.call('queue.cancel', { queueId });
  await engine.wake();
  expect(await stateOf(engine, queueId)).toBe('cancelled');
});

test('what the user had paused before sleep stays paused after it', async () => {
  const { engine, queueId, nextId } = await trainingHost();
  await engine.call('queue.pause', { queueId });
  expect((await engine.call('queue.wait', { queueId })).state).toBe('paused');
  await expect.poll(() => stateOf(engine, nextId)).toBe('running');
  engine.suspend();
  await engine.wake();
  expect((await engine.call('queue.wait', { queueId: nextId })).state).toBe('completed');
  // The queue looks for its next turn every second.
  await delay(1200);
  expect(await engine.call('queue.get', { queueId })).toMatchObject({ state: 'paused', message: null });
});

test('what the user was pausing when sleep came stays paused after it', async () => {
  const { engine, queueId } = await trainingHost();
  await engine.call('queue.pause', { queueId });
  expect(await stateOf(engine, queueId)).toBe('pausing');
  engine.suspend();
  expect(await engine.call('queue.get', { queueId })).toMatchObject({ state: 'pausing', message: null });
  await engine.wake();
  expect((await engine.call('queue.wait', { queueId })).state).toBe('paused');
  await delay(1200);
  expect(await engine.call('queue.get', { queueId })).toMatchObject({ state: 'paused', message: null });
});

test('what the user resumed and paused again while the computer was asleep stays paused after it', async () => {
  const { engine, queueId } = await trainingHost();
  engine.suspend();
  await engine.call('queue.wait', { queueId });
  await engine.call('queue.resume', { queueId });
  await engine.call('queue.pause', { queueId });
  await engine.call('queue.wait', { queueId });
  await engine.wake();
  await delay(1200);
  expect(await engine.call('queue.get', { queueId })).toMatchObject({ state: 'paused', message: null });
});

test('saved at once: paused when the call returns, nothing begins, and the rest trains as if nothing had been', async () => {
  const uninterrupted = await outcomeWithoutInterruption(LONG);
  const workspace = createWorkspace();
  const engine = open(workspace, { role: 'host' });
  const queueId = await create(engine, LONG);
  const progressed = results(engine, 2);
  await engine.call('queue.start', { queueId });
  await progressed;
  engine.saveNow('Paused when the computer was shut down.');
  const saved = outcomeOf(workspace).ledger;
  expect(saved.queues).toMatchObject([{ state: 'paused', owner: null }]);
  await close(engine);
  const after = outcomeOf(workspace).ledger;
  expect(after.cells).toEqual(saved.cells);
  expect(after.queues).toMatchObject([{ message: 'Paused when the computer was shut down.' }]);

  const second = open(workspace);
  await second.call('queue.resume', { queueId });
  expect((await second.call('queue.wait', { queueId })).state).toBe('completed');
  await close(second);
  expect(outcomeOf(workspace)).toEqual(uninterrupted);
});

test('a queue that another process took over is not touched by saving', async () => {
  const { workspace, engine, queueId } = await trainingHost();
  const other = JSON.stringify({ host: 'elsewhere', pid: 7, processStart: null });
  const db = rawDatabase(`${workspace}/regimen.db`);
  db.prepare('UPDATE queues SET owner = ? WHERE id = ?').run(other, queueId);
  db.close();
  engine.saveNow('x');
  expect(outcomeOf(workspace).ledger.queues[0]).toMatchObject({ state: 'running', owner: other });
});
