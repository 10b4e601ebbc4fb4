import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { QueueState } from '../contract/dto/index.ts';
import type { EngineEvent } from '../contract/events.ts';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { create, type Engine, results, seenByProcess, stateOf, useEngines } from '../testing/engines.ts';
import { CONFIG, TWELVE } from '../testing/workspace.ts';

/** A queue that works itself off: real threads, and other processes as other engines on the same workspace. */

const { createWorkspace, open, close } = useEngines();

const FOUR = { ...TWELVE, model_types: ['ridge'], days_history: [60, 120], horizons: [3, 6] };
const grid = (name: string, horizons: number[]) => ({ ...FOUR, name, horizons });
/** Seconds of training on one thread. */
const LONG = {
  ...TWELVE,
  name: 'Long',
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD', 'DEMO_USDJPY'],
  timeframes: ['H1', 'H4'],
};

function isState(engine: Engine, queueId: number, state: QueueState, timeout = 30_000): Promise<void> {
  return expect.poll(() => stateOf(engine, queueId), { timeout, interval: 20 }).toBe(state);
}

const waits = async (engine: Engine, queueId: number) =>
  (await engine.call('queue.get', { queueId })).waitingFor;

/** Names of queues in the order in which they began. */
function beginnings(engine: Engine): string[] {
  const names: string[] = [];
  engine.subscribe((event) => {
    if (event.type !== 'queue.changed' || event.queue.state !== 'running') return;
    if (!names.includes(event.queue.name)) names.push(event.queue.name);
  });
  return names;
}

describe('a window or server', () => {
  test('starts nothing before the first start; from then on one follows the other by priority and age', async () => {
    const host = open(createWorkspace(), { role: 'host' });
    const began = beginnings(host);
    const [first, low, high] = [
      await create(host, grid('First', [3])),
      await create(host, grid('Low', [4])),
      await create(host, grid('High', [5])),
    ];
    await host.call('queue.priority', { queueId: high, priority: 5 });
    expect(host.isTraining()).toBe(false);
    expect(await waits(host, low)).toBe('Waits to be started.');

    await host.call('queue.start', { queueId: first });
    expect(await waits(host, first)).toBeNull();
    expect(await waits(host, high)).toBe('Waits for its turn: "First" is in training.');
    expect(await waits(host, low)).toBe('Waits for its turn: "First" is in training, 1 before it.');
    await isState(host, low, 'completed');
    expect(began).toEqual(['First', 'High', 'Low']);
    expect(await stateOf(host, high)).toBe('completed');

    // One that is made now begins by itself; to start it, too, is no mistake.
    const last = await create(host, grid('Last', [7]));
    expect(['running', 'completed']).toContain((await host.call('queue.start', { queueId: last })).state);
    expect((await host.call('queue.wait', { queueId: last })).state).toBe('completed');
  });

  test('is not held up by a paused or a failed one', async () => {
    const workspace = createWorkspace();
    const host = open(workspace, { role: 'host' });
    const [long, broken, sound] = [
      await create(host, LONG),
      await create(host, grid('Broken', [4])),
      await create(host, grid('Sound', [5])),
    ];
    const db = rawDatabase(join(workspace, 'regimen.db'));
    db.prepare("UPDATE queues SET spec = '{}' WHERE id = ?").run(broken);
    db.close();
    const progressed = results(host, 1);
    await host.call('queue.start', { queueId: long });
    await progressed;
    await host.call('queue.pause', { queueId: long });
    await isState(host, sound, 'completed');
    expect(await stateOf(host, long)).toBe('paused');
    expect(await host.call('queue.get', { queueId: broken })).toMatchObject({
      state: 'failed',
      message: expect.stringContaining("can't be read: what is stored of it is damaged"),
    });
  });

  test('starts what is pending as soon as it is open, with queue.auto_start; so many at a time as may be', async () => {
    const workspace = createWorkspace(
      CONFIG.replace('queue: {', 'queue: { auto_start: true, max_parallel_queues: 2,'),
    );
    const command = open(workspace);
    const ids = [
      await create(command, LONG),
      await create(command, { ...LONG, name: 'Long, too', horizons: [4, 5] }),
      await create(command, grid('Third', [7])),
    ];
    expect(command.isTraining()).toBe(false);
    expect(await waits(command, ids[0]!)).toBe('Waits to be started.');
    await close(command);
    const host = open(workspace, { role: 'host' });
    await isState(host, ids[1]!, 'running');
    expect(await Promise.all(ids.map((id) => stateOf(host, id)))).toEqual(['running', 'running', 'pending']);
    expect(await waits(host, ids[2]!)).toBe('Waits for its turn: 2 are in training.');
    // Asked for, it does not wait.
    expect((await host.call('queue.start', { queueId: ids[2]! })).state).toBe('running');
    for (const queueId of ids.slice(0, 2)) await host.call('queue.cancel', { queueId });
    await isState(host, ids[2]!, 'completed');
  });

  test('trains what failed again as soon as there is room', async () => {
    const workspace = createWorkspace();
    const host = open(workspace, { role: 'host' });
    const queueId = await create(host, grid('Retried', [3]));
    await host.call('queue.start', { queueId });
    await host.call('queue.wait', { queueId });
    const db = rawDatabase(join(workspace, 'regimen.db'));
    db.prepare("UPDATE cells SET state = 'failed' WHERE queue_id = ? AND cell_index = 0").run(queueId);
    db.close();
    await host.call('queue.retry', { queueId });
    await isState(host, queueId, 'completed');
  });

  test('says what a pending one waits for when that changes, without being asked', async () => {
    const host = open(createWorkspace(), { role: 'host' });
    const [first, second] = [await create(host, LONG), await create(host, grid('Second', [4]))];
    const said: (string | null)[] = [];
    host.subscribe((event) => {
      if (event.type === 'queue.changed' && event.queue.id === second) said.push(event.queue.waitingFor);
    });
    await host.call('queue.start', { queueId: first });
    await host.call('queue.cancel', { queueId: first });
    await isState(host, second, 'completed');
    expect(said).toContain('Waits for its turn: "Long" is in training.');
    expect(said.at(-1)).toBeNull();
  });
});

