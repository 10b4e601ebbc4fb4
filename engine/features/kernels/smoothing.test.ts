import { describe, expect, it } from 'vitest';
import { uniform } from '../testing/candles.ts';
import {
  barsToForget,
  exponentialAverage,
  exponentialWeight,
  wilderAverage,
  wilderWeight,
} from './smoothing.ts';

const random = uniform(3);
const x = Float64Array.from({ length: 80 }, () => random());

/** The average written out: what is left of the seed plus every later value with its weight. */
function unrolled(seed: number, seedIndex: number, weight: number, t: number): number {
  let sum = seed * (1 - weight) ** (t - seedIndex);
  for (let k = seedIndex + 1; k <= t; k++) sum += weight * (1 - weight) ** (t - k) * x[k];
  return sum;
}

describe('smoothing', () => {
  it('averages exponentially from the first valid value', () => {
    const average = exponentialAverage(x, 9, 4);
    expect(average.slice(0, 4).every(Number.isNaN)).toBe(true);
    for (let t = 4; t < x.length; t++) expect(average[t]).toBeCloseTo(unrolled(x[4], 4, 0.2, t), 14);
  });

  it("starts Wilder's average with a mean", () => {
    const average = wilderAverage(x, 14, 2);
    const seed = x.subarray(2, 16).reduce((sum, value) => sum + value, 0) / 14;
    expect(average.slice(0, 15).every(Number.isNaN)).toBe(true);
    for (let t = 15; t < x.length; t++) expect(average[t]).toBeCloseTo(unrolled(seed, 15, 1 / 14, t), 14);
  });

  it('has nothing to say about fewer values than it needs', () => {
    expect(wilderAverage(x.subarray(0, 13), 14).every(Number.isNaN)).toBe(true);
    expect(exponentialAverage(x.subarray(0, 3), 9, 3).every(Number.isNaN)).toBe(true);
  });

  it('counts the bars until the start weighs less than 1e-9', () => {
    expect(barsToForget(exponentialWeight(20))).toBe(Math.ceil(Math.log(1e-9) / Math.log(19 / 21)));
    expect(barsToForget(wilderWeight(14))).toBe(Math.ceil(Math.log(1e-9) / Math.log(13 / 14)));
    // Two alike in series: (1 + n w) (1 - w)^n of the start is left after n bars.
    const left = (n: number) => (1 + n / 14) * (13 / 14) ** n;
    const bars = barsToForget(wilderWeight(14), wilderWeight(14));
    expect(left(bars)).toBeLessThanOrEqual(1e-9);
    expect(left(bars - 1)).toBeGreaterThan(1e-9);
  });
});
