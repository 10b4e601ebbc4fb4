import { z } from 'zod';
import { elasticNet } from './elastic-net-solver.ts';
import { linearModelType } from './linear-model.ts';

/**
 * Minimizes |y - X b|^2 / (2 n) + alpha * (l1_ratio * sum |b_j| + (1 - l1_ratio) / 2 * sum b_j^2) on standardized
 * features and label (scikit-learn's `ElasticNet`); of classes their mean log loss + the same penalty (`LogisticRegression` with penalty
 * elasticnet and C = 1 / (n alpha)).
 */
export const elasticnet = linearModelType({
  name: 'elasticnet',
  title: 'Elastic net',
  description: 'Between ridge and lasso: drops useless features, keeps groups of correlated ones together.',
  hyperparameters: z.strictObject({
    alpha: z
      .number()
      .min(1e-5)
      .max(10)
      .default(0.01)
      .describe(
        'Strength of the whole penalty; the label has deviation 1, so it means the same for every symbol.',
      ),
    l1_ratio: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.5)
      .describe(
        'Share of the penalty that drops features (1: lasso); the rest shrinks them. For none, use ridge.',
      ),
  }),
  solve: (problem, { alpha, l1_ratio }) => elasticNet(problem, alpha * l1_ratio, alpha * (1 - l1_ratio)),
  penalty: ({ alpha, l1_ratio }) => ({ l1: alpha * l1_ratio, l2: alpha * (1 - l1_ratio) }),
});
