import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PercentileWindow, rollingSums } from './rolling.ts';

const windows = fc.integer({ min: 1, max: 30 });

test('rolling sums equal plain ones', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 120 }),
      windows,
      (list, window) => {
        // Longer than the count: what lies beyond is neither read nor written.
        const out = new Float64Array(list.length + 40).fill(-1);
        rollingSums(Float64Array.from([...list, ...Array(40).fill(NaN)]), list.length, window, out);
        const plain = list.map((_, i) =>
          list.slice(Math.max(0, i - window + 1), i + 1).reduce((sum, x) => sum + x, 0),
        );
        expect([...out]).toEqual([...plain, ...Array(40).fill(-1)]);
      },
    ),
  );
});

test('an outlier leaves a rolling sum without a trace', () => {
  const values = Float64Array.from({ length: 40 }, (_, i) => (i === 7 ? 1e30 : 0.5));
  const out = new Float64Array(40);
  rollingSums(values, 40, 10, out);
  expect([...out.subarray(17)]).toEqual(Array(23).fill(5));
});

const magnitudes = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 4 }), // many ties
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1e300, noNaN: true }), // outliers that squeeze all others into one bucket
    fc.double({ min: 0, max: 1e-310, noNaN: true }),
  ),
  { maxLength: 120 },
);

test('percentiles are mid-ranks within the window', () => {
  const percentiles = new PercentileWindow(121);
  fc.assert(
    fc.property(magnitudes, windows, fc.nat(10), (list, window, start) => {
      const out = new Float64Array(list.length + 1).fill(-1);
      percentiles.rank(Float64Array.from([...list, NaN]), start, list.length, window, out);
      expect(out[list.length]).toBe(-1);
      list.forEach((value, t) => {
        const seen = list.slice(Math.max(start, t - window + 1), t + 1);
        const smaller = seen.filter((x) => x < value).length;
        const equal = seen.filter((x) => x === value).length;
        expect(out[t]).toBe(t < start ? -1 : (smaller + equal / 2) / seen.length);
      });
    }),
    { numRuns: 300 },
  );
});
