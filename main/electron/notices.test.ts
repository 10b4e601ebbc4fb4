import { expect, test } from 'vitest';
import type { EngineEvent } from '../../engine/contract/events.ts';
import { CHAMPION_PAUSE_MS, createNotices } from './notices.ts';
import { changed, progressed, testQueue } from './testing/queue-events.ts';
import { initialStatus, nextStatus } from './training-status.ts';

/** Feeds events one after the other, each a second after the last, and collects what is told. */
function tell(events: readonly EngineEvent[], secondsApart = 1) {
  let now = 0;
  let status = initialStatus([testQueue(1, 'pending')]);
  const notices = createNotices(() => now);
  return events.map((event) => {
    now += secondsApart * 1000;
    const notice = notices(event, status);
    status = nextStatus(status, event);
    return notice?.title;
  });
}

const start = changed(testQueue(1, 'running'));

test('the end of a queue is told once, with what it came to', () => {
  const status = initialStatus([testQueue(1, 'running')]);
  const end = changed(testQueue(1, 'completed', { completed: 12, failed: 1, kept: 4 }));
  expect(createNotices(() => 0)(end, status)).toEqual({
    title: 'queue 1 is complete',
    body: '12 trained, 4 kept now, 1 failed.',
  });
  expect(tell([start, end, end])).toEqual([undefined, 'queue 1 is complete', undefined]);
});

test('a queue that stops by itself is told with its reason; one that the user stopped is not', () => {
  const status = initialStatus([testQueue(1, 'running')]);
  const failed = changed(testQueue(1, 'failed', { message: 'Disk is nearly full.' }));
  expect(createNotices(() => 0)(failed, status)?.body).toBe('Disk is nearly full.');
  for (const state of ['pausing', 'paused', 'cancelling', 'cancelled'] as const) {
    expect(tell([start, changed(testQueue(1, state))])).toEqual([undefined, undefined]);
  }
});

test('a queue that was not known before is no news', () => {
  expect(createNotices(() => 0)(changed(testQueue(9, 'completed')), initialStatus([]))).toBeUndefined();
});

test('the first failed configuration of a pass is told, the others are not', () => {
  const failure = progressed(1, 1, { failedNow: true });
  const told = 'A configuration failed';
  expect(tell([start, failure, failure])).toEqual([undefined, told, undefined]);
  const paused = changed(testQueue(1, 'paused'));
  expect(tell([start, failure, paused, start, failure])).toEqual([
    undefined,
    told,
    undefined,
    undefined,
    told,
  ]);
});

test('a job that validates ends with folds, which leave no models', () => {
  const status = initialStatus([testQueue(1, 'running', { kind: 'walk_forward' })]);
  const end = changed(testQueue(1, 'completed', { kind: 'walk_forward', completed: 5 }));
  expect(createNotices(() => 0)(end, status)?.body).toBe('5 folds computed.');
});

test('a new champion is told when a model is kept, and not again for a while', () => {
  const steps = [
    start,
    progressed(1, 1, { crowned: 1 }),
    progressed(1, 2, { crowned: 2 }),
    progressed(1, 3, { crowned: 2 }),
  ];
  expect(tell(steps)).toEqual([undefined, 'New champion', undefined, undefined]);
  const apart = CHAMPION_PAUSE_MS / 1000;
  expect(tell(steps, apart)).toEqual([undefined, 'New champion', 'New champion', undefined]);
});

test('champions of an earlier pass are no news', () => {
  const resumed = changed(testQueue(1, 'running', { crowned: 5 }));
  expect(tell([resumed, progressed(1, 6, { crowned: 5 }), progressed(1, 7, { crowned: 6 })])).toEqual([
    undefined,
    undefined,
    'New champion',
  ]);
});
