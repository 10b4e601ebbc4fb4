import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planBatches } from './batches.ts';

it('cuts at every change of context and nowhere else, and keeps the order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), (keys) => {
      const cells = keys.map((key, index) => ({ key, index }));
      const batches = planBatches(cells, ({ key }) => key);
      expect(batches.flatMap((batch) => batch.cells)).toEqual(cells);
      for (const { contextKey, cells: own } of batches) {
        expect(new Set(own.map(({ key }) => key))).toEqual(new Set([contextKey]));
      }
      for (let i = 1; i < batches.length; i++) {
        expect(batches[i]!.contextKey).not.toBe(batches[i - 1]!.contextKey);
      }
    }),
  );
});
