import { describe, expect, it } from 'vitest';
import { timeframeMs } from '../contract/timeframe.ts';
import { emptyCandles } from '../market/testing/random-candles.ts';
import { alignHigher, holdLastClosed } from './alignment.ts';
import { randomCandles, resample } from './testing/candles.ts';

describe('alignHigher', () => {
  it('shows a higher bar from the close of its last bar on, not before', () => {
    const base = randomCandles(9, 1);
    const higher = resample(base, 'H4');
    expect([...alignHigher(base, higher).closed]).toEqual([-1, -1, -1, 0, 0, 0, 0, 1, 1]);
  });

  it('finds the last closed bar among gaps', () => {
    const base = randomCandles(400, 2, 'M15');
    const higher = resample(base, 'H1');
    const { closed } = alignHigher(base, higher);
    for (let t = 0; t < base.length; t++) {
      const now = base.time[t]! + timeframeMs('M15');
      expect(closed[t]).toBe(higher.time.filter((time) => time + timeframeMs('H1') <= now).length - 1);
    }
  });

  it('holds the value of the last closed bar', () => {
    const base = randomCandles(9, 1);
    const bars = alignHigher(base, resample(base, 'H4'));
    expect(holdLastClosed(Float64Array.of(5, 6, 7), bars)).toEqual(
      Float64Array.of(NaN, NaN, NaN, 5, 5, 5, 5, 6, 6),
    );
  });

  it('knows nothing of a timeframe without bars', () => {
    const base = randomCandles(3, 1);
    expect([...alignHigher(base, emptyCandles(0, 'D1')).closed]).toEqual([-1, -1, -1]);
  });
});
