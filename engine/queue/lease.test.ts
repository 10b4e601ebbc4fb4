import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { QueueState } from '../contract/dto/index.ts';
import { openStore, type Store } from '../store/database.ts';
import { findQueue, insertQueue, updateQueue } from '../store/queues.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { createLease } from './lease.ts';
import type { Owner, ProcessTable } from './owner.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 0, 5, 12);

let folder: string;
const stores: Store[] = [];
let now: number;
/** Processes of this machine, by number, with their start. */
let processes: Map<number, string | null>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-lease-'));
  now = NOON;
  processes = new Map([[100, 'boot 100']]);
});

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  rmSync(folder, { recursive: true });
});

/** An engine's view of the workspace: a database connection of its own, and who it is. */
function engineOf(pid: number, maxParallel = 1, host = 'here') {
  const store = openStore(join(folder, 'regimen.db'));
  stores.push(store);
  const self: Owner = { host, pid, processStart: processes.get(pid) ?? null };
  const table: ProcessTable = {
    self,
    exists: (other) => processes.has(other),
    startOf: (other) => processes.get(other) ?? null,
  };
  const lease = createLease({
    store,
    processes: table,
    kind: 'command line',
    maxParallel: () => maxParallel,
    crashAfterMinutes: () => 5,
    now: () => now,
  });
  return { store, self, lease };
}

function addQueue(store: Store, name: string, state: QueueState = 'pending'): number {
  const id = insertQueue(store, { name, spec: {}, createdAt: now }, []);
  placeQueue(store, id, state);
  return id;
}

/** A queue that runs, with the owner and the last sign of life given. */
function addRunning(
  store: Store,
  owner: Partial<Owner>,
  heartbeatAt: number | null,
  state: QueueState = 'running',
) {
  const id = addQueue(store, 'Nightly', state);
  const whole: Owner = { host: 'here', pid: 100, processStart: 'boot 100', ...owner };
  placeQueue(store, id, state, JSON.stringify(whole));
  updateQueue(store, id, { heartbeat_at: heartbeatAt });
  return id;
}

describe('an owner', () => {
  const VERDICTS: [what: string, owner: Partial<Owner>, silentMinutes: number, crashed: boolean][] = [
    ['that lives', {}, 0, false],
    ['that lives, but was suspended for hours', {}, 600, false],
    ['that is dead', { pid: 101 }, 0, true],
    ['whose number another process has now', { processStart: 'boot 99' }, 0, true],
    ['of before a restart of the machine', { processStart: 'earlier-boot 100' }, 0, true],
    ['on another machine, heard of lately', { host: 'there' }, 4, false],
    ['on another machine, silent for too long', { host: 'there' }, 6, true],
    ['on another machine with a dead number here', { host: 'there', pid: 101 }, 1, false],
    ['whose start can not be known, heard of lately', { processStart: null }, 4, false],
    ['whose start can not be known, silent for too long', { processStart: null }, 6, true],
  ];

  test.each(VERDICTS)('%s', (_what, owner, silentMinutes, crashed) => {
    const { store, lease } = engineOf(200);
    const id = addRunning(store, owner, NOON - silentMinutes * MINUTE);
    expect(lease.detectCrashes().map((queue) => queue.id)).toEqual(crashed ? [id] : []);
    expect(findQueue(store, id)?.state).toBe(crashed ? 'crashed' : 'running');
  });

  test('that can not be checked is no crash when the clock was set back', () => {
    const { store, lease } = engineOf(200);
    addRunning(store, { host: 'there' }, NOON);
    now = NOON - 24 * 60 * MINUTE;
    expect(lease.detectCrashes()).toEqual([]);
  });

  test('that can not be checked and never gave a sign of life is a crash', () => {
    const { store, lease } = engineOf(200);
    const id = addRunning(store, { host: 'there' }, null);
    expect(lease.detectCrashes()).toMatchObject([{ id }]);
  });

  test('that can be checked is judged by that, whatever the clock says', () => {
    const { store, lease } = engineOf(200);
    addRunning(store, {}, NOON + 600 * MINUTE);
    const dead = addRunning(store, { pid: 101 }, NOON + 600 * MINUTE);
    expect(lease.detectCrashes()).toMatchObject([{ id: dead }]);
  });
});

test('a crash is found in every state that has an owner, said with its process, and leaves no owner', () => {
  const { store, lease } = engineOf(200);
  const ids = (['running', 'pausing', 'cancelling'] as const).map((state) =>
    addRunning(store, { pid: 101 }, NOON, state),
  );
  expect(lease.detectCrashes().map((queue) => queue.id)).toEqual(ids);
  for (const id of ids) {
    expect(findQueue(store, id)).toMatchObject({
      state: 'crashed',
      owner: null,
      heartbeat_at: NOON,
      message: 'Stopped when process 101 ended without notice. Everything committed until then is kept.',
    });
  }
  expect(lease.detectCrashes()).toEqual([]);
});

