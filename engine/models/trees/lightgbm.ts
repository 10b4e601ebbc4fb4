import { z } from 'zod';
import type { ModelTask } from '../model.ts';
import { type BoostingPlan, boost } from './boosting.ts';
import { boostingUpdating } from './further-rounds.ts';
import { NO_GAIN } from './grow.ts';
import { atLeastZero, count, earlyStopping, estimators, learningRate, maxBin, share } from './parameters.ts';
import { treeModel } from './tree-model.ts';

/** Names, defaults and meaning as in LightGBM; `lambda_l1` counts on labels in units of their standard deviation. */
export const lightgbmParameters = z
  .strictObject({
    n_estimators: estimators,
    learning_rate: learningRate(0.1),
    num_leaves: z.int().min(2).max(512).default(31).describe('Leaves per tree.'),
    max_depth: z
      .int()
      .min(-1)
      .max(64)
      .default(-1)
      .describe('Splits from the root to the deepest leaf; 0 or -1: no limit.'),
    min_data_in_leaf: count(20, 100_000, 'Fewest rows in a leaf.'),
    min_sum_hessian_in_leaf: atLeastZero(1e-3, 'Smallest sum of hessians in a leaf.'),
    lambda_l1: atLeastZero(0, 'L1 penalty on leaf values, on labels of unit variance.'),
    lambda_l2: atLeastZero(0, 'L2 penalty on leaf values.'),
    feature_fraction: share(1, 'Share of the features drawn for each tree.'),
    bagging_fraction: share(1, 'Share of the rows drawn for a bag.'),
    bagging_freq: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('Draw a new bag every this many trees; 0: no bagging.'),
    data_sample_strategy: z
      .enum(['bagging', 'goss'])
      .default('bagging')
      .describe(
        'goss keeps the rows with the largest gradients and a sample of the others, from 100,000 rows on; fewer are all kept.',
      ),
    top_rate: share(0.2, 'goss: share of the rows kept for their gradients.'),
    other_rate: share(0.1, 'goss: share of all rows sampled from the others.'),
    max_bin: maxBin(256),
    early_stopping_rounds: earlyStopping,
  })
  .refine((p) => p.top_rate + p.other_rate <= 1, {
    path: ['other_rate'],
    message: 'top_rate and other_rate together must not exceed 1.',
  });

/** LightGBM's algorithm (Ke et al. 2017): leaf-wise, best first. */
export const lightgbm = treeModel({
  name: 'lightgbm',
  title: 'LightGBM (own implementation)',
  description:
    'Boosting that always splits the most promising leaf; fast and accurate, watch for overfitting.',
  hyperparameters: lightgbmParameters,
  fit: (data, p) => boost(data, lightgbmPlan(p, data.task)),
  updating: boostingUpdating(lightgbmPlan),
});

/** How `boost` carries these hyper-parameters out. */
export function lightgbmPlan(
  p: z.infer<typeof lightgbmParameters>,
  task: ModelTask = 'returns',
): BoostingPlan {
  const isClasses = task === 'classes';
  return {
    rounds: p.n_estimators,
    learningRate: p.learning_rate,
    objective: isClasses ? 'classes' : 'squared_error',
    limits: {
      maxDepth: p.max_depth <= 0 ? Number.POSITIVE_INFINITY : p.max_depth,
      maxLeaves: p.num_leaves,
      // The hessian of squared error is 1, so rows and hessians count the same.
      minHessian: isClasses
        ? p.min_sum_hessian_in_leaf
        : Math.max(p.min_data_in_leaf, p.min_sum_hessian_in_leaf),
      minRows: isClasses ? p.min_data_in_leaf : undefined,
      minGain: NO_GAIN,
      lambda: p.lambda_l2,
      alpha: p.lambda_l1,
      featuresPerSplit: undefined,
      drawsTies: false,
    },
    rowSampling:
      p.data_sample_strategy === 'goss'
        ? {
            kind: 'goss',
            topRate: p.top_rate,
            otherRate: p.other_rate,
            warmUp: Math.floor(1 / p.learning_rate),
          }
        : {
            kind: 'bagging',
            fraction: p.bagging_freq === 0 ? 1 : p.bagging_fraction,
            every: Math.max(1, p.bagging_freq),
          },
    featureFraction: p.feature_fraction,
    maxBins: p.max_bin,
    earlyStoppingRounds: p.early_stopping_rounds,
    keepTraining: false,
  };
}
