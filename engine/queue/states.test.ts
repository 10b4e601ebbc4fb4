import { describe, expect, test } from 'vitest';
import { QUEUE_STATES, type QueueState } from '../contract/dto/index.ts';
import { isActive, nextState, type Trigger } from './states.ts';

const TRIGGERS = [
  'start',
  'resume',
  'pause',
  'cancel',
  'retry',
  'extend',
  'confirm',
  'decline',
  'dismiss',
  'restore',
  'finish',
  'stop',
  'fail',
  'ask',
  'crash',
] as const satisfies readonly Trigger[];

/** Written out once more, as the promises of a queue's life, state by state. */
const LIFE: Readonly<Record<QueueState, Partial<Record<Trigger, QueueState>>>> = {
  pending: {
    start: 'running',
    cancel: 'cancelled',
    retry: 'pending',
    extend: 'pending',
    restore: 'paused',
  },
  running: {
    pause: 'pausing',
    cancel: 'cancelling',
    finish: 'completed',
    stop: 'paused', // the disk is full, or the process is asked to end
    fail: 'failed',
    ask: 'awaiting_confirmation',
    crash: 'crashed',
  },
  pausing: {
    cancel: 'cancelling',
    finish: 'completed', // what was in flight was the last
    stop: 'paused',
    fail: 'failed',
    ask: 'awaiting_confirmation',
    crash: 'crashed',
  },
  paused: {
    resume: 'running',
    cancel: 'cancelled',
    retry: 'pending',
    extend: 'pending',
    restore: 'paused',
  },
  awaiting_confirmation: {
    retry: 'pending',
    confirm: 'pending',
    decline: 'completed',
    cancel: 'cancelled',
    restore: 'awaiting_confirmation',
  },
  cancelling: {
    finish: 'completed',
    stop: 'cancelled',
    fail: 'failed',
    ask: 'cancelled', // nobody is asked about what was cancelled
    crash: 'crashed',
  },
  completed: { retry: 'pending', extend: 'pending', restore: 'completed' },
  cancelled: { retry: 'pending', extend: 'pending' },
  failed: {
    resume: 'running',
    cancel: 'cancelled',
    retry: 'pending',
    extend: 'pending',
    restore: 'paused',
  },
  crashed: {
    resume: 'running',
    dismiss: 'paused',
    cancel: 'cancelled',
    restore: 'paused',
  },
};

const PAIRS = QUEUE_STATES.flatMap((state) => TRIGGERS.map((trigger) => [state, trigger] as const));

describe('every pair of state and trigger', () => {
  test.each(PAIRS)('%s, %s', (state, trigger) => {
    const attempt = () => nextState({ id: 7, state }, trigger);
    const expected = LIFE[state][trigger];
    if (expected !== undefined) {
      expect(attempt()).toBe(expected);
      return;
    }
    expect(attempt).toThrowError(
      expect.objectContaining({
        code: 'conflict',
        details: expect.objectContaining({ queueId: 7, state, trigger }),
      }),
    );
  });
});

test('a refusal names the states that would do, and what is possible instead', () => {
  const refusal = (state: QueueState, trigger: Trigger) => () => nextState({ id: 7, state }, trigger);
  expect(refusal('completed', 'pause')).toThrow(
    'Queue 7 is completed; only a running queue can be paused. Possible now: retry or extend.',
  );
  expect(refusal('pending', 'resume')).toThrow(
    'Queue 7 is pending; only a queue that is paused, failed or crashed can be resumed. Possible now: start, cancel, retry or extend.',
  );
  expect(refusal('awaiting_confirmation', 'start')).toThrow(
    'Queue 7 is awaiting confirmation; only a pending queue can be started. Possible now: confirm, decline, cancel or retry.',
  );
  expect(refusal('cancelling', 'cancel')).toThrow(
    /can be cancelled\. Wait until what is in flight is done\.$/,
  );
});

test.each([
  ['cancelling', 'retry', 'retried'],
  ['running', 'extend', 'extended'],
  ['running', 'confirm', 'confirmed'],
  ['running', 'decline', 'declined'],
  ['running', 'dismiss', 'dismissed from recovery'],
  ['running', 'restore', 'restored from a checkpoint'],
  ['pending', 'finish', 'completed'],
  ['pending', 'stop', 'stopped'],
  ['pending', 'fail', 'failed by its owner'],
  ['pending', 'ask', 'put to a question'],
  ['pending', 'crash', 'found without its owner'],
] as const)('the refusal of a queue that is %s to %s says that it can not be %s', (state, trigger, done) => {
  expect(() => nextState({ id: 7, state }, trigger)).toThrow(` can be ${done}. `);
});

test('every state can be reached from pending, and pending from every state', () => {
  const reachable = (from: QueueState) => {
    const reached = new Set([from]);
    for (const state of reached) for (const to of Object.values(LIFE[state])) reached.add(to);
    return reached;
  };
  expect([...reachable('pending')].sort()).toEqual([...QUEUE_STATES].sort());
  for (const state of QUEUE_STATES) expect(reachable(state).has('pending'), state).toBe(true);
});

test('a process works on a queue that is running, pausing or cancelling', () => {
  expect(QUEUE_STATES.filter(isActive)).toEqual(['running', 'pausing', 'cancelling']);
});