test.each(['paused', 'awaiting_confirmation'] as const)(
  'a queue that is %s is nobody’s, and no crash',
  (state) => {
    const { store, lease } = engineOf(200);
    const id = addQueue(store, 'Resting', state);
    expect(lease.detectCrashes()).toEqual([]);
    expect(() => lease.assertNotForeign()).not.toThrow();
    expect(lease.claim(addQueue(store, 'Next'), 'start').state).toBe('running');
    expect(findQueue(store, id)?.state).toBe(state);
  },
);

describe('a claim', () => {
  test('makes the queue running and this process its owner', () => {
    processes.set(200, 'boot 200');
    const { store, lease, self } = engineOf(200);
    const id = addQueue(store, 'Nightly');
    updateQueue(store, id, { message: 'Paused when Regimen was closed.', finished_at: 1 });
    const row = lease.claim(id, 'start');
    expect(row).toMatchObject({
      state: 'running',
      message: null,
      heartbeat_at: NOON,
      started_at: NOON,
      finished_at: null,
    });
    expect(JSON.parse(row.owner!)).toEqual({ ...self, kind: 'command line', since: NOON });
  });

  test('keeps the time of the first start', () => {
    const { store, lease } = engineOf(200);
    const id = addQueue(store, 'Nightly', 'paused');
    updateQueue(store, id, { started_at: 5 });
    expect(lease.claim(id, 'resume').started_at).toBe(5);
  });

  test('of a queue in a state that does not allow it is a conflict', () => {
    const { store, lease } = engineOf(200);
    const id = addQueue(store, 'Nightly', 'completed');
    expect(() => lease.claim(id, 'start')).toThrowError(expect.objectContaining({ code: 'conflict' }));
  });

  test('by itself of one more than queue.max_parallel_jobs names the one that runs', () => {
    processes.set(200, 'boot 200');
    const { store, lease } = engineOf(200, 2);
    const [first, second, third] = ['First', 'Second', 'Third'].map((name) => addQueue(store, name));
    lease.claim(first!, 'start');
    lease.claim(second!, 'start');
    expect(() => lease.claim(third!, 'start', 'itself')).toThrow(
      'Queue 1 "First" is running, and no more than 2 may be at a time. Wait for it, or pause it first.',
    );
    expect(findQueue(store, third!)?.state).toBe('pending');
    placeQueue(store, first!, 'paused');
    expect(lease.claim(third!, 'start', 'itself').state).toBe('running');
  });

  test('that is asked for needs no room, up to the most that ever run', () => {
    processes.set(200, 'boot 200');
    const { store, lease } = engineOf(200, 1);
    const ids = Array.from({ length: 9 }, (_, n) => addQueue(store, `Queue ${n}`));
    for (const id of ids.slice(0, 8)) expect(lease.claim(id, 'start').state).toBe('running');
    expect(() => lease.claim(ids[8]!, 'start')).toThrow('no more than 8 may be at a time');
  });

  test('finds out by itself that the process before has died', () => {
    const { store, lease } = engineOf(200);
    const dead = addRunning(store, { pid: 101 }, NOON);
    const id = addQueue(store, 'Nightly');
    expect(lease.claim(id, 'start').state).toBe('running');
    expect(findQueue(store, dead)?.state).toBe('crashed');
  });
});

describe('two engines on one workspace', () => {
  beforeEach(() => processes.set(200, 'boot 200').set(300, 'boot 300'));

  test('one runs a queue, the other is refused by name', () => {
    const [one, other] = [engineOf(200), engineOf(300, 8)];
    const id = addQueue(one.store, 'Nightly');
    const second = addQueue(one.store, 'Daily');
    one.lease.claim(id, 'start');
    one.lease.assertNotForeign();
    const refusal =
      'This workspace is in use: process 200 runs queue 1 "Nightly". Wait for it, or pause the queue.';
    expect(() => other.lease.assertNotForeign()).toThrow(refusal);
    expect(() => other.lease.claim(second, 'start')).toThrowError(
      expect.objectContaining({
        code: 'workspace-busy',
        details: { pid: 200, host: 'here', queueId: id, remedy: 'pause-queue' },
      }),
    );
    expect(findQueue(other.store, second)?.state).toBe('pending');
    processes.delete(200);
    expect(other.lease.claim(second, 'start').state).toBe('running');
  });

  test('the refusal says on which machine', () => {
    const [far, other] = [engineOf(200, 1, 'there'), engineOf(300)];
    far.lease.claim(addQueue(far.store, 'Nightly'), 'start');
    expect(() => other.lease.assertNotForeign()).toThrow('process 200 on there runs');
  });

  test('both see the same dead owner, one of them reports it', () => {
    const [one, other] = [engineOf(200), engineOf(300)];
    addRunning(one.store, { pid: 101 }, NOON);
    expect([...one.lease.detectCrashes(), ...other.lease.detectCrashes()]).toHaveLength(1);
  });
});
