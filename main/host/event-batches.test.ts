import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../engine/contract/events.ts';
import { exampleConfiguration } from '../../engine/contract/testing/configuration.ts';
import { BATCH_MS, createEventBatches } from './event-batches.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const threads = (queueId: number, ...training: string[]): EngineEvent => ({
  type: 'queue.threads',
  queueId,
  training: training.map(exampleConfiguration),
});
const line = (message: string): EngineEvent => ({
  type: 'feed',
  line: { at: '2026-01-01T00:00:00.000Z', level: 'info', queueId: 1, topic: 'job', message },
});

function collect() {
  const batches: (readonly EngineEvent[])[] = [];
  return { batches, stream: createEventBatches((events) => batches.push(events)) };
}

test('a flood becomes at most four batches a second and loses no newest state', () => {
  const { batches, stream } = collect();
  for (let ms = 0; ms < 1000; ms++) {
    for (let i = 0; i < 10; i++) stream.add(threads(1, `${ms}.${i}`));
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(BATCH_MS);
  // One at once, then one per quarter of a second, of which the last is due at 1000 ms.
  expect(batches.length).toBe(5);
  expect(batches.every((batch) => batch.length === 1)).toBe(true);
  expect(batches.at(-1)).toEqual([threads(1, '999.9')]);
});

test('subjects are kept apart, in the order of their newest event', () => {
  const { batches, stream } = collect();
  stream.add(threads(1, 'a'));
  stream.add(threads(2, 'b'));
  stream.add({ type: 'queue.removed', queueId: 3 });
  stream.add(threads(1, 'c'));
  vi.runAllTimers();
  expect(batches).toEqual([[threads(2, 'b'), { type: 'queue.removed', queueId: 3 }, threads(1, 'c')]]);
});

test('every feed line is delivered, of a flood the newest 500', () => {
  const { batches, stream } = collect();
  stream.add(line('first'));
  stream.add(line('second'));
  vi.runAllTimers();
  expect(batches).toEqual([[line('first'), line('second')]]);
  for (let i = 0; i < 1200; i++) stream.add(line(String(i)));
  vi.runAllTimers();
  expect(batches[1]).toEqual(Array.from({ length: 500 }, (_, i) => line(String(700 + i))));
});

test('an event after a quiet time does not wait', () => {
  const { batches, stream } = collect();
  stream.add(line('a'));
  vi.advanceTimersByTime(5000);
  stream.add(line('b'));
  vi.advanceTimersByTime(0);
  expect(batches.length).toBe(2);
});

test('closing delivers what waits, and nothing later', () => {
  const { batches, stream } = collect();
  stream.add(line('a'));
  stream.close();
  stream.add(line('b'));
  vi.runAllTimers();
  expect(batches).toEqual([[line('a')]]);
});
