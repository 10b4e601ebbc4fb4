import { expect, test } from 'vitest';
import { innerSplits } from './inner-splits.ts';

const rowsOf = (ranges: readonly { readonly from: number; readonly to: number }[]) =>
  ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));

test.each([
  ['one range', [{ from: 50, to: 650 }], 3, 3],
  [
    'two equal ranges',
    [
      { from: 0, to: 300 },
      { from: 460, to: 760 },
    ],
    3,
    4,
  ],
  [
    'a short and a long one',
    [
      { from: 0, to: 100 },
      { from: 260, to: 760 },
    ],
    3,
    4,
  ],
  ['more folds', [{ from: 0, to: 601 }], 7, 7],
] as const)(
  '%s: each row is forecast once, from rows whose labels it shares no bar with',
  (_, rows, folds, blocks) => {
    const purge = 12;
    const splits = innerSplits(rows, folds, purge);
    expect(splits).toHaveLength(blocks);
    expect(splits.flatMap(({ leftOut }) => rowsOf([leftOut]))).toEqual(rowsOf(rows));
    for (const { train, leftOut } of splits) {
      // By definition: all others but those so close that labels of `purge` bars overlap.
      const allowed = rowsOf(rows).filter((row) => row < leftOut.from - purge || row >= leftOut.to + purge);
      expect(rowsOf(train)).toEqual(allowed);
    }
  },
);

test('rows that are too few for a model give no splits', () => {
  expect(innerSplits([{ from: 0, to: 60 }], 3, 12)).toEqual([]);
  expect(innerSplits([{ from: 0, to: 90 }], 2, 12)).toHaveLength(2);
  expect(innerSplits([{ from: 0, to: 2 }], 3, 0)).toEqual([]);
});
