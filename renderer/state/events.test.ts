import { beforeEach, describe, expect, it } from 'vitest';
import type { QueueDto } from '../../engine/contract/dto/index.ts';
import type { EngineEvent, QueueProgress } from '../../engine/contract/events.ts';
import { exampleConfiguration } from '../../engine/contract/testing/configuration.ts';
import { createCoalescer, type Timers } from './coalesce.ts';
import { mergeEvents } from './merge-events.ts';
import { afterEvents, EMPTY_QUEUES, FEED_LINES, type QueuesState } from './queues.ts';
import { queueFixture } from './testing/queues.ts';

const progress = (done: number, changes: Partial<QueueProgress> = {}): QueueProgress => ({
  done,
  toTrain: 10,
  completed: done,
  failed: 0,
  crowned: 0,
  pushedOut: 0,
  kept: 0,
  deleted: done,
  currentIndex: done < 10 ? done + 1 : null,
  configuration: exampleConfiguration(),
  description: 'ridge EURUSD H1, 30 days, 3 bars ahead, normalized',
  outcome: 'Model kept (improves: bull_trending)',
  failedNow: false,
  memoryBytes: 300e6,
  elapsedSeconds: done,
  remainingSeconds: 10 - done,
  ...changes,
});
const progressed = (queueId: number, told: QueueProgress): EngineEvent => ({
  type: 'queue.progress',
  queueId,
  progress: told,
});
const changed = (changes: Partial<QueueDto>): EngineEvent => ({
  type: 'queue.changed',
  queue: queueFixture(changes),
});
const feed = (message: string): EngineEvent => ({
  type: 'feed',
  line: { at: '2026-01-01T00:00:00.000Z', level: 'info', queueId: 1, topic: 'job', message },
});

describe('mergeEvents', () => {
  it('keeps the last of what repeats and every feed line', () => {
    const batch = mergeEvents([
      { type: 'queue.progress', queueId: 1, progress: progress(1) },
      feed('one'),
      { type: 'queue.progress', queueId: 1, progress: progress(2) },
      feed('two'),
      { type: 'queue.changed', queue: queueFixture() },
      { type: 'queue.removed', queueId: 2 },
      { type: 'market.import', file: 'a.csv', share: 0.2 },
      { type: 'market.import', file: 'a.csv', share: 0.4 },
      { type: 'workspace.changed', what: 'champions' },
      { type: 'workspace.changed', what: 'champions' },
      { type: 'version.expired', name: 'EURUSD H1', version: '20260101_000000', message: 'It expired.' },
    ]);
    expect([...batch.expired]).toEqual([['EURUSD H1 20260101_000000', 'It expired.']]);
    expect(batch.changed.has('registry')).toBe(true);
    expect(batch.progress.get(1)?.done).toBe(2);
    expect(batch.feed.map((line) => line.message)).toEqual(['one', 'two']);
    expect([...batch.queues.keys()]).toEqual([1, 2]);
    expect(batch.queues.get(2)).toBeNull();
    expect([...batch.imports]).toEqual([['a.csv', 0.4]]);
    expect([...batch.changed]).toEqual(['champions', 'registry']);
  });
});

