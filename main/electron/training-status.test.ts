import { expect, test } from 'vitest';
import { changed, progressed, testQueue } from './testing/queue-events.ts';
import { activeQueue, initialStatus, menuState, nextStatus, trayText } from './training-status.ts';

test('a queue is active while it runs, pauses or is cancelled', () => {
  for (const state of ['running', 'pausing', 'cancelling'] as const) {
    expect(activeQueue(initialStatus([testQueue(1, 'completed'), testQueue(2, state)]))?.id).toBe(2);
  }
  for (const state of ['pending', 'paused', 'completed', 'cancelled', 'failed', 'crashed'] as const) {
    expect(activeQueue(initialStatus([testQueue(1, state)]))).toBeUndefined();
  }
});

test('events bring the status up to date', () => {
  let status = initialStatus([testQueue(1, 'pending')]);
  status = nextStatus(status, changed(testQueue(1, 'running')));
  status = nextStatus(status, progressed(1, 5));
  expect(activeQueue(status)?.progress).toBe(5 / 13);
  expect(trayText(status)).toBe('Regimen: queue 1, 38 %');
  status = nextStatus(status, changed(testQueue(1, 'completed', { progress: 1 })));
  expect(trayText(status)).toBe('Regimen');
  status = nextStatus(status, { type: 'queue.removed', queueId: 1 });
  expect(status.queues.size).toBe(0);
});

test('events that concern no queue change nothing', () => {
  const status = initialStatus([testQueue(1, 'running')]);
  expect(nextStatus(status, { type: 'workspace.changed', what: 'series' })).toBe(status);
  expect(nextStatus(status, { type: 'queue.removed', queueId: 2 })).toBe(status);
  expect(nextStatus(status, progressed(2, 1))).toBe(status);
});

test.each([
  [['pending'], { start: true, pause: false, resume: false }],
  [['running', 'pending', 'paused'], { start: false, pause: true, resume: false }],
  [['pausing'], { start: false, pause: false, resume: false }],
  [['paused', 'completed'], { start: false, pause: false, resume: true }],
  [['crashed'], { start: false, pause: false, resume: true }],
  [[], { start: false, pause: false, resume: false }],
] as const)('with queues %j the menu offers %j', (states, expected) => {
  expect(menuState(initialStatus(states.map((state, i) => testQueue(i, state))))).toEqual(expected);
});
