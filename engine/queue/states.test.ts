import { describe, expect, test } from 'vitest';
import { QUEUE_STATES, type QueueState } from '../contract/dto/index.ts';
import { assertTransition, isActive } from './states.ts';

/** Written out once more, as the promises of the design's queue life, arrow by arrow. */
const ALLOWED = new Set([
  'pending > running', // start
  'pending > cancelled',
  'running > pausing', // pause
  'running > paused', // the disk is full, or the process is asked to end
  'running > cancelling', // cancel
  'running > completed',
  'running > failed',
  'running > crashed',
  'pausing > paused',
  'pausing > cancelling',
  'pausing > completed', // what was in flight was the last
  'pausing > failed',
  'pausing > crashed',
  'cancelling > cancelled',
  'cancelling > completed',
  'cancelling > failed',
  'cancelling > crashed',
  'paused > running', // resume
  'paused > cancelled',
  'paused > pending', // retry, extend
  'completed > pending',
  'cancelled > pending',
  'failed > running',
  'failed > pending',
  'failed > cancelled',
  'crashed > paused', // recovery, now or later
  'crashed > running',
  'crashed > cancelled',
]);

const PAIRS = QUEUE_STATES.flatMap((from) => QUEUE_STATES.map((to) => [from, to] as const));

describe('every pair of states', () => {
  test.each(PAIRS)('%s to %s', (from, to) => {
    const attempt = () => assertTransition({ id: 7, state: from }, to);
    if (ALLOWED.has(`${from} > ${to}`)) {
      expect(attempt).not.toThrow();
      return;
    }
    expect(attempt).toThrowError(
      expect.objectContaining({ code: 'conflict', details: { queueId: 7, from, to } }),
    );
  });
});

test('a refusal names the states that would do', () => {
  expect(() => assertTransition({ id: 7, state: 'completed' }, 'pausing')).toThrow(
    'Queue 7 is completed; only a queue that is running can become pausing.',
  );
});

test('no state is a dead end, and each can be reached from pending', () => {
  const reached = new Set<QueueState>(['pending']);
  for (const state of reached) {
    for (const to of QUEUE_STATES) if (ALLOWED.has(`${state} > ${to}`)) reached.add(to);
  }
  expect([...reached].sort()).toEqual([...QUEUE_STATES].sort());
  for (const from of QUEUE_STATES) {
    expect(QUEUE_STATES.some((to) => ALLOWED.has(`${from} > ${to}`))).toBe(true);
  }
});

test('a process works on a queue that is running, pausing or cancelling', () => {
  expect(QUEUE_STATES.filter(isActive)).toEqual(['running', 'pausing', 'cancelling']);
});