describe('afterEvents', () => {
  const state: QueuesState = { ...EMPTY_QUEUES, queues: [queueFixture({ id: 2 }), queueFixture({ id: 1 })] };

  it('replaces, adds and removes queues, newest first', () => {
    const next = afterEvents(
      state,
      mergeEvents([
        { type: 'queue.changed', queue: queueFixture({ id: 1, completed: 6 }) },
        { type: 'queue.changed', queue: queueFixture({ id: 3 }) },
        { type: 'queue.removed', queueId: 2 },
      ]),
    );
    expect(next.queues?.map(({ id, completed }) => [id, completed])).toEqual([
      [3, 5],
      [1, 6],
    ]);
  });

  it('counts what progress tells at once', () => {
    const counts = { crowned: 4, pushedOut: 2, kept: 2, deleted: 5 };
    const told = progress(8, { completed: 7, failed: 1, ...counts, elapsedSeconds: 75 });
    const next = afterEvents(state, mergeEvents([progressed(1, told)]));
    expect(next.queues?.[0]).toBe(state.queues?.[0]);
    expect(next.queues?.[1]).toEqual(
      queueFixture({
        completed: 7,
        failed: 1,
        pending: 2,
        ...counts,
        currentIndex: 9,
        progress: 0.8,
        seconds: 75,
        memoryBytes: 300e6,
      }),
    );
    const last = afterEvents(next, mergeEvents([progressed(1, progress(10))]));
    expect(last.queues?.[1]).toMatchObject({ pending: 0, currentIndex: null, progress: 1 });
  });

  it('counts what comes later, a change or progress', () => {
    const pausing = changed({ state: 'pausing', completed: 6, pending: 4, progress: 0.6 });
    const later = afterEvents(state, mergeEvents([pausing, progressed(1, progress(7))]));
    expect(later.queues?.[1]).toMatchObject({ state: 'pausing', completed: 7, pending: 3 });
    const earlier = afterEvents(state, mergeEvents([progressed(1, progress(6)), pausing]));
    expect(earlier.queues?.[1]).toMatchObject({ state: 'pausing', completed: 6, pending: 4 });
  });

  it('leaves a queue alone that an answer has shown to be further', () => {
    const next = afterEvents(state, mergeEvents([progressed(1, progress(4))]));
    expect(next.queues).toBe(state.queues);
  });

  it('forgets progress that a retry has taken back, in one batch and in the next', () => {
    const retried = changed({ completed: 8, failed: 0, pending: 2 });
    const atOnce = afterEvents(state, mergeEvents([progressed(1, progress(10)), retried]));
    expect(atOnce.queues?.[1]).toMatchObject({ completed: 8, pending: 2 });
    expect(atOnce.progress.size).toBe(0);
    const before = afterEvents(state, mergeEvents([progressed(1, progress(10))]));
    expect(before.progress.get(1)?.done).toBe(10);
    expect(afterEvents(before, mergeEvents([retried])).progress.size).toBe(0);
  });

  it('forgets threads and progress of a queue that has stopped', () => {
    const running = afterEvents(
      state,
      mergeEvents([
        { type: 'queue.threads', queueId: 1, training: [exampleConfiguration('a')] },
        { type: 'queue.progress', queueId: 1, progress: progress(3) },
        { type: 'queue.threads', queueId: 2, training: [exampleConfiguration('b')] },
      ]),
    );
    expect([...running.threads.keys()]).toEqual([1, 2]);
    const stopped = afterEvents(
      running,
      mergeEvents([
        { type: 'queue.threads', queueId: 1, training: [exampleConfiguration('late')] },
        { type: 'queue.changed', queue: queueFixture({ id: 1, state: 'paused' }) },
      ]),
    );
    expect([...stopped.threads.keys()]).toEqual([2]);
    expect(stopped.progress.size).toBe(0);
  });

  it('leaves the identity of what did not change', () => {
    const next = afterEvents(state, mergeEvents([feed('x')]));
    expect(next.queues).toBe(state.queues);
    expect(next.progress).toBe(state.progress);
    expect(next.threads).toBe(state.threads);
  });

  it('bounds the log and gives each line a key of its own', () => {
    const lines = Array.from({ length: FEED_LINES + 50 }, (_, i) => feed(String(i)));
    const { feed: kept } = afterEvents(state, mergeEvents(lines));
    expect(kept).toHaveLength(FEED_LINES);
    expect(kept[0]!.message).toBe('50');
    expect(new Set(kept.map((line) => line.key)).size).toBe(FEED_LINES);
  });
});

describe('createCoalescer', () => {
  let time: number;
  let due: { at: number; callback: () => void }[];
  const timers: Timers = {
    now: () => time,
    after(ms, callback) {
      const entry = { at: time + ms, callback };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
  };
  const advance = (ms: number) => {
    time += ms;
    const ready = due.filter((entry) => entry.at <= time);
    due = due.filter((entry) => entry.at > time);
    for (const entry of ready) entry.callback();
  };
  beforeEach(() => {
    time = 1000;
    due = [];
  });

  it('delivers at once after a quiet time, then at most once per interval', () => {
    const delivered: { at: number; items: readonly number[] }[] = [];
    const { push } = createCoalescer<number>((items) => delivered.push({ at: time, items }), 250, timers);
    push(1);
    advance(0);
    push(2);
    advance(100);
    push(3);
    advance(100);
    expect(delivered).toEqual([{ at: 1000, items: [1] }]);
    advance(50);
    expect(delivered[1]).toEqual({ at: 1250, items: [2, 3] });
    advance(1000);
    push(4);
    advance(0);
    expect(delivered[2]).toEqual({ at: 2250, items: [4] });
  });

  it('delivers a flood of 1,000 a second four times a second', () => {
    let deliveries = 0;
    let items = 0;
    const { push } = createCoalescer<number>(
      (batch) => {
        deliveries++;
        items += batch.length;
      },
      250,
      timers,
    );
    for (let ms = 0; ms < 2000; ms++) {
      push(ms);
      advance(1);
    }
    advance(250);
    expect(items).toBe(2000);
    expect(deliveries).toBeLessThanOrEqual(9);
  });

  it('forgets what was not delivered when it is stopped', () => {
    const delivered: number[] = [];
    const { push, stop } = createCoalescer<number>((items) => delivered.push(...items), 250, timers);
    push(1);
    stop();
    advance(1000);
    expect(delivered).toEqual([]);
  });
});
