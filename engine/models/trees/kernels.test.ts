import { describe, expect, test } from 'vitest';
import type { TrainingSet } from '../model.ts';
import { type BoostingPlan, boost } from './boosting.ts';
import type { TreeEnsemble } from './ensemble.ts';
import { encodeEnsemble } from './ensemble-codec.ts';
import { gradientBoostingParameters, gradientBoostingPlan } from './gradient-boosting.ts';
import type { Kernel } from './kernel/kernel.ts';
import { createReferenceKernel } from './kernel/reference.ts';
import { lightgbmParameters, lightgbmPlan } from './lightgbm.ts';
import { fitForest, randomForestParameters } from './random-forest.ts';
import { meanSquare, predict } from './testing/models.ts';
import { learnableLabels, normalColumns, trainingSet } from './testing/sets.ts';
import { xgboostParameters, xgboostPlan } from './xgboost.ts';

const ROWS = 600;
const columns = normalColumns(1, 6, ROWS);
const labels = learnableLabels(2, columns);

type Train = (set: TrainingSet, kernel?: Kernel) => TreeEnsemble;
const planned =
  (plan: BoostingPlan): Train =>
  (set, kernel) =>
    boost(set, plan, kernel);

const variants: readonly [string, Train][] = [
  ['xgboost', planned(xgboostPlan(xgboostParameters.parse({ n_estimators: 8 })))],
  [
    'xgboost on samples',
    planned(
      xgboostPlan(
        xgboostParameters.parse({
          n_estimators: 8,
          subsample: 0.6,
          colsample_bytree: 0.5,
          gamma: 0.5,
          reg_alpha: 0.3,
          max_bin: 32,
        }),
      ),
    ),
  ],
  [
    'xgboost, logistic',
    planned(xgboostPlan(xgboostParameters.parse({ n_estimators: 8, objective: 'logistic' }))),
  ],
  ['lightgbm', planned(lightgbmPlan(lightgbmParameters.parse({ n_estimators: 8, min_data_in_leaf: 3 })))],
  [
    'lightgbm on bags',
    planned(
      lightgbmPlan(
        lightgbmParameters.parse({
          n_estimators: 8,
          bagging_fraction: 0.5,
          bagging_freq: 3,
          feature_fraction: 0.5,
        }),
      ),
    ),
  ],
  [
    'lightgbm with goss',
    planned(
      lightgbmPlan(
        lightgbmParameters.parse({ n_estimators: 8, learning_rate: 0.5, data_sample_strategy: 'goss' }),
      ),
    ),
  ],
  [
    'gradient boosting',
    planned(gradientBoostingPlan(gradientBoostingParameters.parse({ n_estimators: 8, subsample: 0.7 }))),
  ],
  [
    'random forest',
    (set, kernel) =>
      fitForest(set, randomForestParameters.parse({ n_estimators: 8, min_samples_leaf: 1 }), kernel),
  ],
];

describe.each(variants)('%s', (_name, fitVariant) => {
  const gaps = columns.map((column, f) => (f === 1 ? column.map((x) => (x > 1 ? Number.NaN : x)) : column));
  const set = trainingSet(gaps, labels);

  test('the compiled kernel and the plain one give the same bytes, in training and in prediction', () => {
    const kernel = createReferenceKernel();
    const compiled = fitVariant(set);
    expect(encodeEnsemble(fitVariant(set, kernel))).toEqual(encodeEnsemble(compiled));
    const ours = new Float64Array(ROWS);
    const plain = new Float64Array(ROWS);
    compiled.sumTrees(gaps, 0, ROWS, ours);
    compiled.sumTrees(gaps, 0, ROWS, plain, kernel);
    expect(plain).toEqual(ours);
  });

  test('learns', () => {
    const mean = labels.reduce((a, b) => a + b, 0) / ROWS;
    const base = meanSquare(new Float64Array(ROWS).fill(mean), labels);
    expect(meanSquare(predict(fitVariant(set), gaps), labels)).toBeLessThan(0.9 * base);
  });
});
