import { trainingClasses } from '../class-labels.ts';
import type { TrainingSet } from '../model.ts';
import type { StandardizedProblem } from './standardize.ts';

/**
 * A logistic regression on standardized features (mean 0, standard deviation 1 over the training rows): minimize the weighted mean of
 * -ln of the probability given to each row's class, plus the model's penalty on all coefficients but the intercept.
 */
export interface LogisticProblem {
  readonly rows: number;
  readonly size: number;
  /** Feature a of row r at [a * rows + r]. */
  readonly x: Float64Array;
  /** Class of each row, 0 or 1. */
  readonly classes: Float64Array;
  /** Weight of a row of class 0 and of class 1; all rows together weigh `rows`. */
  readonly weights: readonly [negative: number, positive: number];
  /** Weighted share of class 1. */
  readonly baseRate: number;
  /** X'X / rows. */
  readonly correlations: Float64Array;
}

/**
 * The problem that a training set for classes poses.
 * @throws EngineError `training-failed` where labels are no two classes.
 */
export function logisticProblem(data: TrainingSet, standardized: StandardizedProblem): LogisticProblem {
  const { rows, kept, means, deviations, correlations } = standardized;
  const classes = new Float64Array(rows);
  copyRanges(data, data.labels, classes, 0);
  const { weights, baseRate } = trainingClasses(classes, data.classWeight);
  const size = kept.length;
  const x = new Float64Array(size * rows);
  for (let a = 0; a < size; a++) {
    const at = a * rows;
    copyRanges(data, data.features.columns[kept[a]], x, at);
    const mean = means[a];
    const deviation = deviations[a];
    for (let i = at; i < at + rows; i++) x[i] = (x[i] - mean) / deviation;
  }
  return { rows, size, x, classes, weights, baseRate, correlations };
}

/** The problem on some of its features, ascending. */
export function withFeatures(problem: LogisticProblem, chosen: Uint32Array): LogisticProblem {
  const { rows, size } = problem;
  const x = new Float64Array(chosen.length * rows);
  const correlations = new Float64Array(chosen.length * chosen.length);
  chosen.forEach((a, i) => {
    x.set(problem.x.subarray(a * rows, (a + 1) * rows), i * rows);
    chosen.forEach((b, j) => {
      correlations[i * chosen.length + j] = problem.correlations[a * size + b];
    });
  });
  return { ...problem, size: chosen.length, x, correlations };
}

function copyRanges({ train }: TrainingSet, from: Float64Array, out: Float64Array, at: number): void {
  let end = at;
  for (const range of train) {
    out.set(from.subarray(range.from, range.to), end);
    end += range.to - range.from;
  }
}

/** The loss, its slope and its curvature where the solver stands; what each row contributes is kept for the curvature. */
export class LogisticLoss {
  /** Weighted mean log loss, nats. */
  loss = 0;
  /** Derivative by the intercept. */
  interceptSlope = 0;
  /** Derivatives by the coefficients. */
  readonly slopes: Float64Array;
  /** Rows on whose class the sign of the log odds is wrong, or silent. */
  wrong = 0;

  private readonly problem: LogisticProblem;
  /** Log odds, then slope of the loss by them. */
  private readonly values: Float64Array;
  /** Second derivative of the loss by a row's log odds. */
  private readonly curvatures: Float64Array;

  constructor(problem: LogisticProblem) {
    this.problem = problem;
    this.slopes = new Float64Array(problem.size);
    this.values = new Float64Array(problem.rows);
    this.curvatures = new Float64Array(problem.rows);
  }

