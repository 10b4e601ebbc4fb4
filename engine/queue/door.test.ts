import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { QUEUE_STATES, type QueueState } from '../contract/dto/index.ts';
import { openStore, type Store, sqlBuilder } from '../store/database.ts';
import { findQueue, insertQueue, requireQueue, updateOwnedQueue, updateQueue } from '../store/queues.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { assertOwned, changeState, removeQueue } from './door.ts';
import { isActive } from './states.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const [OURS, THEIRS] = ['{"pid":1}', JSON.stringify({ pid: 2, host: 'elsewhere' })];

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-door-'));
  store = openStore(join(folder, 'regimen.db'));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

/** A queue in a state; where a process works on it, that is this one. */
function queueIn(state: QueueState): number {
  const id = insertQueue(store, { name: 'Nightly', spec: {}, createdAt: 1 }, []);
  placeQueue(store, id, state, isActive(state) ? OURS : null);
  updateQueue(store, id, { message: 'Why it is so.', heartbeat_at: 5, started_at: 4 });
  return id;
}

describe('a change of state', () => {
  test('is on disk with all that goes with it', () => {
    const id = queueIn('paused');
    const claimed = changeState(store, id, { trigger: 'resume', owner: OURS, message: null, now: NOW });
    expect(claimed).toMatchObject({
      state: 'running',
      owner: OURS,
      message: null,
      heartbeat_at: NOW,
      started_at: 4,
      finished_at: null,
    });
    expect(findQueue(store, id)).toEqual(claimed);
    const done = { trigger: 'finish', owner: OURS, seconds: 7.5, now: NOW + 1 } as const;
    expect(changeState(store, id, done)).toMatchObject({
      state: 'completed',
      owner: null,
      heartbeat_at: null,
      seconds: 7.5,
      finished_at: NOW + 1,
    });
    expect(changeState(store, id, { trigger: 'extend', now: NOW })).toMatchObject({
      state: 'pending',
      finished_at: null,
      started_at: 4,
    });
  });

  test('that starts a queue for the first time says when, and by whom', () => {
    const id = queueIn('pending');
    updateQueue(store, id, { started_at: null, heartbeat_at: null });
    expect(changeState(store, id, { trigger: 'start', owner: OURS, now: NOW })).toMatchObject({
      state: 'running',
      owner: OURS,
      heartbeat_at: NOW,
      started_at: NOW,
      finished_at: null,
    });
  });

  test.each([
    ['finish', 'completed', NOW],
    ['fail', 'failed', NOW],
    ['stop', 'paused', null],
    ['ask', 'awaiting_confirmation', null],
  ] as const)('by which its owner lets go (%s) says when it ended, if it did', (trigger, state, endedAt) => {
    const id = queueIn('running');
    expect(changeState(store, id, { trigger, owner: OURS, now: NOW })).toMatchObject({
      state,
      owner: null,
      heartbeat_at: null,
      finished_at: endedAt,
    });
  });

  test('that cancels what nobody works on ends it', () => {
    const id = queueIn('paused');
    expect(changeState(store, id, { trigger: 'cancel', now: NOW })).toMatchObject({
      state: 'cancelled',
      finished_at: NOW,
      heartbeat_at: 5,
    });
  });

  test('that is asked for leaves the owner, who has yet to stop', () => {
    const id = queueIn('running');
    expect(changeState(store, id, { trigger: 'pause', now: NOW })).toMatchObject({
      state: 'pausing',
      owner: OURS,
      heartbeat_at: 5,
      message: 'Why it is so.',
    });
  });

  test('of a crash leaves the last sign of life, and no owner', () => {
    const id = queueIn('cancelling');
    expect(changeState(store, id, { trigger: 'crash', message: 'Dead.', now: NOW })).toMatchObject({
      state: 'crashed',
      owner: null,
      heartbeat_at: 5,
      message: 'Dead.',
    });
  });

  test('that the table does not have changes nothing', () => {
    const id = queueIn('completed');
    const before = requireQueue(store, id);
    expect(() => changeState(store, id, { trigger: 'pause', message: 'x', now: NOW })).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
    expect(findQueue(store, id)).toEqual(before);
  });

  test('of a queue that is not there says which there are', () => {
    const id = queueIn('pending');
    expect(() => changeState(store, 99, { trigger: 'cancel', now: NOW })).toThrow(
      `There is no job 99 in this workspace. There is ${id}.`,
    );
  });

  test('of a queue that is not there waits for no other process that writes', () => {
    const other = new Database(join(folder, 'regimen.db'));
    other.exec('BEGIN IMMEDIATE');
    const missing = expect.objectContaining({ code: 'not-found' });
    expect(() => changeState(store, 99, { trigger: 'cancel', now: NOW })).toThrow(missing);
    expect(() => removeQueue(store, 99)).toThrow(missing);
    other.close();
  });
});

