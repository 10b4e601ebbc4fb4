import fc from 'fast-check';
import { expect, it } from 'vitest';
import { upperMedian } from './upper-median.ts';

it('is what sorting finds', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true }))), (values) => {
      const sorted = Float64Array.from(values).sort();
      expect(upperMedian(Float64Array.from(values)) + 0).toBe((sorted[sorted.length >> 1] ?? 0) + 0);
    }),
  );
});
