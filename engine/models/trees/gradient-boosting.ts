import { z } from 'zod';
import type { ModelTask } from '../model.ts';
import { type BoostingPlan, boost } from './boosting.ts';
import { boostingUpdating } from './further-rounds.ts';
import { NO_GAIN } from './grow.ts';
import { count, depth, earlyStopping, estimators, learningRate, share } from './parameters.ts';
import { treeModel } from './tree-model.ts';

/** Names, defaults and meaning as in scikit-learn's GradientBoostingRegressor. */
export const gradientBoostingParameters = z.strictObject({
  n_estimators: estimators,
  learning_rate: learningRate(0.1),
  max_depth: depth(3, 16),
  min_samples_leaf: count(1, 100_000, 'Fewest rows in a leaf.'),
  subsample: share(1, 'Share of the rows drawn for each tree.'),
  early_stopping_rounds: earlyStopping,
});

/**
 * Gradient boosting as in scikit-learn (Friedman 2001): first order, squared error. Its criterion friedman_mse,
 * nl nr / (nl + nr) * (mean left - mean right)^2, equals the second-order gain with hessian 1 and lambda 0. In deep trees on few
 * rows most splits tie; always to take the first feature costs 4 to 5 % of error beside a draw.
 */
export const gradientBoosting = treeModel({
  name: 'gradient_boosting',
  title: 'Gradient boosting',
  description: 'Classic boosting of shallow trees; quick to train, mild, hard to overfit.',
  hyperparameters: gradientBoostingParameters,
  fit: (data, p) => boost(data, gradientBoostingPlan(p, data.task)),
  updating: boostingUpdating(gradientBoostingPlan),
});

/** How `boost` carries these hyper-parameters out. */
export function gradientBoostingPlan(
  p: z.infer<typeof gradientBoostingParameters>,
  task: ModelTask = 'returns',
): BoostingPlan {
  return {
    rounds: p.n_estimators,
    learningRate: p.learning_rate,
    objective: task === 'classes' ? 'classes' : 'squared_error',
    splitsOn: 'rows',
    limits: {
      maxDepth: p.max_depth,
      maxLeaves: Number.POSITIVE_INFINITY,
      minHessian: p.min_samples_leaf,
      minGain: NO_GAIN,
      lambda: 0,
      alpha: 0,
      featuresPerSplit: undefined,
      drawsTies: true,
    },
    rowSampling: { kind: 'bagging', fraction: p.subsample, every: 1 },
    featureFraction: 1,
    maxBins: 256,
    earlyStoppingRounds: p.early_stopping_rounds,
    keepTraining: false,
  };
}
