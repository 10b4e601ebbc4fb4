import { z } from 'zod';
import { choleskySolve, pivotedCholesky } from './cholesky.ts';
import { linearModelType } from './linear-model.ts';

/**
 * Minimizes |y - X b|^2 + alpha * |b|^2 on standardized features (scikit-learn's `Ridge`); of classes the sum of their log loss
 * + alpha / 2 * |b|^2 (`LogisticRegression` with C = 1 / alpha).
 */
export const ridge = linearModelType({
  name: 'ridge',
  title: 'Ridge',
  description: 'Least squares with shrunken coefficients: steady when features are strongly correlated.',
  hyperparameters: z.strictObject({
    alpha: z
      .number()
      .min(1e-4)
      .max(1e6)
      .default(1)
      .describe('Strength of the shrinkage, compared with the number of training bars.'),
  }),
  solve: ({ correlations, target, kept, rows }, { alpha }) => {
    const size = kept.length;
    const penalized = correlations.slice();
    for (let a = 0; a < size; a++) penalized[a * size + a] += alpha / rows;
    return choleskySolve(pivotedCholesky(penalized, size, 0), target);
  },
  penalty: ({ alpha }, rows) => ({ l1: 0, l2: alpha / rows }),
});
