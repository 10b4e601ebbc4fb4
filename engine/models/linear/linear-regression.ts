import { z } from 'zod';
import { choleskySolve, pivotedCholesky } from './cholesky.ts';
import { linearModelType } from './linear-model.ts';

/**
 * A feature of which all but this part of its variance is explained by others is dropped: its coefficient would be
 * noise times a hundred thousand. Exact combinations (bands around their own average, a MACD histogram) are always
 * caught.
 */
const DEPENDENT = 1e-10;

/** Ordinary least squares, of classes logistic regression without a penalty; of linearly dependent features the ones with the most variance of their own are kept. */
export const linearRegression = linearModelType({
  name: 'linear_regression',
  title: 'Linear regression',
  description: 'Ordinary least squares: the plain baseline; overfits with many correlated features.',
  hyperparameters: z.strictObject({}),
  solve: ({ correlations, target, kept }) =>
    choleskySolve(pivotedCholesky(correlations, kept.length, DEPENDENT), target),
  penalty: () => ({ l1: 0, l2: 0 }),
});
