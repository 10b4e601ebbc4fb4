import { describe, expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import type { AnyModelType, ClassWeight, TrainingSet } from '../model.ts';
import { decodeEnsemble, encodeEnsemble } from './ensemble-codec.ts';
import { gradientBoosting, lightgbm, randomForest, xgboost } from './index.ts';
import { fitForest } from './random-forest.ts';
import { drawWithReplacement } from './sampling.ts';
import { type ExactClassifier, exactClassifier, exactGiniSplit } from './testing/exact-classifier.ts';
import { predict, train } from './testing/models.ts';
import { learnableLabels, normalColumns, trainingSet } from './testing/sets.ts';

const ROWS = 160;

/** About a third of the rows are of class 1. */
function classSet(seed: number, rows = ROWS, leftOut = 0): TrainingSet {
  const columns = normalColumns(seed, 5, rows);
  const labels = learnableLabels(seed + 10, columns).map((y) => (y > 4e-4 ? 1 : 0));
  return { ...trainingSet(columns, labels, leftOut), task: 'classes' };
}

const balancedWeights = ({ labels }: TrainingSet): [number, number] => {
  const positives = labels.reduce((a, b) => a + b, 0);
  return [labels.length / (2 * (labels.length - positives)), labels.length / (2 * positives)];
};

const boosters: readonly [string, AnyModelType, object, Omit<ExactClassifier, 'weights'>][] = [
  [
    'xgboost',
    xgboost,
    { n_estimators: 3 },
    { rounds: 3, learningRate: 0.3, maxDepth: 6, splitsOn: 'hessians', lambda: 1, least: 1 },
  ],
  [
    'gradient_boosting',
    gradientBoosting,
    // Smaller nodes are cut equally well by several features, of which one is drawn.
    { n_estimators: 4, max_depth: 2, min_samples_leaf: 20 },
    { rounds: 4, learningRate: 0.1, maxDepth: 2, splitsOn: 'rows', lambda: 0, least: 20 },
  ],
  [
    'lightgbm without a least number of rows',
    lightgbm,
    { n_estimators: 3, min_data_in_leaf: 1, min_sum_hessian_in_leaf: 2, max_depth: 4, num_leaves: 512 },
    { rounds: 3, learningRate: 0.1, maxDepth: 4, splitsOn: 'hessians', lambda: 0, least: 2 },
  ],
];

describe.each(boosters)('%s', (_name, type, parameters, settings) => {
  test.each<ClassWeight>(['none', 'balanced'])(
    'gives the probabilities of an exhaustive search, class weight %s',
    (classWeight) => {
      for (const seed of [1, 2]) {
        const set = { ...classSet(seed), classWeight };
        const weights = classWeight === 'balanced' ? balancedWeights(set) : ([1, 1] as const);
        // No row alone is too light for a leaf.
        const least = settings.splitsOn === 'rows' ? 20 * Math.min(...weights) - 1e-6 : settings.least;
        const expected = exactClassifier(
          set.features.columns.map((column) => [...column]),
          [...set.labels],
          { ...settings, least, weights },
        );
        const found = predict(train(type, set, parameters), set.features.columns);
        expected.forEach((q, row) => {
          expect(Math.abs(found[row] - q)).toBeLessThan(1e-9);
        });
      }
    },
  );

  test('a model of classes says so in its bytes, and what others wrote says returns', () => {
    const set = classSet(3);
    const model = train(type, set, parameters);
    expect(decodeEnsemble(encodeEnsemble(model)).task).toBe('classes');
    const returns = train(type, { ...set, task: 'returns' }, parameters);
    expect(decodeEnsemble(encodeEnsemble(returns)).task).toBe('returns');
    expect(encodeEnsemble(returns)).toEqual(
      encodeEnsemble(train(type, { ...set, task: undefined }, parameters)),
    );
  });
});

test('lightgbm keeps its least number of rows in a leaf, as well as shares of hessians tell it', () => {
  const set = classSet(5, 600);
  const model = train(lightgbm, set, { n_estimators: 1, min_data_in_leaf: 60 });
  const leaves = new Map<number, number>();
  // One tree: its leaves differ, so that equal probabilities are one leaf.
  for (const q of predict(model, set.features.columns)) leaves.set(q, (leaves.get(q) ?? 0) + 1);
  expect(leaves.size).toBeGreaterThan(3);
  expect(Math.min(...leaves.values())).toBeGreaterThanOrEqual(60);
  const small = train(lightgbm, set, { n_estimators: 1, min_data_in_leaf: 5 });
  expect(new Set(predict(small, set.features.columns)).size).toBeGreaterThan(leaves.size);
});

test('early stopping looks at left-out rows that have a class, and at no others', () => {
  const set = classSet(6, 600, 200);
  const parameters = { n_estimators: 120, early_stopping_rounds: 10 };
  const stopped = train(xgboost, set, parameters);
  expect(stopped.parts.nodes.roots.length).toBeGreaterThan(1);
  expect(stopped.parts.nodes.roots.length).toBeLessThan(110);

  const holes = set.labels.slice();
  for (let row = 400; row < 600; row += 3) holes[row] = Number.NaN;
  const kept = train(xgboost, { ...set, labels: holes }, parameters).parts.nodes.roots.length;
  const loss = (trees: number): number => {
    const found = predict(train(xgboost, set, { n_estimators: trees }), set.features.columns);
    let sum = 0;
    for (let row = 400; row < 600; row++) {
      if (!Number.isNaN(holes[row])) sum -= Math.log(holes[row] === 1 ? found[row] : 1 - found[row]);
    }
    return sum;
  };
  expect(loss(kept)).toBeLessThan(Math.min(loss(kept - 1), loss(kept + 1), loss(kept + 10)));
});

describe('random_forest', () => {
  test.each<ClassWeight>(['none', 'balanced'])(
    'splits where Gini impurity is least, class weight %s',
    (classWeight) => {
      for (const seed of [1, 2, 3, 4]) {
        const set = { ...classSet(seed), classWeight };
        const model = fitForest(set, { n_estimators: 1, max_depth: 1, max_features: 1, min_samples_leaf: 1 });
        const times = new Float64Array(ROWS);
        drawWithReplacement(times, createPrng(set.seed));
        const weights = classWeight === 'balanced' ? balancedWeights(set) : [1, 1];
        const left = exactGiniSplit(
          set.features.columns.map((column) => [...column]),
          [...set.labels],
          [...times].map((count, row) => count * weights[set.labels[row]]),
        );
        const { feature, cut } = model.parts.nodes;
        const threshold = model.parts.cuts[feature[0]][cut[0]];
        const column = set.features.columns[feature[0]];
        const found = [...times.keys()].filter(
          (row) => times[row] > 0 && Math.fround(column[row]) < threshold,
        );
        expect(found).toEqual(left);
      }
    },
  );

  test('probabilities are the mean of the leaves shares of class 1, trees those of a regression on 0 and 1', () => {
    const set = classSet(7, 400);
    const model = train(randomForest, set);
    const regression = train(randomForest, { ...set, task: 'returns' });
    expect(model.parts.nodes).toEqual(regression.parts.nodes);
    expect(model.task).toBe('classes');
    const found = predict(model, set.features.columns);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...found)).toBeLessThanOrEqual(1);
    predict(regression, set.features.columns).forEach((value, row) => {
      expect(found[row]).toBeCloseTo(value, 12);
    });
    expect(decodeEnsemble(encodeEnsemble(model)).task).toBe('classes');
  });

  test('balanced classes move the mean probability towards a half', () => {
    const set = classSet(8, 400);
    const mean = (classWeight: ClassWeight) =>
      predict(train(randomForest, { ...set, classWeight }), set.features.columns).reduce((a, b) => a + b, 0) /
      400;
    const rate = set.labels.reduce((a, b) => a + b, 0) / 400;
    expect(Math.abs(mean('none') - rate)).toBeLessThan(0.03);
    expect(Math.abs(mean('balanced') - 0.5)).toBeLessThan(0.5 * Math.abs(rate - 0.5));
  });
});

test.each([xgboost, lightgbm, gradientBoosting, randomForest])(
  '$name refuses what are no two classes',
  (type) => {
    const set = classSet(9);
    const constant = { ...set, labels: new Float64Array(ROWS).fill(1) };
    expect(() => train(type, constant)).toThrow(/All 160 training rows are of class 1/);
    const odd = { ...set, labels: set.labels.map((y, i) => (i === 3 ? 0.5 : y)) };
    expect(() => train(type, odd)).toThrow(/Training row 3 of 160 has the label 0.5; a class is 0 or 1/);
  },
);