describe('an owner', () => {
  test.each(['finish', 'stop', 'fail', 'ask'] as const)(
    'that is another one by now can not %s the queue',
    (trigger) => {
      const id = queueIn('running');
      placeQueue(store, id, 'running', THEIRS);
      const before = requireQueue(store, id);
      expect(() => changeState(store, id, { trigger, owner: OURS, now: NOW })).toThrow(
        expect.objectContaining({
          code: 'workspace-busy',
          message: expect.stringMatching(
            /^Another process has taken over queue .* for too long: process 2 on elsewhere\. /,
          ),
        }),
      );
      expect(findQueue(store, id)).toEqual(before);
    },
  );

  test('says that it lives only of what is its own', () => {
    const ours = requireQueue(store, queueIn('running'));
    updateOwnedQueue(store, ours, { heartbeat_at: 6 });
    expect(findQueue(store, ours.id)?.heartbeat_at).toBe(6);
    for (const owner of [THEIRS, null]) {
      placeQueue(store, ours.id, 'running', owner);
      updateOwnedQueue(store, ours, { heartbeat_at: 7 });
      expect(findQueue(store, ours.id)?.heartbeat_at).toBe(6);
    }
  });

  test('is asked of whatever else is written about a queue', () => {
    const ours = requireQueue(store, queueIn('running'));
    expect(() => assertOwned(store, ours)).not.toThrow();
    const takenBy = (owner: object) =>
      expect.objectContaining({
        code: 'workspace-busy',
        message: expect.stringContaining(`queue ${ours.id} "Nightly"`),
        details: { queueId: ours.id, ...owner },
      });
    placeQueue(store, ours.id, 'running', THEIRS);
    expect(() => assertOwned(store, ours)).toThrow(takenBy({ pid: 2, host: 'elsewhere' }));
    const taken = takenBy({});
    placeQueue(store, ours.id, 'crashed');
    expect(() => assertOwned(store, ours)).toThrow(taken);
    // Nobody's is nobody's: a row that was read without an owner proves nothing.
    expect(() => assertOwned(store, requireQueue(store, ours.id))).toThrow(taken);
    removeQueue(store, ours.id);
    expect(() => assertOwned(store, ours)).toThrow(taken);
  });
});

test.each(QUEUE_STATES)('a queue that is %s is removed only if nobody works on it', (state) => {
  const id = queueIn(state);
  if (isActive(state)) {
    expect(() => removeQueue(store, id)).toThrow(
      expect.objectContaining({
        code: 'conflict',
        message: `Queue ${id} is ${state}. Pause or cancel it before you remove it.`,
        details: { queueId: id },
      }),
    );
    expect(findQueue(store, id)?.state).toBe(state);
  } else {
    expect(removeQueue(store, id)).toMatchObject({ id, state });
    expect(findQueue(store, id)).toBeUndefined();
  }
});

test('nothing else can name the column in an update', () => {
  const id = queueIn('pending');
  // @ts-expect-error: a state is no value to be updated.
  updateQueue(store, id, { state: 'running' });
  // @ts-expect-error: nor for the builder.
  sqlBuilder.updateTable('queues').set({ state: 'running' });
  // @ts-expect-error: a queue begins pending.
  sqlBuilder.insertInto('queues').values({ name: 'Nightly', state: 'running' });
});
