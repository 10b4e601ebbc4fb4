import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Member } from './model.ts';
import { matrixOf } from './testing/data.ts';
import { leftOutPredictions, trainingMetrics } from './training-metrics.ts';

/** Few distinct values, so that ties are frequent. */
const coarse = fc.integer({ min: -4, max: 4 }).map((v) => v / 4);
const pairs = fc.array(fc.tuple(coarse, coarse), { minLength: 2, maxLength: 60 });

test('errors are pooled over the members, R2 against each training mean', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(pairs, coarse), { minLength: 1, maxLength: 4 }), (members) => {
      const metrics = trainingMetrics(
        members.map(([values, trainMean]) => ({
          predictions: Float64Array.from(values, ([p]) => p),
          labels: Float64Array.from(values, ([, y]) => y),
          trainMean,
        })),
      );
      const all = members.flatMap(([values, mean]) => values.map(([p, y]) => ({ p, y, mean })));
      const average = (of: (row: (typeof all)[number]) => number) =>
        all.reduce((sum, row) => sum + of(row), 0) / all.length;
      const baseline = average(({ y, mean }) => (y - mean) ** 2);
      const mse = average(({ p, y }) => (p - y) ** 2);
      expect(metrics.rmse).toBeCloseTo(Math.sqrt(mse), 12);
      expect(metrics.mae).toBeCloseTo(
        average(({ p, y }) => Math.abs(p - y)),
        12,
      );
      expect(metrics.r2).toBeCloseTo(baseline === 0 ? 0 : 1 - mse / baseline, 10);
    }),
  );
});

test('members that predict nothing but their training mean have no rank correlation', () => {
  const up = { labels: Float64Array.of(1, 2, 3), predictions: Float64Array.of(-2, -2, -2), trainMean: -2 };
  const down = { labels: Float64Array.of(-1, -2, -3), predictions: Float64Array.of(2, 2, 2), trainMean: 2 };
  expect(trainingMetrics([up, down])).toMatchObject({ r2: 0, rankIc: 0 });
});

test('a constant model has a rank correlation of exactly 0, however its mean was rounded', () => {
  const mean = 0.1 + 0.2;
  const blocks = [mean, mean - 2 ** -54, mean + 2 ** -54].map((trainMean, k) => ({
    labels: Float64Array.of(3 * k, 3 * k + 1, 3 * k + 2),
    predictions: new Float64Array(3).fill(0.3),
    trainMean,
  }));
  expect(trainingMetrics(blocks).rankIc).toBe(0);
});

test('predictions are made for the left-out rows only, the mean is that of the training labels', () => {
  const column = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7);
  const doubling: Member = {
    predict(columns, from, count, out) {
      for (let i = 0; i < count; i++) out[i] = 2 * columns[0]![from + i]!;
    },
  };
  const part = leftOutPredictions(doubling, {
    features: matrixOf([column]),
    labels: Float64Array.of(10, 20, Number.NaN, 1, 2, Number.NaN, 30, 60),
    train: [
      { from: 0, to: 2 },
      { from: 6, to: 8 },
    ],
    leftOut: { from: 3, to: 5 },
    seed: 1,
  });
  expect(part).toEqual({
    predictions: Float64Array.of(6, 8),
    labels: Float64Array.of(1, 2),
    trainMean: 30,
  });
});
