import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { blockLengths } from './block-length.ts';
import { autoregressive, lcg } from './testing/lcg.ts';

describe('blockLengths', () => {
  it.each([
    [0, 1.823304, 2.087162],
    [0.3, 5.733142, 6.56281],
    [0.8, 16.364185, 18.732315],
  ])('has the known lengths of an autoregression of %d', (phi, stationary, circular) => {
    const lengths = blockLengths(autoregressive(1000, phi, lcg(42)));
    expect(lengths.stationary).toBeCloseTo(stationary, 6);
    expect(lengths.circular).toBeCloseTo(circular, 5);
  });

  it('is 1 for values that do not vary, and for next to none', () => {
    expect(blockLengths(new Float64Array(50).fill(0.1))).toEqual({ stationary: 1, circular: 1 });
    expect(blockLengths(Float64Array.of(1, 2))).toEqual({ stationary: 1, circular: 1 });
  });

  it('stays between 1 and its bound and does not depend on scale', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 300 }),
        fc.integer(),
        fc.double({ min: 0, max: 1 }),
        (count, seed, phi) => {
          const values = autoregressive(count, phi, createPrng(seed));
          const { stationary, circular } = blockLengths(values);
          const longest = Math.max(1, Math.ceil(Math.min(3 * Math.sqrt(count), count / 3)));
          expect(stationary).toBeGreaterThanOrEqual(1);
          expect(circular).toBeGreaterThanOrEqual(stationary);
          expect(circular).toBeLessThanOrEqual(longest);
          const scaled = blockLengths(values.map((x) => 1024 * x));
          expect(scaled.stationary).toBeCloseTo(stationary, 9);
        },
      ),
    );
  });
});
