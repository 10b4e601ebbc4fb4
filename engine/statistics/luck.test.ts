import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { expectedBestSharpe } from './luck.ts';

function triesOf(values: readonly number[]) {
  return {
    count: values.length,
    sum: values.reduce((a, b) => a + b, 0),
    sumSquares: values.reduce((a, b) => a + b * b, 0),
  };
}

describe('expectedBestSharpe', () => {
  it.each([20, 135, 2000])('is what the best of %d tries without an edge comes to', (count) => {
    const prng = createPrng(count);
    const deviation = 4;
    const rounds = Math.ceil(400_000 / count);
    let ofBest = 0;
    let expected = 0;
    for (let round = 0; round < rounds; round++) {
      const values = Array.from({ length: count }, () => deviation * prng.normal());
      ofBest += Math.max(...values);
      expected += expectedBestSharpe(triesOf(values))!;
    }
    // The formula is an approximation for many tries; at 20 it is 1 % off.
    expect(expected / ofBest).toBeGreaterThan(0.98);
    expect(expected / ofBest).toBeLessThan(1.03);
  });

  it('grows with the tries and with how far they scatter, not with how good they are on average', () => {
    const of = (count: number, deviation: number, mean = 0) =>
      expectedBestSharpe({
        count,
        sum: count * mean,
        sumSquares: (count - 1) * deviation ** 2 + count * mean ** 2,
      })!;
    expect(of(1000, 1)).toBeGreaterThan(of(100, 1));
    expect(of(100, 3)).toBeCloseTo(3 * of(100, 1), 12);
    expect(of(100, 3, -7)).toBeCloseTo(of(100, 3), 9);
    expect(of(100, 0, 5)).toBe(0);
  });

  it('says nothing of one try', () => {
    expect(expectedBestSharpe({ count: 0, sum: 0, sumSquares: 0 })).toBeNull();
    expect(expectedBestSharpe(triesOf([3]))).toBeNull();
  });
});
