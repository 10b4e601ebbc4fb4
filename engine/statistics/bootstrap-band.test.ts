import { describe, expect, test } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { bootstrapBand } from './bootstrap-band.ts';

function normal(count: number, seed: number): Float64Array {
  const random = createPrng(seed);
  return Float64Array.from({ length: count }, () => random.normal());
}

describe('the band of a cumulated series', () => {
  test('widens with the root of the steps around the drift, 1.645 standard deviations each way', () => {
    const values = normal(1000, 3).map((z) => 0.2 + z);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
    const band = bootstrapBand(values, { random: createPrng(1), paths: 4000 })!;
    for (const step of [50, 200, 900]) {
      const spread = 1.645 * sd * Math.sqrt(step);
      expect((step * mean - band.low[step - 1]!) / spread).toBeGreaterThan(0.85);
      expect((step * mean - band.low[step - 1]!) / spread).toBeLessThan(1.15);
      expect((band.high[step - 1]! - step * mean) / spread).toBeGreaterThan(0.85);
      expect((band.high[step - 1]! - step * mean) / spread).toBeLessThan(1.15);
    }
  });

  test('keeps runs together: what comes in runs wanders farther', () => {
    const noise = normal(1200, 5);
    const runs = noise.slice();
    for (let i = 1; i < runs.length; i++) runs[i] = 0.8 * runs[i - 1]! + 0.6 * noise[i]!;
    const width = (values: Float64Array) => {
      const { low, high } = bootstrapBand(values, { random: createPrng(1) })!;
      return high[600]! - low[600]!;
    };
    expect(width(runs) / width(noise)).toBeGreaterThan(1.8);
  });

  test('is the same for the same seed, lies on the curve where nothing varies, and is none without values', () => {
    const values = normal(60, 7);
    const once = bootstrapBand(values, { random: createPrng(9) })!;
    expect(bootstrapBand(values, { random: createPrng(9) })).toEqual(once);
    expect(bootstrapBand(values, { random: createPrng(10) })!.low).not.toEqual(once.low);
    const flat = bootstrapBand(new Float64Array(4).fill(0.5), { random: createPrng(1) })!;
    expect([...flat.low]).toEqual([0.5, 1, 1.5, 2]);
    expect([...flat.high]).toEqual([0.5, 1, 1.5, 2]);
    expect(bootstrapBand(new Float64Array(0), { random: createPrng(1) })).toBeNull();
  });

  test('leaves a tenth of the paths outside at each step', () => {
    // 20 paths: two of them lie beyond the borders, one on either side.
    const values = normal(30, 11);
    const { low, high } = bootstrapBand(values, { random: createPrng(2), paths: 20, tail: 0.05 })!;
    const all = bootstrapBand(values, { random: createPrng(2), paths: 20, tail: 0 })!;
    for (let step = 1; step < values.length; step++) {
      expect(all.low[step]!).toBeLessThanOrEqual(low[step]!);
      expect(all.high[step]!).toBeGreaterThanOrEqual(high[step]!);
      expect(low[step]!).toBeLessThan(high[step]!);
    }
  });
});
