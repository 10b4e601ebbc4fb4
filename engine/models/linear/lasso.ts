import { z } from 'zod';
import { elasticNet } from './elastic-net-solver.ts';
import { linearModelType } from './linear-model.ts';

/**
 * Minimizes |y - X b|^2 / (2 n) + alpha * sum |b_j| on standardized features and label; of classes their mean log loss + the same
 * penalty (`LogisticRegression` with penalty l1 and C = 1 / (n alpha)), where alpha is compared with covariances of features and class.
 */
export const lasso = linearModelType({
  name: 'lasso',
  title: 'Lasso',
  description: 'Linear model that uses few features and sets the others to zero.',
  hyperparameters: z.strictObject({
    alpha: z
      .number()
      .min(1e-5)
      .max(1)
      .default(0.01)
      .describe(
        'Correlation with the label below which a feature is left out; the label has deviation 1, a class at most 0.5.',
      ),
  }),
  solve: (problem, { alpha }) => elasticNet(problem, alpha, 0),
  penalty: ({ alpha }) => ({ l1: alpha, l2: 0 }),
});
