import { afterEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../contract/events.ts';
import { createExpiryWatch, type Expired } from './expiry-watch.ts';

afterEach(() => vi.useRealTimers());

test('says once of each version that it expired: at the start, and at its moment', () => {
  vi.useFakeTimers();
  const expired: Expired[] = [{ name: 'EURUSD H1', version: '20260101_000000', message: 'It expired.' }];
  const said: string[] = [];
  const events: EngineEvent[] = [];
  const watch = createExpiryWatch({
    expired: () => expired,
    feed: { warn: (_queue, message) => void said.push(message) },
    emit: (event) => void events.push(event),
  });
  watch.begin();
  expect(said).toEqual(['It expired.']);
  expired.push({ name: 'EURUSD H4', version: '20260101_000000', message: 'This did, too.' });
  vi.advanceTimersByTime(59_000);
  expect(said).toHaveLength(1);
  vi.advanceTimersByTime(120_000);
  expect(said).toEqual(['It expired.', 'This did, too.']);
  expect(events).toEqual([
    { type: 'version.expired', ...expired[0] },
    { type: 'version.expired', ...expired[1] },
  ]);
  watch.end();
  expired.push({ name: 'EURUSD M5', version: '20260101_000000', message: 'Nobody hears this.' });
  vi.advanceTimersByTime(120_000);
  expect(said).toHaveLength(2);
});

test('what can not be looked at is said once, and ends nothing', () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const watch = createExpiryWatch({
    expired: () => {
      throw new Error('damaged');
    },
    feed: { warn: (_queue, message) => void said.push(message) },
    emit: () => undefined,
  });
  watch.begin();
  vi.advanceTimersByTime(300_000);
  expect(said).toEqual(['Expiry could not be looked at: damaged']);
  watch.end();
});
