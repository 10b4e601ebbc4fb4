import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { longRunVariance, testOfMean } from './long-run-variance.ts';
import { meanOf } from './moments.ts';
import { drawStationaryPath } from './stationary-bootstrap.ts';
import { autoregressive } from './testing/lcg.ts';

describe('longRunVariance', () => {
  it.each([
    [0.5, 4],
    [-0.5, 2.5],
    [0.8, 12],
  ])('is what means of bootstrapped series scatter by (phi %d, mean block %d)', (phi, meanBlock) => {
    const values = autoregressive(60, phi, createPrng(3));
    const random = createPrng(4);
    const rows = new Int32Array(60);
    const resamples = 60_000;
    let squares = 0;
    for (let resample = 0; resample < resamples; resample++) {
      drawStationaryPath(rows, 60, meanBlock, random);
      squares += (meanOf(Float64Array.from(rows, (row) => values[row]!)) - meanOf(values)) ** 2;
    }
    const simulated = (60 * squares) / resamples;
    expect(longRunVariance(values, meanBlock) / simulated).toBeCloseTo(1, 1);
    expect(Math.abs(longRunVariance(values, meanBlock) / simulated - 1)).toBeLessThan(0.025);
  });

  it('is the plain variance at a mean block of 1, by hand at 2', () => {
    const values = Float64Array.of(1, 2, 6);
    expect(longRunVariance(values, 1)).toBeCloseTo(14 / 3, 14);
    // R = 14/3, -1/3, -2 (deviations -2, -1, 3); w(1) = 2/3 * 1/2 + 1/3 * 1/4, w(2) = 1/3 * 1/4 + 2/3 * 1/2.
    expect(longRunVariance(values, 2)).toBeCloseTo(14 / 3 + 2 * (5 / 12) * (-1 / 3 - 2), 14);
  });

  it('is never below 0', () => {
    const value = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 30 }),
        fc.double({ min: 1, max: 40, noNaN: true }),
        (values, block) => {
          expect(longRunVariance(Float64Array.from(values), block)).toBeGreaterThan(-1e-9);
        },
      ),
    );
  });
});

describe('testOfMean', () => {
  it('takes the plain error where neighbors contradict each other, by hand', () => {
    const found = testOfMean(Float64Array.of(1, -1, 2, -1, 1, -1, 2, -1))!;
    const mean = 0.25;
    const error = Math.sqrt((14 - 8 * mean ** 2) / 7 / 8);
    expect(found).toMatchObject({ count: 8, mean, error: expect.closeTo(error, 14) });
    expect(found.t).toBeCloseTo(mean / error, 13);
  });

  it('finds few of means of 0 above 0, dependent or not, and is one-sided', () => {
    const random = createPrng(11);
    for (const phi of [0, 0.3]) {
      let found = 0;
      for (let round = 0; round < 1500; round++) {
        if (testOfMean(autoregressive(150, phi, random))!.p < 0.05) found++;
      }
      expect(found / 1500).toBeGreaterThan(0.025);
      expect(found / 1500).toBeLessThan(0.085);
    }
    const rising = Float64Array.of(1, 2, 1, 3, 1, 2);
    expect(testOfMean(rising)!.p).toBeLessThan(0.01);
    expect(testOfMean(rising.map((x) => -x))!.p).toBeGreaterThan(0.99);
  });

  it('says nothing of one value or a constant', () => {
    expect(testOfMean(Float64Array.of(1))).toBeNull();
    expect(testOfMean(Float64Array.of(0.1, 0.1, 0.1))).toBeNull();
  });
});
