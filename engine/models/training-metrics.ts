import { averageRanks, correlationOfRanks } from '../statistics/ranks.ts';
import type { Member, TrainingSet } from './model.ts';

/** How well the members predict the rows they left out; labels in log return. */
export interface TrainingMetrics {
  /** Root mean squared error, log return. */
  readonly rmse: number;
  /** Mean absolute error, log return. */
  readonly mae: number;
  /**
   * 1 - squared error / squared error of predicting the member's mean training label; below 0 is worse than that
   * mean.
   */
  readonly r2: number;
  /** Spearman's rank correlation of predictions and labels, -1..1; 0 if either does not vary, as of a constant model. */
  readonly rankIc: number;
}

/** One member's predictions of the block it left out. */
export interface LeftOutPredictions {
  readonly predictions: Float64Array;
  /** Same rows. */
  readonly labels: Float64Array;
  /** Mean label of the rows the member learned from: what one would predict without a model. */
  readonly trainMean: number;
}

export function leftOutPredictions(member: Member, data: TrainingSet): LeftOutPredictions {
  const { from, to } = data.leftOut;
  const predictions = new Float64Array(to - from);
  member.predict(data.features.columns, from, to - from, predictions);
  let sum = 0;
  let rows = 0;
  for (const range of data.train) {
    for (let row = range.from; row < range.to; row++) sum += data.labels[row]!;
    rows += range.to - range.from;
  }
  return { predictions, labels: data.labels.subarray(from, to), trainMean: sum / rows };
}

/**
 * Metrics over the left-out rows of all members together.
 *
 * R2 compares with the mean of the *training* labels (out-of-sample R2, Campbell and Thompson 2008): the mean of the
 * left-out labels is not known when predicting. For the rank IC each prediction is taken from its member's training
 * mean: that mean is high where the left-out block is low and the other way round, so pooled predictions would rank
 * against the labels even if the features said nothing at all.
 */
export function trainingMetrics(parts: readonly LeftOutPredictions[]): TrainingMetrics {
  const count = parts.reduce((sum, part) => sum + part.labels.length, 0);
  const tilts = new Float64Array(count);
  const labels = new Float64Array(count);
  let squares = 0;
  let absolutes = 0;
  let baselineSquares = 0;
  let next = 0;
  for (const part of parts) {
    // A member that always says the same has no opinion to rank: its distance from the training mean is rounding error.
    const isConstant = part.predictions.every((prediction) => prediction === part.predictions[0]);
    for (let i = 0; i < part.labels.length; i++) {
      const error = part.labels[i]! - part.predictions[i]!;
      squares += error * error;
      absolutes += Math.abs(error);
      baselineSquares += (part.labels[i]! - part.trainMean) ** 2;
      tilts[next] = isConstant ? 0 : part.predictions[i]! - part.trainMean;
      labels[next] = part.labels[i]!;
      next++;
    }
  }
  return {
    rmse: Math.sqrt(squares / count),
    mae: absolutes / count,
    r2: baselineSquares === 0 ? 0 : 1 - squares / baselineSquares,
    rankIc: correlationOfRanks(averageRanks(tilts), ranksOfLabels(labels)),
  };
}

/** Labels of the latest cells with their ranks: all models of a market and horizon have the same. */
const ranked: { readonly labels: Float64Array; readonly ranks: Float64Array }[] = [];
const MOST_RANKED = 8;

function ranksOfLabels(labels: Float64Array): Float64Array {
  const known = ranked.find((one) => areSame(one.labels, labels));
  if (known !== undefined) return known.ranks;
  if (ranked.length === MOST_RANKED) ranked.shift();
  const ranks = averageRanks(labels);
  ranked.push({ labels, ranks });
  return ranks;
}

function areSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
