import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHousekeeping } from './housekeeping.ts';

const DAY = 86_400_000;

const shrink = vi.fn(async (_mayGoOn: () => boolean): Promise<unknown> => undefined);
beforeEach(() => {
  vi.useFakeTimers();
  shrink.mockClear();
});
afterEach(() => void vi.useRealTimers());

it('puts in order at the start and once a day, but not while anything is trained, and no more after the end', () => {
  let isIdle = true;
  const tidy = vi.fn();
  const verify = vi.fn(async () => undefined);
  const housekeeping = createHousekeeping({
    isIdle: () => isIdle,
    tidy,
    shrink,
    verify,
    feed: { warn: vi.fn() },
  });
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
  // It is asked as often; whether it is due is its own matter.
  expect(verify).toHaveBeenCalledTimes(2);
});

it('says what went wrong, and tries again the day after', () => {
  const warn = vi.fn();
  const tidy = vi.fn().mockImplementationOnce(() => {
    throw new Error('no permission');
  });
  const verify = vi.fn(async () => undefined);
  const housekeeping = createHousekeeping({ isIdle: () => true, tidy, shrink, verify, feed: { warn } });
  housekeeping.begin();
  expect(verify).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]![1]).toBe('The workspace could not be put in order: no permission');
  vi.advanceTimersByTime(DAY);
  expect(tidy).toHaveBeenCalledTimes(2);
  housekeeping.end();
});

it('says that it could not be verified, but not where the workspace was closed meanwhile', async () => {
  const warn = vi.fn();
  const verify = vi.fn(() => Promise.reject(new Error('no such folder')));
  const housekeeping = createHousekeeping({
    isIdle: () => true,
    tidy: vi.fn(),
    shrink,
    verify,
    feed: { warn },
  });
  housekeeping.begin();
  await vi.advanceTimersByTimeAsync(0);
  expect(warn.mock.calls.map((call) => call[1])).toEqual([
    'The workspace could not be verified: no such folder',
  ]);
  housekeeping.begin();
  housekeeping.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(warn).toHaveBeenCalledTimes(1);
});

it('lets go of what is old after that, until something is trained or the workspace is closed', async () => {
  let isIdle = true;
  const warn = vi.fn();
  const verify = vi.fn(async () => undefined);
  const housekeeping = createHousekeeping({
    isIdle: () => isIdle,
    tidy: vi.fn(),
    shrink,
    verify,
    feed: { warn },
  });
  housekeeping.begin();
  await vi.advanceTimersByTimeAsync(0);
  const mayGoOn = shrink.mock.calls[0]![0];
  expect(mayGoOn()).toBe(true);
  isIdle = false;
  expect(mayGoOn()).toBe(false);
  isIdle = true;
  shrink.mockRejectedValueOnce(new Error('disk full'));
  await vi.advanceTimersByTimeAsync(DAY);
  expect(warn.mock.calls.map((call) => call[1])).toEqual([
    'The workspace could not be put in order: disk full',
  ]);
  housekeeping.end();
  expect(mayGoOn()).toBe(false);
});
