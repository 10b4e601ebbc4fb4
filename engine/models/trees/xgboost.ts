import { z } from 'zod';
import type { ModelTask } from '../model.ts';
import { type BoostingPlan, boost } from './boosting.ts';
import { boostingUpdating } from './further-rounds.ts';
import { NO_GAIN } from './grow.ts';
import { atLeastZero, depth, earlyStopping, estimators, learningRate, maxBin, share } from './parameters.ts';
import { treeModel } from './tree-model.ts';

/** Names, defaults and meaning as in XGBoost; `gamma`, `reg_alpha` count on labels in units of their standard deviation. */
export const xgboostParameters = z.strictObject({
  objective: z
    .enum(['squared_error', 'logistic'])
    .default('squared_error')
    .describe(
      'squared_error predicts the return. logistic predicts its sign; the expected return is (2 p - 1) times the mean absolute label. Targets that are classes have the log loss either way.',
    ),
  n_estimators: estimators,
  learning_rate: learningRate(0.3),
  max_depth: depth(6, 16),
  min_child_weight: atLeastZero(1, 'Smallest sum of hessians in a leaf: for squared error, its rows.'),
  reg_lambda: atLeastZero(1, 'L2 penalty on leaf values.'),
  reg_alpha: atLeastZero(0, 'L1 penalty on leaf values, on labels of unit variance.'),
  gamma: atLeastZero(0, 'Gain that a split must exceed, on labels of unit variance.'),
  subsample: share(1, 'Share of the rows drawn for each tree.'),
  colsample_bytree: share(1, 'Share of the features drawn for each tree.'),
  max_bin: maxBin(256),
  early_stopping_rounds: earlyStopping,
});

/** XGBoost's algorithm with the `hist` tree method (Chen & Guestrin 2016): second order, depth-wise. */
export const xgboost = treeModel({
  name: 'xgboost',
  title: 'XGBoost (own implementation)',
  description:
    'Regularized second-order boosting of depth-limited trees; strong all-rounder, exports to the XGBoost format.',
  hyperparameters: xgboostParameters,
  fit: (data, p) => boost(data, xgboostPlan(p, data.task)),
  updating: boostingUpdating(xgboostPlan),
});

/** How `boost` carries these hyper-parameters out. Classes have the log loss whatever the objective says. */
export function xgboostPlan(p: z.infer<typeof xgboostParameters>, task: ModelTask = 'returns'): BoostingPlan {
  return {
    rounds: p.n_estimators,
    learningRate: p.learning_rate,
    objective: task === 'classes' ? 'classes' : p.objective,
    limits: {
      maxDepth: p.max_depth,
      maxLeaves: Number.POSITIVE_INFINITY,
      minHessian: p.min_child_weight,
      minGain: Math.max(p.gamma, NO_GAIN),
      lambda: p.reg_lambda,
      alpha: p.reg_alpha,
      featuresPerSplit: undefined,
      drawsTies: false,
    },
    rowSampling: { kind: 'bagging', fraction: p.subsample, every: 1 },
    featureFraction: p.colsample_bytree,
    maxBins: p.max_bin,
    earlyStoppingRounds: p.early_stopping_rounds,
    keepTraining: true,
  };
}