describe('what another process does', () => {
  const there = (workspace: string) => open(workspace, { processes: seenByProcess(1) });

  test('shows in a window within three seconds: a queue that was asked to begin, in an idle one, too', async () => {
    const workspace = createWorkspace();
    const host = open(workspace, { role: 'host' });
    const command = there(workspace);
    const told = new Set<number>();
    host.subscribe((event: EngineEvent) => {
      if (event.type === 'queue.changed') told.add(event.queue.id);
    });
    const { queueId: asked } = await command.call('queue.create', { grid: FOUR, enqueue: true });
    await isState(host, asked, 'completed', 10_000);
    const { startedAt, createdAt } = await host.call('queue.get', { queueId: asked });
    expect(Date.parse(startedAt!) - Date.parse(createdAt)).toBeLessThan(3_000);
    expect(told).toEqual(new Set([asked]));

    // What is made elsewhere to be started there is left alone, however much this one works the queue off.
    const { queueId: left } = await command.call('queue.create', { grid: grid('Left', [9]) });
    await expect.poll(() => told.has(left), { timeout: 3_000 }).toBe(true);
    expect(await host.call('queue.get', { queueId: left })).toMatchObject({
      state: 'pending',
      waitingFor: 'Waits to be started.',
    });
    await command.call('queue.enqueue', { queueId: left });
    await isState(host, left, 'completed', 10_000);
    await expect(command.call('queue.enqueue', { queueId: left })).rejects.toThrow(
      'only a pending queue waits',
    );
  });

  test('is waited for while it trains; then the window goes on', async () => {
    const workspace = createWorkspace();
    const host = open(workspace, { role: 'host' });
    const command = there(workspace);
    const theirs = await create(command, LONG);
    const progressed = results(command, 1);
    await command.call('queue.start', { queueId: theirs });
    const { queueId: ours } = await command.call('queue.create', { grid: FOUR, enqueue: true });
    await progressed;
    await expect
      .poll(() => waits(host, ours), { timeout: 3_000 })
      .toBe('Waits for process 1, which trains "Long" in this workspace.');
    expect(await waits(command, ours)).toBe('Waits for its turn: "Long" is in training.');
    await command.call('queue.cancel', { queueId: theirs });
    await isState(host, ours, 'completed', 15_000);
    expect(await host.call('queue.get', { queueId: theirs })).toMatchObject({ state: 'cancelled' });
  });

  test('a queue that was asked to begin waits for a window, where there is none', async () => {
    const command = open(createWorkspace());
    const { queueId } = await command.call('queue.create', { grid: FOUR, enqueue: true });
    expect(await waits(command, queueId)).toBe(
      'Waits for a window or server that is open on this workspace, or to be started.',
    );
    expect(command.isTraining()).toBe(false);
  });
});
