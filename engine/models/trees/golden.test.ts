import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import type { AnyModelType } from '../model.ts';
import type { TreeEnsemble } from './ensemble.ts';
import { encodeEnsemble } from './ensemble-codec.ts';
import { gradientBoosting, lightgbm, randomForest, xgboost } from './index.ts';
import { train } from './testing/models.ts';
import { learnableLabels, normalColumns, trainingSet } from './testing/sets.ts';

/**
 * The bytes of models on seeded data, whatever the way they were computed: a faster way must leave them as they are. Where a
 * definition changes, so does the pipeline version, and `npx vitest run engine/models/trees/golden --update` writes them anew.
 */

const settings: readonly [AnyModelType, object][] = [
  [xgboost, {}],
  [xgboost, { max_depth: 12, min_child_weight: 0, reg_lambda: 0 }],
  [xgboost, { subsample: 0.6, colsample_bytree: 0.5, gamma: 0.5, max_bin: 32 }],
  [xgboost, { reg_alpha: 0.7, min_child_weight: 3.5 }],
  [xgboost, { objective: 'logistic', learning_rate: 0.5 }],
  [xgboost, { objective: 'logistic', reg_alpha: 0.2, reg_lambda: 0.1, min_child_weight: 0.01, max_depth: 9 }],
  [lightgbm, {}],
  [lightgbm, { min_data_in_leaf: 1, num_leaves: 90, max_depth: 9 }],
  [lightgbm, { bagging_fraction: 0.5, bagging_freq: 3, feature_fraction: 0.4, lambda_l1: 0.4 }],
  [lightgbm, { learning_rate: 0.5, data_sample_strategy: 'goss', min_data_in_leaf: 4 }],
  [gradientBoosting, {}],
  [gradientBoosting, { max_depth: 10, subsample: 0.7 }],
  [gradientBoosting, { max_depth: 16, min_samples_leaf: 4, early_stopping_rounds: 3 }],
  [randomForest, {}],
  [randomForest, { min_samples_leaf: 1, max_depth: 32, max_features: 1 }],
  [randomForest, { min_samples_leaf: 2, max_features: 0.05 }],
];

type Columns = readonly Float64Array[];

/** What real features are like: gaps, few distinct values, copies, constants, and one that is hardly ever there. */
function awkward(normal: Columns, seed: number): Columns {
  const prng = createPrng(seed);
  return normal.map((column, f) => {
    if (f % 8 === 1) return column.map((x) => (prng.float() < 0.15 ? Number.NaN : x));
    if (f % 8 === 2) return column.map((x) => Math.round(2 * x));
    if (f % 8 === 3) return column.map((x) => (x > 0.3 ? 1 : 0));
    if (f % 8 === 4) return normal[f - 1].slice();
    if (f % 8 === 5) return column.map(() => 4);
    if (f % 8 === 6) return column.map((x) => (x > 1.5 ? x : Number.NaN));
    return column;
  });
}

const kinds: readonly [string, (normal: Columns) => Columns][] = [
  ['normal', (normal) => normal],
  ['awkward', (normal) => awkward(normal, 5)],
];

function hashOf(model: TreeEnsemble): string {
  return createHash('sha256').update(encodeEnsemble(model)).digest('hex').slice(0, 16);
}

test.each([
  [40, 5],
  [60, 33],
  [137, 10],
  [400, 33],
  [860, 33],
  [3000, 14],
  [9000, 9],
])('models of %i rows and %i features have the bytes they always had', async (rows, features) => {
  const lines: string[] = [];
  for (const [kind, change] of kinds) {
    const normal = normalColumns(rows, features, rows);
    const set = trainingSet(change(normal), learnableLabels(rows + 1, normal), Math.floor(rows / 8));
    for (const [type, parameters] of settings) {
      const model = train(type, set, { n_estimators: rows > 1000 ? 5 : 12, ...parameters });
      lines.push(`${hashOf(model)} ${type.name} ${JSON.stringify(parameters)} ${kind}`);
    }
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`./testing/golden/${rows}-${features}.txt`);
});
