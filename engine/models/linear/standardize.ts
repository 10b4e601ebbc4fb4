import { EngineError } from '../../contract/errors.ts';
import { type Moments, packedIndex } from './gram.ts';

/**
 * A least-squares problem on standardized features and label (mean 0, standard deviation 1 over the training rows,
 * dividing by the number of rows): minimize |y - X b|^2 / (2 rows) plus the model's penalty, where X'X / rows is
 * `correlations` and X'y / rows is `target`.
 */
export interface StandardizedProblem {
  readonly rows: number;
  /** Features that vary over the training rows, ascending; all arrays below are in this order. */
  readonly kept: Uint32Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  readonly labelMean: number;
  readonly labelDeviation: number;
  /** kept.length x kept.length, symmetric, ones on the diagonal. */
  readonly correlations: Float64Array;
  /** Correlation of each kept feature with the label. */
  readonly target: Float64Array;
}

/**
 * A column is constant if its variance is less than this part of its mean square around the shift, or its deviation
 * less than CONSTANT_LEVEL of its mean: what is left is rounding of the sums, or of the values themselves.
 */
const CONSTANT_VARIANCE = 1e-10;
const CONSTANT_LEVEL = 1e-12;

/**
 * The problem that the training rows of these moments pose to a linear model. Constant features are left out; with a constant label all
 * are, since nothing is to be explained.
 * @throws EngineError `training-failed` where a feature or label of the training rows is not finite.
 */
export function standardizedProblem(moments: Moments, names: readonly string[]): StandardizedProblem {
  requireFinite(moments, names);
  const { rows, centers, sums, gram, labelProducts } = moments;
  const p = centers.length;

  const labelMean = moments.labelSum / rows;
  const labelVariance = variance(moments.labelSquares / rows, labelMean, labelMean);

  const kept: number[] = [];
  const variances = new Float64Array(p);
  for (let j = 0; j < p && labelVariance > 0; j++) {
    const shift = sums[j] / rows;
    variances[j] = variance(gram[packedIndex(p, j, j)] / rows, shift, centers[j] + shift);
    if (variances[j] > 0) kept.push(j);
  }

  const size = kept.length;
  const labelDeviation = Math.sqrt(labelVariance);
  const deviations = Float64Array.from(kept, (j) => Math.sqrt(variances[j]));
  const correlations = new Float64Array(size * size);
  const target = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    const i = kept[a];
    const shift = sums[i] / rows;
    target[a] = (labelProducts[i] / rows - shift * labelMean) / (deviations[a] * labelDeviation);
    correlations[a * size + a] = 1;
    for (let b = a + 1; b < size; b++) {
      const j = kept[b];
      const covariance = gram[packedIndex(p, i, j)] / rows - shift * (sums[j] / rows);
      const correlation = covariance / (deviations[a] * deviations[b]);
      correlations[a * size + b] = correlation;
      correlations[b * size + a] = correlation;
    }
  }
  return {
    rows,
    kept: Uint32Array.from(kept),
    means: Float64Array.from(kept, (j) => centers[j] + sums[j] / rows),
    deviations,
    labelMean,
    labelDeviation,
    correlations,
    target,
  };
}

/** Variance from the mean square and mean of shifted values; 0 where it is indistinguishable from rounding. */
function variance(meanSquare: number, shiftedMean: number, mean: number): number {
  const value = meanSquare - shiftedMean * shiftedMean;
  const constant = value <= CONSTANT_VARIANCE * meanSquare || value <= (CONSTANT_LEVEL * mean) ** 2;
  return constant ? 0 : value;
}

function requireFinite(moments: Moments, names: readonly string[]): void {
  const p = names.length;
  for (let j = 0; j < p; j++) {
    if (!Number.isFinite(moments.gram[packedIndex(p, j, j)])) {
      throw new EngineError(
        'training-failed',
        `Feature "${names[j]}" must be finite on every training row, but it is not. ` +
          'Check the candles for missing or zero prices.',
        { feature: names[j] },
      );
    }
  }
  if (!Number.isFinite(moments.labelSquares)) {
    throw new EngineError(
      'training-failed',
      'The label must be finite on every training row, but it is not. Check the candles for missing or zero prices.',
    );
  }
}
