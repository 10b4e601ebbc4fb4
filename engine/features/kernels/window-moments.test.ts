import { describe, expect, it } from 'vitest';
import { uniform } from '../testing/candles.ts';
import { rollingMoments } from './window-moments.ts';

/** Two passes over the window, each with Kahan's compensated sum. */
function plainMoments(window: readonly number[]): { mean: number; std: number } {
  const mean = window[0] + kahan(window.map((x) => x - window[0])) / window.length;
  return { mean, std: Math.sqrt(kahan(window.map((x) => (x - mean) ** 2)) / window.length) };
}

function kahan(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const corrected = value - lost;
    const next = sum + corrected;
    lost = next - sum - corrected;
    sum = next;
  }
  return sum;
}

describe('rollingMoments', () => {
  it.each([1, 3, 20, 100])('equals a compensated two-pass computation over %i values', (window) => {
    const random = uniform(window);
    const x = Float64Array.from({ length: 333 }, () => 1.1 + 1e-4 * random());
    const { mean, std } = rollingMoments(x, window);
    for (let t = 0; t < x.length; t++) {
      if (t < window - 1) {
        expect([mean[t], std[t]]).toEqual([Number.NaN, Number.NaN]);
        continue;
      }
      const plain = plainMoments([...x.subarray(t - window + 1, t + 1)]);
      expect(Math.abs(mean[t] - plain.mean)).toBeLessThanOrEqual(1e-15);
      // The spread is 10,000 times smaller than the level: a textbook sum of squares is wrong in the 8th digit here.
      expect(Math.abs(std[t] - plain.std)).toBeLessThanOrEqual(1e-11 * plain.std);
    }
  });

  it('starts at the first valid index', () => {
    const x = Float64Array.of(NaN, NaN, 1, 2, 6, 4);
    const { mean, std } = rollingMoments(x, 3, 2);
    expect(mean).toEqual(Float64Array.of(NaN, NaN, NaN, NaN, 3, 4));
    expect(std[4]).toBeCloseTo(Math.sqrt(14 / 3), 14);
  });

  it('forgets a huge value as soon as it has left the window', () => {
    const x = new Float64Array(60).fill(1.1);
    x[10] = 1e12;
    const { mean, std } = rollingMoments(x, 20);
    expect(mean.slice(30).every((value) => value === 1.1)).toBe(true);
    expect(std.slice(30).every((value) => value === 0)).toBe(true);
  });

  it('has exactly no spread for equal values', () => {
    const { mean, std } = rollingMoments(new Float64Array(50).fill(0.1), 20);
    expect(mean.slice(19).every((value) => value === 0.1)).toBe(true);
    expect(std.slice(19).every((value) => value === 0)).toBe(true);
  });
});
