import { describe, expect, test } from 'vitest';
import { ENCODERS } from '../contract/words.ts';
import { rollFeatures } from '../features/build.ts';
import { DEFAULT_STRATEGY_AXES } from '../inference/strategy-grid.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { createContext } from '../pipeline/context.ts';
import { hourlyContext } from '../pipeline/testing/hourly-context.ts';
import { leastBytes, usedBytes } from './memory.ts';

const BARS = 60_000;
const DAY_MS = 86_400_000;

describe.each(ENCODERS)('a context, encoded as %s', (encoder) => {
  test('takes what is said before, and of many bars no columns that its features are made from', () => {
    const candles = randomCandles(BARS, 'H1', 3);
    const to = candles.time[BARS - 1]! + 3_600_000;
    const start = to - 90 * DAY_MS;
    const evaluation = { start, windows: [{ name: 'selection', from: start, to }] };
    const loaded = hourlyContext({
      candles,
      evaluation,
      days: 4000,
      encoder,
      strategies: DEFAULT_STRATEGY_AXES,
    });
    expect(loaded.candles.length).toBeGreaterThan(40_000);
    const least = leastBytes(loaded);
    const before = usedBytes();
    const context = createContext(loaded);
    expect(usedBytes() - before).toBeGreaterThan(least);
    expect(context.features.matrix.rows).toBe(loaded.candles.length);
    const lanes = { first: context.span.from, count: context.span.to - context.span.from };
    const beside = usedBytes();
    const rolled = rollFeatures(
      {
        candles: loaded.candles,
        encoder,
        indicatorTimeframes: loaded.spec.indicatorTimeframes,
        higher: new Map(loaded.higher.map((series) => [series.timeframe, series])),
        fitEnd: lanes.first,
        mostKeptBars: 0,
      },
      { lanes, nextBarTime: (time) => time + 3_600_000 },
    );
    const taken = usedBytes() - beside;
    expect(rolled.matrix.rows).toBe(loaded.candles.length);
    // All columns that features are made from are twice as much as features.
    expect(taken).toBeLessThan(1.3 * least);
  });
});
