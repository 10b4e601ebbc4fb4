import { describe, expect, it } from 'vitest';
import { REGIME_MEASURES } from '../contract/words.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { MEASURE_WINDOW, measureValues } from './measures.ts';
import { randomCandles } from './testing/random-candles.ts';

const candles = randomCandles(400, 1);

/** Textbook definitions on plain arrays, without any of the module's shortcuts. */
const PLAIN: Record<string, (c: Candles, t: number) => number> = {
  trend_strength: (c, t) => correlation(lastOf(c.close, t, 50).map(Math.log)) ** 2,
  returns: (c, t) => Math.log(c.close[t]! / c.close[t - 49]!),
  volatility: (c, t) => {
    const returns = lastOf(c.close, t, 20).map((price, i) => Math.log(price / c.close[t - 20 + i]!));
    const mean = returns.reduce((a, b) => a + b) / 20;
    return Math.sqrt(returns.reduce((a, r) => a + (r - mean) ** 2, 0) / 19);
  },
  volume: (c, t) => c.volume[t]!,
  momentum: (c, t) => Math.log(c.close[t]!) - Math.log(c.close[t - 10]!),
  range: (c, t) => Math.log(c.high[t]!) - Math.log(c.low[t]!),
};

function lastOf(column: Float64Array, t: number, n: number): number[] {
  return Array.from(column.subarray(t - n + 1, t + 1));
}

/** Pearson's correlation with 0, 1, 2, ... */
function correlation(ys: number[]): number {
  const n = ys.length;
  const xs = ys.map((_, i) => i);
  const mx = xs.reduce((a, b) => a + b) / n;
  const my = ys.reduce((a, b) => a + b) / n;
  const sum = (f: (i: number) => number) => xs.reduce((a, i) => a + f(i), 0);
  return (
    sum((i) => (xs[i]! - mx) * (ys[i]! - my)) /
    Math.sqrt(sum((i) => (xs[i]! - mx) ** 2) * sum((i) => (ys[i]! - my) ** 2))
  );
}

describe.each(REGIME_MEASURES)('%s', (measure) => {
  const values = measureValues(measure, candles, 0, candles.length);

  it('equals its textbook definition once its window fits, and is NaN before', () => {
    const first = MEASURE_WINDOW[measure] - 1;
    for (let t = 0; t < candles.length; t++) {
      if (t < first) expect(values[t]).toBeNaN();
      else expect(values[t]).toBeCloseTo(PLAIN[measure]!(candles, t), 10);
    }
  });

  it('is the same to the last bit whatever part is asked for and however much history is present', () => {
    expect(measureValues(measure, candles, 150, 300)).toEqual(values.slice(150, 300));
    const recent = sliceCandles(candles, 200 - MEASURE_WINDOW[measure] + 1, candles.length);
    expect(measureValues(measure, recent, MEASURE_WINDOW[measure] - 1, recent.length)).toEqual(
      values.slice(200),
    );
  });

  it('is free of the price scale', () => {
    if (measure === 'volume') return;
    const yen = { ...candles };
    for (const column of ['open', 'high', 'low', 'close'] as const) {
      Object.assign(yen, { [column]: candles[column].map((price) => price * 128) });
    }
    const scaled = measureValues(measure, yen, 0, yen.length);
    for (let t = 49; t < yen.length; t++) expect(scaled[t]).toBeCloseTo(values[t]!, 10);
  });

  it('is NaN exactly where a price or volume that it needs is missing', () => {
    const holed = { ...candles };
    for (const column of ['high', 'low', 'close', 'volume'] as const) {
      Object.assign(holed, { [column]: candles[column].map((v, t) => (t === 200 ? Number.NaN : v)) });
    }
    const affected = [...measureValues(measure, holed, 100, 300)].flatMap((v, i) =>
      Number.isNaN(v) ? [100 + i] : [],
    );
    const needed = Array.from({ length: MEASURE_WINDOW[measure] }, (_, i) => 200 + i);
    // Two ends alone make up `returns` and `momentum`.
    const endsOnly = measure === 'returns' || measure === 'momentum';
    expect(affected).toEqual(endsOnly ? [needed[0], needed.at(-1)] : needed);
  });
});

it('trend strength is 1 on a straight line of ln close and 0 where the price stands still', () => {
  const straight = { ...candles, close: candles.close.map((_, t) => 1.2 * Math.exp(-0.001 * t)) };
  expect(measureValues('trend_strength', straight, 60, 61)[0]).toBeCloseTo(1, 9);
  const flat = { ...candles, close: candles.close.map(() => 1.2) };
  expect([...measureValues('trend_strength', flat, 60, 62)]).toEqual([0, 0]);
});

it('answers an empty span, and one that ends before the window fits', () => {
  expect(measureValues('returns', candles, 100, 100)).toHaveLength(0);
  expect([...measureValues('returns', candles, 3, 5)]).toEqual([Number.NaN, Number.NaN]);
});
