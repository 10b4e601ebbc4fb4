import { expect, test } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { comparisonOf, paired } from './comparison.ts';

const DAY = 86_400_000;

/** Test windows of 60 days from each of these days on, with a mean net return a day on top of a common walk. */
function validation(starts: readonly number[], mean: number) {
  return {
    counted: starts.map((start) => {
      const random = createPrng(start);
      const netReturn = Float64Array.from({ length: 60 }, () => 0.01 * random.normal() + mean);
      return {
        test: { from: start * DAY, to: (start + 60) * DAY },
        result: {
          netReturn,
          marketDay: Int32Array.from({ length: 60 }, (_, i) => start + i),
          trades: [],
          barsPerYear: 260,
        },
      };
    }),
  } as never;
}

const NAMES = { version: 'a', against: 'b' };

test('the same windows are paired by day, others left out', () => {
  const pair = paired(validation([0, 60, 120], 0), validation([60, 120, 180], 0))!;
  expect(pair).toMatchObject({ folds: 2 });
  expect([pair.days.length, pair.days[0], pair.days.at(-1)]).toEqual([120, 60, 179]);
  expect(pair.own).toEqual(pair.other);
  expect(paired(validation([0], 0), validation([60], 0))).toBeNull();
});

test('what both have in common cancels: a tenth of the noise a day is seen', () => {
  const pair = (mean: number) => paired(validation([0, 60, 120], mean), validation([0, 60, 120], 0))!;
  expect(comparisonOf(pair(0.001), NAMES)).toMatchObject({
    judgement: 'better',
    days: 180,
    folds: 3,
    ...NAMES,
  });
  expect(comparisonOf(pair(-0.001), NAMES).judgement).toBe('worse');
  expect(comparisonOf(pair(0), NAMES).judgement).toBe('not worse');
});