  /** Computes all fields at these coefficients. */
  at(intercept: number, coefficients: Float64Array): void {
    const { rows, size, x, classes, weights } = this.problem;
    const { values, curvatures, slopes } = this;
    const [negative, positive] = weights;
    values.fill(intercept);
    addColumns(x, rows, size, coefficients, values);
    let loss = 0;
    let slope = 0;
    let wrong = 0;
    for (let i = 0; i < rows; i++) {
      const odds = values[i];
      const isPositive = classes[i] === 1;
      const weight = (isPositive ? positive : negative) / rows;
      const margin = isPositive ? odds : -odds;
      const small = Math.exp(-Math.abs(odds));
      const inverse = 1 / (1 + small);
      loss += weight * (Math.log1p(small) + Math.max(0, -margin));
      if (margin <= 0) wrong++;
      // The probability of the other class than the row's, without cancellation.
      const missed = margin > 0 ? small * inverse : inverse;
      const residual = isPositive ? -weight * missed : weight * missed;
      slope += residual;
      values[i] = residual;
      curvatures[i] = weight * small * inverse * inverse;
    }
    this.loss = loss;
    this.interceptSlope = slope;
    this.wrong = wrong;
    dotColumns(x, rows, size, values, slopes);
  }

  /**
   * The curvature where `at` stands, with the intercept at its best for every choice of coefficients: the weighted covariances of the
   * features (size x size), their weighted means, and the sum of the weights.
   */
  curvature(): { covariances: Float64Array; means: Float64Array; total: number } {
    const { rows, size, x } = this.problem;
    const { curvatures } = this;
    let total = 0;
    for (let i = 0; i < rows; i++) total += curvatures[i];
    const means = new Float64Array(size);
    dotColumns(x, rows, size, curvatures, means);
    for (let a = 0; a < size; a++) means[a] /= total;
    const covariances = new Float64Array(size * size);
    const weighted = new Float64Array(rows);
    const products = new Float64Array(size);
    for (let a = 0; a < size; a++) {
      for (let i = 0; i < rows; i++) weighted[i] = curvatures[i] * (x[a * rows + i] - means[a]);
      // Only columns a and behind: the matrix is symmetric.
      dotColumns(x.subarray(a * rows), rows, size - a, weighted, products);
      for (let b = a; b < size; b++) {
        covariances[a * size + b] = products[b - a];
        covariances[b * size + a] = products[b - a];
      }
    }
    return { covariances, means, total };
  }
}

/** out[i] += the sum of coefficients[a] * column a; columns with coefficient 0 cost nothing. */
function addColumns(
  x: Float64Array,
  rows: number,
  size: number,
  coefficients: Float64Array,
  out: Float64Array,
): void {
  const used: number[] = [];
  for (let a = 0; a < size; a++) if (coefficients[a] !== 0) used.push(a);
  let k = 0;
  for (; k + 4 <= used.length; k += 4) {
    const [a, b, c, d] = [used[k] * rows, used[k + 1] * rows, used[k + 2] * rows, used[k + 3] * rows];
    const ca = coefficients[used[k]];
    const cb = coefficients[used[k + 1]];
    const cc = coefficients[used[k + 2]];
    const cd = coefficients[used[k + 3]];
    for (let i = 0; i < rows; i++) out[i] += ca * x[a + i] + cb * x[b + i] + (cc * x[c + i] + cd * x[d + i]);
  }
  for (; k < used.length; k++) {
    const at = used[k] * rows;
    const coefficient = coefficients[used[k]];
    for (let i = 0; i < rows; i++) out[i] += coefficient * x[at + i];
  }
}

/** out[a] = column a times `values`. Four columns at a time: four independent sums, and the values are read once for all of them. */
function dotColumns(
  x: Float64Array,
  rows: number,
  size: number,
  values: Float64Array,
  out: Float64Array,
): void {
  let a = 0;
  for (; a + 4 <= size; a += 4) {
    const at = a * rows;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < rows; i++) {
      const value = values[i];
      s0 += value * x[at + i];
      s1 += value * x[at + rows + i];
      s2 += value * x[at + 2 * rows + i];
      s3 += value * x[at + 3 * rows + i];
    }
    out[a] = s0;
    out[a + 1] = s1;
    out[a + 2] = s2;
    out[a + 3] = s3;
  }
  for (; a < size; a++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += values[i] * x[a * rows + i];
    out[a] = sum;
  }
}
