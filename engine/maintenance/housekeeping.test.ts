import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHousekeeping } from './housekeeping.ts';

const DAY = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('puts in order at the start and once a day, but not while anything is trained, and no more after the end', () => {
  let isIdle = true;
  const tidy = vi.fn();
  const housekeeping = createHousekeeping({ isIdle: () => isIdle, tidy, feed: { warn: vi.fn() } });
  housekeeping.begin();
  expect(tidy).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(DAY);
  expect(tidy).toHaveBeenCalledTimes(2);
  isIdle = false;
  vi.advanceTimersByTime(DAY);
  expect(tidy).toHaveBeenCalledTimes(2);
  isIdle = true;
  housekeeping.end();
  vi.advanceTimersByTime(3 * DAY);
  expect(tidy).toHaveBeenCalledTimes(2);
});

it('says what went wrong, and tries again the day after', () => {
  const warn = vi.fn();
  const tidy = vi.fn().mockImplementationOnce(() => {
    throw new Error('no permission');
  });
  const housekeeping = createHousekeeping({ isIdle: () => true, tidy, feed: { warn } });
  housekeeping.begin();
  expect(warn.mock.calls[0]![1]).toBe('The workspace could not be put in order: no permission');
  vi.advanceTimersByTime(DAY);
  expect(tidy).toHaveBeenCalledTimes(2);
  housekeeping.end();
});
