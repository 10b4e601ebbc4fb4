import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ColumnOrder } from './column-order.ts';

const value = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, 0, -0, 1, -1, Infinity, -Infinity, 1e-45, -1e-45, 3.4e38),
);

test('values are ordered as by comparison, missing ones last, equal ones by row', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), fc.nat(5), (list, from) => {
      const column = Float64Array.of(...new Array<number>(from).fill(-7), ...list);
      const { values, rows } = new ColumnOrder(list.length).order(column, from);
      expect(values).toEqual(Float32Array.from(list).sort());
      expect([...rows].sort((a, b) => a - b)).toEqual(list.map((_, i) => i));
      rows.forEach((row, i) => {
        expect(values[i]).toBe(Math.fround(list[row]!));
        if (i > 0 && Object.is(values[i], values[i - 1])) expect(row).toBeGreaterThan(rows[i - 1]!);
      });
    }),
  );
});

test('a second column is ordered in the same memory', () => {
  const order = new ColumnOrder(3);
  expect([...order.order(Float64Array.of(3, 1, 2), 0).rows]).toEqual([1, 2, 0]);
  const { values, rows } = order.order(Float64Array.of(-1, Number.NaN, -2), 0);
  expect([...values]).toEqual([-2, -1, Number.NaN]);
  expect([...rows]).toEqual([2, 0, 1]);
});
