import { expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { explainedByLevels, medianOf } from './explained.ts';

/** Adjusted R^2 of least squares on one column per level, by the normal equations, which are solved by elimination. */
function adjustedR2(levels: readonly number[], values: readonly number[]): number {
  const k = Math.max(...levels) + 1;
  const n = values.length;
  // An intercept, and a column for each level but the first.
  const rows = levels.map((level) => [1, ...Array.from({ length: k - 1 }, (_, j) => +(level === j + 1))]);
  const a = Array.from({ length: k }, (_, i) => [
    ...Array.from({ length: k }, (_, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
    rows.reduce((sum, row, r) => sum + row[i]! * values[r]!, 0),
  ]);
  for (let i = 0; i < k; i++) {
    for (let r = 0; r < k; r++) {
      if (r === i) continue;
      const factor = a[r]![i]! / a[i]![i]!;
      for (let c = i; c <= k; c++) a[r]![c]! -= factor * a[i]![c]!;
    }
  }
  const b = a.map((row, i) => row[k]! / row[i]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let residual = 0;
  let total = 0;
  for (let r = 0; r < n; r++) {
    residual += (values[r]! - rows[r]!.reduce((sum, x, j) => sum + x * b[j]!, 0)) ** 2;
    total += (values[r]! - mean) ** 2;
  }
  return 1 - residual / (n - k) / (total / (n - 1));
}

it('is the adjusted R^2 of a regression on the levels', () => {
  const prng = createPrng(3);
  for (const effect of [0.3, 1, 4]) {
    const levels = Array.from({ length: 60 }, (_, i) => ((i * i) % 5) % 4);
    const values = levels.map((level) => effect * level + prng.uint32() / 2 ** 32);
    expect(explainedByLevels(levels, values)).toBeCloseTo(adjustedR2(levels, values), 10);
  }
});

it('is worked out by hand: two levels of two values', () => {
  // Means 2 and 6, grand mean 4: within 2 + 2 = 4 over 2, total 9 + 1 + 1 + 9 = 20 over 3.
  expect(explainedByLevels([0, 0, 1, 1], [1, 3, 5, 7])).toBeCloseTo(1 - 4 / 2 / (20 / 3), 12);
});

it('says nothing of one level, as many levels as values, or values that are all alike, and is never below 0', () => {
  expect(explainedByLevels([0, 0, 0], [1, 2, 3])).toBeNull();
  expect(explainedByLevels([0, 1, 2], [1, 2, 3])).toBeNull();
  expect(explainedByLevels([0, 0, 1, 1], [2, 2, 2, 2])).toBeNull();
  expect(explainedByLevels([0, 0, 1, 1], [1, 3, 1, 3])).toBe(0);
});

it('finds the middle', () => {
  expect(medianOf([5, 1, 3])).toBe(3);
  expect(medianOf([4, 1, 3, 10])).toBe(3.5);
  expect(medianOf([])).toBeNaN();
});
