import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineEvent } from '../../contract/events.ts';
import { createPrng } from '../../random/prng.ts';
import { simultaneousBand } from '../../statistics/simultaneous-band.ts';
import { openStore, type Store } from '../../store/database.ts';
import {
  appendForwardBars,
  beginForwardTest,
  changeForwardTest,
  type ForwardTestRow,
  forwardTests,
} from '../../store/forward.ts';
import { exampleForwardBar } from '../../store/testing/forward-bar.ts';
import type { Subject } from '../subject.ts';
import { createJudge } from './judge.ts';
import { dayLeft, promiseOf } from './promise.ts';

const DAY = 86_400_000;
const random = createPrng(5);
const promised = Float64Array.from({ length: 300 }, () => 0.001 + 0.004 * random.normal());

let store: Store;
let events: EngineEvent[];
beforeEach(() => {
  store = openStore(':memory:');
  events = [];
});
afterEach(() => store.close());

const isExpired = (expired: boolean) =>
  ({
    speaker: { isExpired: expired, expiresAt: '2026-03-01T00:00:00.000Z' },
    configuration: { target: 'return', horizon: 1 },
  }) as Subject;
const judge = () =>
  createJudge({
    store,
    feed: { warn: () => undefined } as never,
    emit: (event) => events.push(event),
    now: () => 7,
  });

/** Long all the time, while each day the price moves by the same factor. */
function trading(days: number, daily: number): ForwardTestRow {
  beginForwardTest(store, { name: 'A', version: 'v', symbol: 'EURUSD', timeframe: 'D1', at: 1 });
  const [row] = forwardTests(store);
  const bars = Array.from({ length: days + 1 }, (_, i) => {
    const open = 1.1 * Math.exp(daily * i);
    return { ...exampleForwardBar(), time: i * DAY, day: i, open, signal: 1, cost: 0 };
  });
  appendForwardBars(store, row!.id, bars);
  const promise = promiseOf({ validation: 3, daySums: promised, calendarDays: 420 }, 90 * DAY)!;
  changeForwardTest(store, row!.id, { promise: JSON.stringify(promise) });
  return forwardTests(store)[0]!;
}

test('a version that earns less than was promised is stale, and that is told once', () => {
  const row = trading(40, -0.003);
  expect(judge()(row, isExpired(false))).toBe(true);
  const stale = forwardTests(store)[0]!;
  expect(stale).toMatchObject({ stale_reason: 'left-band', stale_at: 7 });
  expect(events).toEqual([{ type: 'version.stale', name: 'A', version: 'v', message: stale.message }]);
  expect(stale.message).toMatch(/market day \d+ .* validation 3 promised/);
  expect(judge()(stale, isExpired(true))).toBe(false);
  expect(events.length).toBe(1);
});

test('before day 20 nothing is held against it, nor where it earns what was promised', () => {
  const row = trading(18, -0.01);
  expect(judge()(row, isExpired(false))).toBe(false);
  changeForwardTest(store, row.id, { promise: null });
  expect(events).toEqual([]);
});

test('one that expired is stale without a second word', () => {
  expect(judge()(trading(40, 0.001), isExpired(true))).toBe(true);
  expect(forwardTests(store)[0]).toMatchObject({ stale_reason: 'expired' });
  expect(events).toEqual([]);
});

test('the band is made for the market days until the version expires, and is that of its definition', () => {
  const promise = promiseOf({ validation: 3, daySums: promised, calendarDays: 420 }, 90 * DAY)!;
  expect(promise.band.days).toBe(Math.round(90 * (300 / 420)));
  // Days like coins have a block of 1: paths of independent draws, written down once more.
  const flips = Float64Array.from({ length: 400 }, () => (random.int(2) === 0 ? -1 : 1.2));
  const band = simultaneousBand(flips, { days: 64, random: createPrng(9), paths: 4000 })!;
  const mean = flips.reduce((sum, x) => sum + x, 0) / 400;
  const deviation = Math.sqrt(flips.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 399);
  const draws = createPrng(77);
  const lowest = Array.from({ length: 4000 }, () => {
    let [sum, low] = [0, Number.POSITIVE_INFINITY];
    for (let day = 1; day <= 64; day++) {
      sum += flips[draws.int(400)]! - mean;
      if (day >= 20) low = Math.min(low, sum / (deviation * Math.sqrt(day)));
    }
    return low;
  }).sort((a, b) => a - b);
  expect(Math.abs(band.critical - lowest[200]!)).toBeLessThan(0.15);
  const falling = new Float64Array(30).fill(-0.01);
  expect(dayLeft(falling, promise.band)).toBe(20);
  expect(dayLeft(falling.subarray(0, 19), promise.band)).toBeUndefined();
});
