import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RowRange } from '../model.ts';
import { labelsFrom, matrixOf, noiseFeatures, priceFeatures } from '../testing/data.ts';
import { packedIndex, trainingMoments } from './gram.ts';

const ROWS = 700;
const columns = [...priceFeatures(1, ROWS, 3, 7), ...noiseFeatures(2, ROWS, 3)];
const labels = labelsFrom(3, columns[0], 0.1);

/** One or two disjoint ranges, at any alignment, from empty-free lengths of 1 row up. */
const ranges = fc
  .uniqueArray(fc.integer({ min: 0, max: ROWS }), { minLength: 4, maxLength: 4 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map(([a, b, c, d]): RowRange[] => [
    { from: a, to: b },
    { from: c, to: d },
  ]);

test('moments are the plain sums over the rows of the ranges', () => {
  const matrix = matrixOf(columns);
  fc.assert(
    fc.property(ranges, (chosen) => {
      const moments = trainingMoments(matrix, labels, chosen);
      const rows = chosen.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, k) => from + k));
      const shifted = columns.map((column, j) => rows.map((row) => column[row] - moments.centers[j]));
      const y = rows.map((row) => labels[row]);
      expect(moments.rows).toBe(rows.length);
      expect(moments.labelSum).toBeCloseTo(
        dot(
          y,
          y.map(() => 1),
        ),
        12,
      );
      expect(moments.labelSquares).toBeCloseTo(dot(y, y), 12);
      for (let i = 0; i < columns.length; i++) {
        expect(moments.sums[i]).toBeCloseTo(
          dot(
            shifted[i],
            y.map(() => 1),
          ),
          10,
        );
        expect(moments.labelProducts[i]).toBeCloseTo(dot(shifted[i], y), 12);
        for (let j = i; j < columns.length; j++) {
          expect(moments.gram[packedIndex(columns.length, i, j)]).toBeCloseTo(
            dot(shifted[i], shifted[j]),
            10,
          );
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('the same ranges give the same bits whatever was computed on the matrix before', () => {
  const used = matrixOf(columns);
  const otherLabels = labelsFrom(4, columns[1], 0.3);
  fc.assert(
    fc.property(ranges, ranges, (before, chosen) => {
      trainingMoments(used, otherLabels, before);
      trainingMoments(used, labels, before);
      expect(trainingMoments(used, labels, chosen)).toStrictEqual(
        trainingMoments(matrixOf(columns), labels.slice(), chosen),
      );
    }),
    { numRuns: 50 },
  );
});

test('the shift is the mean of the last 256 valid rows before the selection window', () => {
  const matrix = matrixOf(columns, { firstValid: 20, fitEnd: 600 });
  const { centers } = trainingMoments(matrix, labels, [{ from: 100, to: 200 }]);
  const mean = columns[0].subarray(344, 600).reduce((a, b) => a + b, 0) / 256;
  expect(centers[0]).toBeCloseTo(mean, 14);

  const short = trainingMoments(matrixOf(columns, { firstValid: 590, fitEnd: 600 }), labels, [
    { from: 590, to: 600 },
  ]);
  expect(short.centers[0]).toBeCloseTo(columns[0].subarray(590, 600).reduce((a, b) => a + b, 0) / 10, 14);
});

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
