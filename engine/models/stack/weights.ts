import { nonNegativeLeastSquares } from './nnls.ts';

/**
 * What parts of a stack said of rows that they had not learned from, each row counted from what one would say of it without a model (its
 * center): the mean training label, of classes the log odds of the base rate.
 */
export interface StackRows {
  /** Per part and row: output less center; of classes in log odds. */
  readonly outputs: readonly Float64Array[];
  /** Per row. */
  readonly centers: Float64Array;
  /** Per row: the label, of classes 0 or 1. */
  readonly labels: Float64Array;
}

/**
 * Weight of each part, none below 0, with which center + sum of weight x (output - center) has the smallest squared error over the rows
 * (Breiman, Stacked Regressions, 1996). A part that only repeats others, or says nothing, gets 0.
 */
export function returnWeights({ outputs, centers, labels }: StackRows): Float64Array {
  const target = labels.map((label, i) => label - centers[i]!);
  return nonNegativeLeastSquares(
    gramOf(outputs),
    Float64Array.from(outputs, (output) => sumOfProducts(output, target)),
  );
}

/** Newton steps; each lowers the loss, and some ten reach the bottom. */
const MOST_STEPS = 100;
const MOST_HALVINGS = 40;
/** A loss that falls by less than this share of itself has reached the bottom. */
const BOTTOM = 1e-13;

/**
 * The same for probabilities: weights, none below 0, with the smallest log loss, by Newton steps that are non-negative least squares each
 * (projected Newton: Bertsekas, SIAM J. Control and Optimization 20, 1982), halved until the loss falls.
 *
 * @param weights of a row of class 0, and of class 1
 */
export function classWeights(rows: StackRows, weights: readonly [number, number]): Float64Array {
  const { outputs, labels } = rows;
  const size = outputs.length;
  let current: Float64Array<ArrayBufferLike> = new Float64Array(size);
  let loss = logLoss(rows, current, weights);
  for (let step = 0; step < MOST_STEPS; step++) {
    const probabilities = probabilitiesOf(rows, current);
    const curvature = probabilities.map((q, i) => weights[labels[i] as 0 | 1]! * q * (1 - q));
    const pull = probabilities.map((q, i) => weights[labels[i] as 0 | 1]! * (labels[i]! - q));
    const gram = gramOf(outputs, curvature);
    const products = Float64Array.from(outputs, (output, j) => {
      let sum = sumOfProducts(output, pull);
      for (let k = 0; k < size; k++) sum += gram[j * size + k]! * current[k]!;
      return sum;
    });
    const wanted = nonNegativeLeastSquares(gram, products);
    const next = lower(rows, weights, { current, loss, wanted });
    if (next === undefined) return current;
    const hasArrived = loss - next.loss < BOTTOM * loss;
    ({ current, loss } = next);
    if (hasArrived) return current;
  }
  return current;
}

function lower(
  rows: StackRows,
  weights: readonly [number, number],
  {
    current,
    loss,
    wanted,
  }: { readonly current: Float64Array; readonly loss: number; readonly wanted: Float64Array },
): { readonly current: Float64Array; readonly loss: number } | undefined {
  for (let halving = 0, share = 1; halving < MOST_HALVINGS; halving++, share /= 2) {
    const tried = current.map((value, j) => value + share * (wanted[j]! - value));
    const found = logLoss(rows, tried, weights);
    if (found < loss) return { current: tried, loss: found };
  }
  return undefined;
}

/** Sums of products of all pairs of outputs, row by row; `shares`: what each row counts. */
function gramOf(outputs: readonly Float64Array[], shares?: Float64Array): Float64Array {
  const size = outputs.length;
  const gram = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      gram[j * size + k] = sumOfProducts(outputs[j]!, outputs[k]!, shares);
      gram[k * size + j] = gram[j * size + k]!;
    }
  }
  return gram;
}

function sumOfProducts(a: Float64Array, b: Float64Array, shares?: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]! * (shares === undefined ? 1 : shares[i]!);
  return sum;
}

function scoresOf({ outputs, centers }: StackRows, weights: Float64Array): Float64Array {
  return centers.map((center, i) =>
    outputs.reduce((sum, output, j) => sum + weights[j]! * output[i]!, center),
  );
}

function probabilitiesOf(rows: StackRows, weights: Float64Array): Float64Array {
  return scoresOf(rows, weights).map((score) => 1 / (1 + Math.exp(-score)));
}

function logLoss(rows: StackRows, current: Float64Array, weights: readonly [number, number]): number {
  const { labels } = rows;
  return scoresOf(rows, current).reduce((sum, score, i) => {
    // ln(1 + e^-|z|) does not overflow.
    const signed = labels[i] === 1 ? -score : score;
    return (
      sum + weights[labels[i] as 0 | 1]! * (Math.max(0, signed) + Math.log1p(Math.exp(-Math.abs(signed))))
    );
  }, 0);
}
