import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downSample } from './down-sample.ts';

const series = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
  minLength: 1,
  maxLength: 600,
});

describe('downSample', () => {
  it('keeps every point while there is room for them', () => {
    expect(downSample([3, 1, 2], 10)).toEqual({ index: [0, 1, 2], value: [3, 1, 2] });
  });

  it('keeps the first, lowest, highest and last value of each column, in their order', () => {
    //        column 0: 5 9 1 4 6     column 1: 2 2 8 0 3
    const values = [5, 9, 1, 4, 6, 2, 2, 8, 0, 3];
    expect(downSample(values, 2)).toEqual({
      index: [0, 1, 2, 4, 5, 7, 8, 9],
      value: [5, 9, 1, 6, 2, 8, 0, 3],
    });
  });

  it('never loses an extreme, never invents or reorders a point, and stays within four points a column', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 40 }), (values, columns) => {
        const { index, value } = downSample(values, columns);
        expect(Math.max(...value)).toBe(Math.max(...values));
        expect(Math.min(...value)).toBe(Math.min(...values));
        expect(value).toEqual(index.map((i) => values[i]));
        expect(index.every((i, k) => k === 0 || i > index[k - 1]!)).toBe(true);
        expect(index[0]).toBe(0);
        expect(index.at(-1)).toBe(values.length - 1);
        expect(index.length).toBeLessThanOrEqual(columns * 4);
      }),
    );
  });

  it('looks at a part of the line and leaves missing values out', () => {
    const values = [100, 100, Number.NaN, 7, 3, Number.NaN, 5, 100];
    expect(downSample(values, 50, 2, 7)).toEqual({ index: [3, 4, 6], value: [7, 3, 5] });
    expect(downSample([Number.NaN, 2, 9, 1, 5], 1)).toEqual({ index: [2, 3, 4], value: [9, 1, 5] });
  });
});
