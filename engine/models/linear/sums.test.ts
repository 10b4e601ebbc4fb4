import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RowRange, TrainingSet } from '../model.ts';
import { labelsFrom, matrixOf, priceFeatures } from '../testing/data.ts';
import { trainingMoments } from './gram.ts';
import { countRows, decodeSums, encodeSums, movedSums, without } from './sums.ts';

const columns = priceFeatures(51, 900, 5, 4);
const features = matrixOf(columns, { firstValid: 0, fitEnd: 300 });
const labels = labelsFrom(52, columns[1]!, 0.3);
const setOf = (train: readonly RowRange[]): TrainingSet => ({
  features,
  labels,
  train,
  leftOut: { from: 0, to: 0 },
  seed: 1,
});

test('rows of one list that the other has not, as a loop over rows finds them', () => {
  const ranges = fc
    .array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 8 })
    .map((values) => [...new Set(values)].sort((a, b) => a - b))
    .map((sorted) =>
      Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => ({
        from: sorted[2 * i]!,
        to: sorted[2 * i + 1]!,
      })),
    );
  const rowsOf = (all: readonly RowRange[]) =>
    all.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const others = new Set(rowsOf(b));
      expect(rowsOf(without(a, b))).toEqual(rowsOf(a).filter((row) => !others.has(row)));
    }),
  );
});

test('moved sums are those over the rows themselves', () => {
  const before = [
    { from: 10, to: 120 },
    { from: 200, to: 700 },
  ];
  const after = [
    { from: 30, to: 140 },
    { from: 220, to: 730 },
  ];
  const moved = movedSums(setOf(after), {
    ranges: before,
    moments: trainingMoments(features, labels, before),
  })!;
  const own = trainingMoments(features, labels, after);
  expect([moved.added, moved.dropped, moved.moments.rows]).toEqual([50, 40, countRows(after)]);
  for (const name of ['sums', 'gram', 'labelProducts'] as const) {
    const scale = Math.max(...own[name].map(Math.abs));
    own[name].forEach((value, k) => {
      expect(Math.abs(moved.moments[name][k]! - value) / scale).toBeLessThan(1e-14);
    });
  }
  expect(moved.moments.labelSquares).toBeCloseTo(own.labelSquares, 14);
});

test('where most rows are others, all are summed up instead', () => {
  const before = [{ from: 0, to: 300 }];
  const moments = trainingMoments(features, labels, before);
  expect(movedSums(setOf([{ from: 200, to: 500 }]), { ranges: before, moments })).toBeUndefined();
});

test('sums come back from their bytes to the bit, and nothing else does', () => {
  const ranges = [{ from: 3, to: 400 }];
  const sums = { ranges, moments: trainingMoments(features, labels, ranges) };
  const bytes = encodeSums(sums);
  expect(decodeSums(bytes)).toEqual(sums);
  for (const broken of [bytes.subarray(0, -1), bytes.subarray(0, 5), new Uint8Array([...bytes, 0])]) {
    expect(() => decodeSums(broken)).toThrow(expect.objectContaining({ code: 'artifact-damaged' }));
  }
});
