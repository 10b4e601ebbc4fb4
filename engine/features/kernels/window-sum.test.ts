import { describe, expect, it } from 'vitest';
import { uniform } from '../testing/candles.ts';
import { rollingSum } from './window-sum.ts';

describe('rollingSum', () => {
  it.each([1, 2, 7, 20])('adds up the last %i values', (window) => {
    const random = uniform(window);
    const x = Float64Array.from({ length: 101 }, () => Math.floor(1000 * random()));
    const expected = x.map((_, t) =>
      t < window - 1 ? NaN : x.subarray(t - window + 1, t + 1).reduce((sum, value) => sum + value, 0),
    );
    expect(rollingSum(x, window)).toEqual(expected);
  });

  it('leaves no rounding behind: a sum of zeros is zero whatever came before', () => {
    const x = new Float64Array(40);
    x.set([0.1, 0.7, 1e17, 0.3]);
    expect(rollingSum(x, 5).slice(8)).toEqual(new Float64Array(32));
  });
});
