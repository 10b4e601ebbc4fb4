import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purgedCombinations, type RowRange } from './purged-combinations.ts';

const rowsOf = (ranges: readonly RowRange[]) =>
  ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
const trainingRows = (options: { purge?: number; embargo?: number }) =>
  purgedCombinations({ rows: 12, folds: 3, testFolds: 2, ...options }).splits.map(({ train }) =>
    rowsOf(train),
  );

describe('purgedCombinations', () => {
  it('has the known training rows', () => {
    expect(trainingRows({ purge: 1 })).toEqual([
      [9, 10, 11],
      [5, 6],
      [0, 1, 2],
    ]);
    expect(trainingRows({ embargo: 1 })).toEqual([
      [9, 10, 11],
      [5, 6, 7],
      [0, 1, 2, 3],
    ]);
  });

  it('has the known numbers of splits and paths', () => {
    const { splits, paths } = purgedCombinations({ rows: 60, folds: 6, testFolds: 2 });
    expect([splits.length, paths.length]).toEqual([15, 5]);
  });

  it('keeps training off the test by purge and embargo and leaves out nothing else', () => {
    const shape = fc
      .integer({ min: 2, max: 6 })
      .chain((folds) => fc.tuple(fc.constant(folds), fc.integer({ min: 1, max: folds - 1 })));
    fc.assert(
      fc.property(
        shape,
        fc.integer({ min: 6, max: 50 }),
        fc.nat(4),
        fc.nat(4),
        ([folds, testFolds], rows, purge, embargo) => {
          const { splits, paths } = purgedCombinations({ rows, folds, testFolds, purge, embargo });
          for (const { test, train } of splits) {
            const tested = rowsOf(test);
            const allowed = Array.from({ length: rows }, (_, row) => row).filter((row) =>
              tested.every((t) => (row < t ? t - row > purge : row - t > purge + embargo)),
            );
            expect(rowsOf(train)).toEqual(allowed);
          }
          for (const path of paths) {
            expect(path.every((split, fold) => splits[split]!.testFolds.includes(fold))).toBe(true);
          }
          const used = paths.flatMap((path) => path.map((split, fold) => `${split} ${fold}`));
          expect(new Set(used).size).toBe(splits.length * testFolds);
        },
      ),
    );
  });

  it('refuses folds that do not fit', () => {
    expect(() => purgedCombinations({ rows: 3, folds: 4, testFolds: 1 })).toThrow(/2 to 3 folds/);
    expect(() => purgedCombinations({ rows: 9, folds: 3, testFolds: 3 })).toThrow(/fewer tested/);
  });
});
