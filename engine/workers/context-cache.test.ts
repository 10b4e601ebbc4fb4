import { expect, test } from 'vitest';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { resample } from '../market/series/resample.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import type { BatchContext } from '../pipeline/context.ts';
import type { CellJob, LoadedContext } from '../pipeline/job.ts';
import { createContextCache } from './context-cache.ts';
import { usedBytes } from './memory.ts';

const MB = 1024 * 1024;

function loadedWith(bars: number): LoadedContext {
  const candles = randomCandles(bars, 'H1', 1);
  const spec = {
    encoder: 'normalized',
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    evaluation: { start: candles.time[bars - 100]!, windows: [] },
  } as unknown as LoadedContext['spec'];
  return { spec, candles, higher: [resample(candles, 'H4', 'utc')] };
}

const cell = {
  configuration: { modelType: 'ridge', symbol: 'EURUSD', timeframe: 'H1', daysHistory: 60 },
} as unknown as CellJob;

/** Contexts of so many megabytes, and how many were made. */
function cacheOf(megabytes: number) {
  let made = 0;
  const cache = createContextCache(() => {
    made++;
    return { ballast: new Float64Array((megabytes * MB) / 8).fill(1) } as unknown as BatchContext;
  });
  return { cache, made: () => made };
}

/** Megabytes that leave so many beside what the test itself holds. */
const limitWith = (room: number) => Math.ceil(usedBytes() / MB) + room;

test('a cell whose features take too much is refused before they are computed, with what to change', () => {
  const { cache, made } = cacheOf(1);
  const loaded = loadedWith(40_000);
  expect(() => cache.get('a', loaded, cell, 8)).toThrow(
    expect.objectContaining({
      code: 'worker-memory',
      message: expect.stringMatching(
        /^Ridge EURUSD H1, 60 days: its features take 1\d MB or more, and queue\.worker_memory_mb allows a worker 8\. Set it to 64 /,
      ),
    }),
  );
  expect(made()).toBe(0);
});

test('one that turns out to take too much fails, and is not tried again', () => {
  const { cache, made } = cacheOf(200);
  const loaded = loadedWith(300);
  const limit = limitWith(100);
  for (let tries = 0; tries < 2; tries++) {
    expect(() => cache.get('a', loaded, cell, limit)).toThrow(
      expect.objectContaining({ code: 'worker-memory' }),
    );
  }
  expect(made()).toBe(1);
});

test('contexts are kept while there is room for them', () => {
  const loaded = loadedWith(300);
  const { cache, made } = cacheOf(100);
  const tight = limitWith(160);
  for (const key of ['a', 'a', 'b', 'b', 'a']) cache.get(key, loaded, cell, tight);
  expect(made()).toBe(3);
  const roomy = cacheOf(1);
  const ample = limitWith(1000);
  for (const key of ['a', 'b', 'a', 'b', 'c', 'b', 'a']) roomy.cache.get(key, loaded, cell, ample);
  expect(roomy.made()).toBe(4);
});
