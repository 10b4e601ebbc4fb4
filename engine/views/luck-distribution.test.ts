import fc from 'fast-check';
import { expect, it } from 'vitest';
import { binsOf } from './luck-distribution.ts';

it('puts every value into the bin it lies in, the highest into the last', () => {
  const values = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 500 });
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 40 }), (all, count) => {
      const bins = binsOf(all, count);
      expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(all.length);
      expect(bins[0]!.from).toBe(Math.min(...all));
      expect(bins.at(-1)!.to).toBeGreaterThanOrEqual(Math.max(...all) - 1e-9);
      expect(bins.length === count || bins.length === 1).toBe(true);
    }),
  );
  expect(binsOf([0, 1, 2, 3, 4], 4).map(({ count }) => count)).toEqual([1, 1, 1, 2]);
  expect(binsOf([], 4)).toEqual([]);
  expect(binsOf([2, 2], 4)).toEqual([{ from: 2, to: 3, count: 2 }]);
});
