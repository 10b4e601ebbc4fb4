import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { expectedBestSharpe, normalQuantile } from './luck.ts';

/** Distribution function of the standard normal, by Simpson's rule on its density: nothing of the quantile is in it. */
function normalBelow(x: number): number {
  const steps = 20_000;
  const low = -12;
  const width = (x - low) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    const z = low + i * width;
    sum += weight * Math.exp(-0.5 * z * z);
  }
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

function triesOf(values: readonly number[]) {
  return {
    count: values.length,
    sum: values.reduce((a, b) => a + b, 0),
    sumSquares: values.reduce((a, b) => a + b * b, 0),
  };
}

describe('normalQuantile', () => {
  it.each([1e-9, 1e-4, 0.01, 0.07, 0.074, 0.08, 0.3, 0.5, 0.77, 0.925, 0.93, 0.975, 0.9999, 1 - 1e-6])(
    'inverts the distribution function at %d',
    (p) => {
      expect(normalBelow(normalQuantile(p)) / p).toBeCloseTo(1, 7);
    },
  );

  it('has the published values', () => {
    // Wichura's own test values.
    expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 15);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.0902323061678136, 14);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 13);
  });
});

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
