import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createInOrder } from './in-order.ts';

const indexSets = fc.uniqueArray(fc.nat(1000)).map((list) => list.toSorted((a, b) => a - b));

it('hands on every result once, in ascending order, as early as can be', () => {
  const arrivals = indexSets.chain((indices) =>
    fc.record({
      indices: fc.constant(indices),
      order: fc.shuffledSubarray(indices, { minLength: indices.length }),
    }),
  );
  fc.assert(
    fc.property(arrivals, ({ indices, order }) => {
      const delivered: number[] = [];
      const inOrder = createInOrder<{ index: number }>(indices, ({ index }) => delivered.push(index));
      const arrived = new Set<number>();
      for (const index of order) {
        inOrder.add({ index });
        arrived.add(index);
        const gap = indices.findIndex((i) => !arrived.has(i));
        expect(delivered).toEqual(gap < 0 ? indices : indices.slice(0, gap));
        expect(inOrder.delivered).toBe(delivered.length);
        expect(inOrder.waiting).toBe(arrived.size - delivered.length);
      }
    }),
  );
});

it('lets nothing overtake a result whose delivery failed, and delivers it again', () => {
  const delivered: number[] = [];
  let broken = true;
  const inOrder = createInOrder<{ index: number }>([1, 2, 3], ({ index }) => {
    if (index === 1 && broken) throw new Error('disk full');
    delivered.push(index);
  });
  inOrder.add({ index: 2 });
  expect(() => inOrder.add({ index: 1 })).toThrow('disk full');
  expect(() => inOrder.add({ index: 3 })).toThrow('disk full');
  expect(delivered).toEqual([]);
  broken = false;
  inOrder.add({ index: 3 });
  expect(delivered).toEqual([1, 2, 3]);
});
