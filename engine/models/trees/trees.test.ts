import { describe, expect, test } from 'vitest';
import type { AnyModelType } from '../model.ts';
import type { TreeEnsemble } from './ensemble.ts';
import { gradientBoosting, lightgbm, randomForest, xgboost } from './index.ts';
import { meanSquare, predict, train } from './testing/models.ts';
import { learnableLabels, normalColumns, trainingSet } from './testing/sets.ts';
import { xgboostParameters } from './xgboost.ts';

const MODELS: readonly AnyModelType[] = [xgboost, lightgbm, gradientBoosting, randomForest];
const ROWS = 600;
const columns = normalColumns(1, 6, ROWS);
const labels = learnableLabels(2, columns);

const splitsOf = (model: TreeEnsemble) => model.parts.nodes.feature.filter((f) => f >= 0).length;

describe.each(MODELS.map((type) => ({ name: type.name, type })))('$name', ({ type }) => {
  test('says what is missing when there is nothing to learn from', () => {
    const set = trainingSet(columns, labels);
    expect(() => train(type, { ...set, train: [] })).toThrow(/at least one training row/);
    expect(() => train(type, { ...set, train: [{ from: 5, to: 5 }] })).toThrow(/training window is empty/);
    const bare = trainingSet([], labels);
    expect(() => train(type, { ...bare, features: { ...bare.features, rows: ROWS, fitEnd: ROWS } })).toThrow(
      /at least one feature/,
    );
    expect(() => train(type, trainingSet(columns, labels.with(9, Number.NaN)))).toThrow(
      /row 9 of 600 has the label NaN/,
    );
  });

  test('one row, equal labels and constant features give the mean', () => {
    const one = trainingSet(columns, labels);
    expect([...new Set(predict(train(type, { ...one, train: [{ from: 7, to: 8 }] }), columns))]).toEqual([
      labels[7],
    ]);

    const equal = train(type, trainingSet(columns, new Float64Array(ROWS).fill(-3e-4)));
    expect(splitsOf(equal)).toBe(0);
    for (const value of predict(equal, columns)) expect(value).toBeCloseTo(-3e-4, 12);

    const constant = columns.map((column) => new Float64Array(ROWS).fill(column[0]));
    const blind = train(type, trainingSet(constant, labels));
    expect(splitsOf(blind)).toBe(0);
    const mean = labels.reduce((a, b) => a + b, 0) / ROWS;
    const [predicted] = predict(blind, constant);
    // A forest's bootstraps have means of their own.
    expect(Math.abs(predicted - mean)).toBeLessThan(type === randomForest ? 2e-5 : 1e-9);
  });

  test('missing values and whole missing columns give numbers, and a missing value can be the signal', () => {
    const gaps = columns.map((column, f) => {
      if (f === 5) return new Float64Array(ROWS).fill(Number.NaN);
      return f === 4 ? column.map((x) => (x > 0 ? Number.NaN : x)) : column;
    });
    const step = columns[4].map((x) => (x > 0 ? 1e-3 : -1e-3));
    const model = train(type, trainingSet(gaps, step));
    const predicted = predict(model, gaps);
    expect(predicted.every(Number.isFinite)).toBe(true);
    expect(predicted.map(Math.sign)).toEqual(step.map(Math.sign));
    const nothing = gaps.map(() => new Float64Array(ROWS).fill(Number.NaN));
    expect(predict(model, nothing).every((value) => value > 0)).toBe(true);
  });

  test('a feature that was never missing in training sends missing values where most rows went', () => {
    const step = columns[0].map((x) => (x > 1 ? 1e-3 : -1e-3));
    const model = train(type, trainingSet([columns[0]], step));
    const [predicted] = predict(model, [Float64Array.of(Number.NaN)]);
    expect(predicted).toBeLessThan(0);
  });

  test('follows a monotone signal', () => {
    const rising = columns[0].map((x) => 1e-3 * Math.tanh(x));
    const model = train(type, trainingSet([columns[0]], rising), { n_estimators: 50 });
    const grid = Float64Array.from({ length: 41 }, (_, i) => -2 + i / 10);
    const predicted = predict(model, [grid]);
    predicted.forEach((value, i) => {
      if (i > 0) expect(value).toBeGreaterThanOrEqual(predicted[i - 1] - 2e-5);
    });
    expect(predicted[40] - predicted[0]).toBeGreaterThan(1.5e-3);
  });

  test('scale of the labels does not matter', () => {
    const small = predict(train(type, trainingSet(columns, labels)), columns);
    const large = predict(
      train(
        type,
        trainingSet(
          columns,
          labels.map((y) => y * 2 ** 20),
        ),
      ),
      columns,
    );
    small.forEach((value, i) => {
      expect(Math.abs(large[i] / 2 ** 20 - value)).toBeLessThan(1e-9);
    });
  });

  test('predicts unseen rows better than the mean', () => {
    const model = train(type, trainingSet(columns, labels, 150), { n_estimators: 60 });
    const mean = labels.subarray(0, 450).reduce((a, b) => a + b, 0) / 450;
    const base = meanSquare(new Float64Array(ROWS).fill(mean), labels, 450);
    expect(meanSquare(predict(model, columns), labels, 450)).toBeLessThan(0.85 * base);
  });

  test('bytes are small, come back whole, and damage is noticed', () => {
    const bytes = type.encode(train(type, trainingSet(columns, labels)));
    expect(type.encode(type.decode(bytes))).toEqual(bytes);
    expect(() => type.decode(bytes.subarray(0, bytes.length - 1))).toThrow(/can't be read/);
    expect(() => type.decode(Uint8Array.of(...bytes, 0))).toThrow(/can't be read/);
    expect(() => type.decode(new Uint8Array(0))).toThrow(/can't be read/);
  });
});
test.each([
  ['xgboost', xgboost, { subsample: 0.5 }],
  ['lightgbm', lightgbm, { bagging_fraction: 0.5, bagging_freq: 1 }],
  ['gradient_boosting', gradientBoosting, { subsample: 0.5 }],
  ['random_forest', randomForest, {}],
])('%s: chance comes from the seed alone', (_name, type: AnyModelType, parameters) => {
  const set = trainingSet(columns, labels);
  const bytes = type.encode(train(type, set, parameters));
  expect(type.encode(train(type, { ...set, seed: 12 }, parameters))).not.toEqual(bytes);
  expect(type.encode(train(type, { ...set, seed: 11 }, parameters))).toEqual(bytes);
});

test('every row twice is the same as every row once, where rows have no minimum weight', () => {
  const twice = <T extends Float64Array>(values: T) => Float64Array.of(...values, ...values);
  const once = predict(train(gradientBoosting, trainingSet(columns, labels)), columns);
  const double = train(gradientBoosting, trainingSet(columns.map(twice), twice(labels)));
  predict(double, columns).forEach((value, row) => {
    expect(Math.abs(value - once[row])).toBeLessThan(1e-9);
  });
});

test('logistic predicts the sign, at most the mean absolute label', () => {
  const model = train(xgboost, trainingSet(columns, labels), { objective: 'logistic', n_estimators: 60 });
  const scale = labels.reduce((sum, y) => sum + Math.abs(y), 0) / ROWS;
  const predicted = predict(model, columns);
  let right = 0;
  predicted.forEach((value, row) => {
    expect(Math.abs(value)).toBeLessThanOrEqual(scale);
    if (Math.sign(value) === Math.sign(labels[row])) right++;
  });
  expect(right / ROWS).toBeGreaterThan(0.95);
});

test("a forest's out-of-bag error is that of unseen rows, and is stored", () => {
  const many = normalColumns(8, 6, 3000);
  const model = train(randomForest, trainingSet(many, learnableLabels(9, many), 1500));
  const unseen = Math.sqrt(meanSquare(predict(model, many), learnableLabels(9, many), 1500));
  const outOfBag = model.parts.outOfBagRmse!;
  expect(Math.abs(outOfBag / unseen - 1)).toBeLessThan(0.08);
  expect((randomForest.decode(randomForest.encode(model)) as TreeEnsemble).parts.outOfBagRmse).toBe(outOfBag);
});

test('limits hold: leaves, depth, rows in a leaf', () => {
  const set = trainingSet(columns, labels);
  const leavesPerTree = (model: TreeEnsemble) => {
    const { roots, feature } = model.parts.nodes;
    return [...roots].map((root, i) => feature.slice(root, roots[i + 1]).filter((f) => f < 0).length);
  };
  expect(Math.max(...leavesPerTree(train(lightgbm, set, { num_leaves: 7, min_data_in_leaf: 1 })))).toBe(7);
  expect(Math.max(...leavesPerTree(train(xgboost, set, { max_depth: 2 })))).toBe(4);
  expect(Math.max(...leavesPerTree(train(lightgbm, set, { max_depth: 2 })))).toBe(4);
  expect(Math.max(...leavesPerTree(train(xgboost, set, { min_child_weight: 200 })))).toBeLessThanOrEqual(3);
  const { cover } = train(xgboost, set, { min_child_weight: 200 }).parts.training!;
  expect(Math.min(...cover.filter((c) => c > 0))).toBeGreaterThanOrEqual(200);
});

test('a model of 100 trees of depth 6 takes at most 60 kB', () => {
  const wide = normalColumns(3, 40, 3000);
  const model = xgboost.fit(trainingSet(wide, learnableLabels(4, wide)), xgboostParameters.parse({}));
  expect(xgboost.encode(model).length).toBeLessThan(60_000);
});

test('columns that do not fit the model are refused', () => {
  const model = train(xgboost, trainingSet(columns, labels));
  expect(() => predict(model, columns.slice(1))).toThrow(/trained on 6 features, but 5 columns/);
});
