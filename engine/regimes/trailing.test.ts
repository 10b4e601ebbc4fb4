import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MIN_TRAILING_BARS, TRAILING_BARS, trailingAverages, trailingPercentiles } from './trailing.ts';

/** Few distinct values, so that ties abound, and some that are not known. */
const series = fc
  .array(
    fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constant(Number.NaN),
    ),
    {
      minLength: 90,
      maxLength: 1100,
      size: 'max',
    },
  )
  .map((values) => Float64Array.from(values));

function known(values: Float64Array, i: number): number[] {
  return [...values.slice(Math.max(0, i - TRAILING_BARS + 1), i + 1)].filter((v) => !Number.isNaN(v));
}

it('percentiles equal those of a sorted copy of each window', () => {
  fc.assert(
    fc.property(
      series,
      fc.nat(89),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (values, first, percentile) => {
        const columns = trailingPercentiles(values, first, [percentile, 50]);
        for (let i = first; i < values.length; i++) {
          const sorted = known(values, i).sort((a, b) => a - b);
          const position = ((sorted.length - 1) * percentile) / 100;
          const below = sorted[Math.floor(position)]!;
          const wanted = below + (position - Math.floor(position)) * (sorted[Math.ceil(position)]! - below);
          const enough = sorted.length >= MIN_TRAILING_BARS;
          if (enough) expect(columns[0]![i - first]).toBeCloseTo(wanted, 12);
          else expect(columns[0]![i - first]).toBeNaN();
          expect(Number.isNaN(columns[1]![i - first])).toBe(!enough);
        }
      },
    ),
    { numRuns: 15 },
  );
});

it('averages equal those of each window', () => {
  fc.assert(
    fc.property(series, fc.nat(89), (values, first) => {
      const averages = trailingAverages(values, first);
      for (let i = first; i < values.length; i++) {
        const window = known(values, i);
        const mean = window.reduce((a, b) => a + b, 0) / window.length;
        if (window.length >= MIN_TRAILING_BARS) expect(averages[i - first]).toBeCloseTo(mean, 12);
        else expect(averages[i - first]).toBeNaN();
      }
    }),
    { numRuns: 15 },
  );
});

it('the median of an even count lies between its middle values', () => {
  const values = Float64Array.from({ length: 100 }, (_, i) => i);
  expect(trailingPercentiles(values, 99, [0, 50, 75, 100]).map(([v]) => v)).toEqual([0, 49.5, 74.25, 99]);
});
