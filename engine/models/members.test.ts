import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canSplit, MIN_TRAINING_ROWS, memberSplits } from './members.ts';

test('three members of 300 bars at horizon 5', () => {
  expect(memberSplits({ from: 1000, to: 1300 }, 3, 5)).toEqual([
    { leftOut: { from: 1000, to: 1100 }, train: [{ from: 1105, to: 1300 }] },
    {
      leftOut: { from: 1100, to: 1200 },
      train: [
        { from: 1000, to: 1095 },
        { from: 1205, to: 1300 },
      ],
    },
    { leftOut: { from: 1200, to: 1300 }, train: [{ from: 1000, to: 1195 }] },
  ]);
});

test('the left-out blocks tile the window, and no training row shares a bar with its left-out block', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 150, max: 400 }),
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 12 }),
      (from, rows, members, horizon) => {
        const window = { from, to: from + rows };
        const splits = memberSplits(window, members, horizon);
        const left = splits.flatMap(({ leftOut }) => rowsIn([leftOut]));
        expect(left).toEqual(rowsIn([window]));
        for (const { train, leftOut } of splits) {
          const learned = new Set(rowsIn(train));
          for (const row of rowsIn([window])) {
            const distance = Math.max(leftOut.from - row, row - (leftOut.to - 1), 0);
            // Distance 1 is the bar beside the block: `horizon` bars are purged on each side.
            expect(learned.has(row)).toBe(distance > horizon);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('a range that the purge swallows whole is left out of the list', () => {
  const [, second] = memberSplits({ from: 0, to: 80 }, 8, 12);
  expect(second!.train).toEqual([{ from: 32, to: 80 }]);
});

test('a window that leaves a member too few rows is refused with what to do', () => {
  expect(() => memberSplits({ from: 0, to: 60 }, 3, 11)).toThrow(
    /of its 60 bars, member 1 of 3 has 29 left .* needs at least 30\. Use more days of history/,
  );
  expect(() => memberSplits({ from: 0, to: 0 }, 3, 1)).toThrow(/too short/);
  expect(() => memberSplits({ from: 9, to: 3 }, 3, 1)).toThrow(/of its 0 bars/);
  expect(memberSplits({ from: 0, to: 2 * MIN_TRAINING_ROWS + 2 }, 2, 1)).toHaveLength(2);
  expect(() => memberSplits({ from: 0, to: 2 * MIN_TRAINING_ROWS + 1 }, 2, 1)).toThrow(/29 left/);
});

test('fewer than two members are refused', () => {
  for (const members of [1, 0, 2.5]) {
    expect(() => memberSplits({ from: 0, to: 500 }, members, 1)).toThrow(/training\.members .* at least 2/);
  }
});

function rowsIn(ranges: readonly { from: number; to: number }[]): number[] {
  return ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, k) => from + k));
}

test('whether a window can be cut is known without cutting it', () => {
  const rows = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(rows, rows, fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 90 }), (...given) => {
      const [from, length, members, horizon] = given;
      const window = { from, to: from + length };
      const cut = () => memberSplits(window, members, horizon);
      if (canSplit(window, members, horizon)) expect(cut).not.toThrow();
      else expect(cut).toThrow(/too short/);
    }),
  );
});
