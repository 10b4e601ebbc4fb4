import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentsOf } from './moments.ts';

test('moments of a small sample, by hand', () => {
  // Deviations -2, -1, 0, 3: squares sum to 14, cubes to 18, fourth powers to 98.
  expect(momentsOf(Float64Array.of(8, 9, 10, 13))).toEqual({
    count: 4,
    mean: 10,
    standardDeviation: Math.sqrt(14 / 3),
    skewness: expect.closeTo(4.5 / 3.5 ** 1.5, 14),
    kurtosis: expect.closeTo(24.5 / 3.5 ** 2, 14),
  });
});

test('fewer than two values, and values that do not vary, have none', () => {
  expect(momentsOf(Float64Array.of())).toBeNull();
  expect(momentsOf(Float64Array.of(1))).toBeNull();
  // The mean of three times 0.1 is not 0.1.
  expect(momentsOf(Float64Array.of(0.1, 0.1, 0.1))).toBeNull();
});

test('shape does not depend on scale and place, and kurtosis bounds skewness', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(
      values,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: -9, max: 9 }),
      (raw, scale, place) => {
        const plain = momentsOf(Float64Array.from(raw));
        const moved = momentsOf(Float64Array.from(raw, (x) => scale * x + place));
        expect(moved === null).toBe(plain === null);
        if (plain === null || moved === null) return;
        expect(moved.skewness).toBeCloseTo(plain.skewness, 9);
        expect(moved.kurtosis).toBeCloseTo(plain.kurtosis, 9);
        expect(moved.standardDeviation).toBeCloseTo(scale * plain.standardDeviation, 9);
        expect(plain.kurtosis).toBeGreaterThan(1 + plain.skewness ** 2 - 1e-9);
      },
    ),
  );
});
