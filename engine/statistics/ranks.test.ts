import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averageRanks, rankCorrelation } from './ranks.ts';

/** Few distinct values, so that ties are frequent. */
const coarse = fc.integer({ min: -4, max: 4 }).map((v) => v / 4);
const pairs = fc.array(fc.tuple(coarse, coarse), { minLength: 2, maxLength: 60 });

/** Rank by counting, O(n^2): 1 + values below + half of the other equal ones. */
function plainRanks(values: readonly number[]): number[] {
  return values.map(
    (v) => 1 + values.filter((w) => w < v).length + (values.filter((w) => w === v).length - 1) / 2,
  );
}

function plainPearson(a: readonly number[], b: readonly number[]): number {
  const mean = (v: readonly number[]) => v.reduce((x, y) => x + y, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const cov = mean(a.map((v, i) => (v - ma) * (b[i]! - mb)));
  return cov / Math.sqrt(mean(a.map((v) => (v - ma) ** 2)) * mean(b.map((v) => (v - mb) ** 2)));
}

test('equal values share the mean of their ranks', () => {
  expect(averageRanks(Float64Array.of(7, -1, 7, 3, 7))).toEqual(Float64Array.of(4, 1, 4, 2, 4));
  fc.assert(
    fc.property(fc.array(coarse), (values) => {
      expect([...averageRanks(Float64Array.from(values))]).toEqual(plainRanks(values));
    }),
  );
});

test('ranks are those of any numbers, however unevenly they lie', () => {
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 60 });
  const clustered = fc.array(
    fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -12, max: 12 })).map(([m, e]) => m * 10 ** e),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(fc.oneof(numbers, clustered), (values) => {
      expect([...averageRanks(Float64Array.from(values))]).toEqual(plainRanks(values));
    }),
  );
});

test('the rank correlation is the correlation of the ranks, ties averaged', () => {
  fc.assert(
    fc.property(pairs, (values) => {
      const a = values.map(([v]) => v);
      const b = values.map(([, v]) => v);
      const found = rankCorrelation(Float64Array.from(a), Float64Array.from(b));
      const constant = new Set(a).size === 1 || new Set(b).size === 1;
      expect(found).toBeCloseTo(constant ? 0 : plainPearson(plainRanks(a), plainRanks(b)), 12);
    }),
  );
  expect(rankCorrelation(Float64Array.of(1, 10, 100), Float64Array.of(-3, -2, 5))).toBe(1);
  expect(rankCorrelation(Float64Array.of(1, 10, 100), Float64Array.of(5, 2, 1))).toBe(-1);
});
