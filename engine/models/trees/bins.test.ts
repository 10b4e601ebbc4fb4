import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FeatureMatrix } from '../../features/matrix.ts';
import { binMatrix } from './bins.ts';
import { MISSING_BIN, quantileCuts } from './quantiles.ts';
import { normalColumns } from './testing/sets.ts';

function matrixOf(columns: Float64Array[], firstValid = 0, fitEnd = columns[0].length): FeatureMatrix {
  return { names: columns.map(String), columns, rows: columns[0].length, firstValid, fitEnd };
}

test('a value lies in the bin of the cuts below it, and missing values in their own', () => {
  const column = Float64Array.of(3, Number.NaN, 1, 2, 2, 7);
  const { bins, cuts } = binMatrix(matrixOf([column]));
  expect([...cuts[0]]).toEqual([1.5, 2.5, 5]);
  expect([...bins]).toEqual([2, MISSING_BIN, 0, 1, 1, 3]);
});

test('every distinct value has its own bin while they are at most 255', () => {
  const column = Float64Array.from({ length: 2000 }, (_, i) => (i * 77) % 255);
  const { bins, cuts } = binMatrix(matrixOf([column]));
  expect(cuts[0]).toHaveLength(254);
  expect([...bins]).toEqual([...column]);
});

test('bins of a continuous feature hold about equal numbers of rows', () => {
  const rows = 25_500;
  const { bins } = binMatrix(matrixOf(normalColumns(1, 1, rows)));
  const counts = new Uint32Array(256);
  for (const bin of bins) counts[bin]++;
  expect(Math.min(...counts.subarray(0, 255))).toBeGreaterThanOrEqual(99);
  expect(Math.max(...counts)).toBeLessThanOrEqual(101);
});

test('bins are the same whether rows were ordered by radix or each was searched for', () => {
  const [noise] = normalColumns(6, 1, 1500);
  const column = noise.map((x, i) => (i % 7 === 0 ? Number.NaN : Math.round(20 * x) / 20));
  const { bins, cuts } = binMatrix(matrixOf([column], 100, 1400));
  const searched = column.map((x) =>
    Number.isNaN(x) ? MISSING_BIN : cuts[0].filter((cut) => cut <= Math.fround(x)).length,
  );
  expect([...bins]).toEqual([...searched]);
});

test('a value that many rows share does not cost the others their bins', () => {
  const [noise] = normalColumns(2, 1, 4000);
  const column = noise.map((x, i) => (i % 2 === 0 ? 0 : x));
  const [cuts] = binMatrix(matrixOf([column])).cuts;
  expect(cuts.length).toBeGreaterThan(250);
  // Both sides of the frequent value are still cut finely.
  expect(cuts.filter((cut) => cut < 0).length).toBeGreaterThan(100);
  expect(cuts.filter((cut) => cut > 0).length).toBeGreaterThan(100);
});

test('fewer bins on request, also after more', () => {
  const matrix = matrixOf(normalColumns(3, 2, 500));
  expect(binMatrix(matrix).cuts[1].length).toBe(254);
  expect(binMatrix(matrix, 16).cuts[1].length).toBe(14);
  expect(binMatrix(matrix)).toBe(binMatrix(matrix, 256));
});

test('cuts look at rows from firstValid up to fitEnd only', () => {
  const columns = normalColumns(4, 2, 400);
  const changed = columns.map((column) => {
    const copy = column.slice();
    copy.fill(1e9, 0, 30);
    copy.fill(-1e9, 300);
    return copy;
  });
  const before = binMatrix(matrixOf(columns, 30, 300));
  const after = binMatrix(matrixOf(changed, 30, 300));
  expect(after.cuts).toEqual(before.cuts);
  for (const f of [0, 1]) {
    const at = (row: number) => f * 400 + row;
    expect(after.bins.slice(at(30), at(300))).toEqual(before.bins.slice(at(30), at(300)));
  }
});

test.each([
  ['many rows', 40, 1540],
  ['more rows before than it has to fit on', 1600, 2700],
  ['more rows behind', 3, 1100],
])('rows outside are where a search finds them, missing ones too: %s', (_name, from, to) => {
  const [column] = normalColumns(5, 1, 3000);
  for (let row = 0; row < column.length; row += 7) column[row] = Number.NaN;
  const { bins, cuts } = binMatrix(matrixOf([column], from, to));
  const searched = Array.from(column, (x) =>
    Number.isNaN(x) ? MISSING_BIN : cuts[0].filter((cut) => cut <= Math.fround(x)).length,
  );
  expect([...bins]).toEqual(searched);
});

test('a matrix without rows to fit on has one bin', () => {
  const { bins, cuts } = binMatrix(matrixOf([Float64Array.of(1, 2, Number.NaN)], 2, 2));
  expect(cuts[0]).toHaveLength(0);
  expect([...bins]).toEqual([0, 0, MISSING_BIN]);
});

describe('cuts', () => {
  test('stand between neighbors in float32, so that x < cut decides alike here and in XGBoost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 2, max: 80 }),
        (values, bins) => {
          const sorted = Float32Array.from(values).sort();
          const cuts = quantileCuts(sorted, bins);
          expect(cuts.length).toBeLessThan(bins);
          cuts.forEach((cut, i) => {
            if (i > 0) expect(cut).toBeGreaterThan(cuts[i - 1]);
            const below = sorted.filter((value) => value < cut);
            const above = sorted.filter((value) => value >= cut);
            expect(below.length).toBeGreaterThan(0);
            expect(above.length).toBeGreaterThan(0);
          });
          const distinct = new Set(sorted.map((value) => value + 0)).size;
          if (distinct <= bins) expect(cuts).toHaveLength(distinct - 1);
        },
      ),
    );
  });

  test('part adjacent float32 numbers', () => {
    const one = new Float32Array([1]);
    const next = new Float32Array(new Uint32Array(one.buffer).map((bits) => bits + 1).buffer)[0];
    expect([...quantileCuts(Float32Array.of(1, next), 255)]).toEqual([next]);
  });
});
