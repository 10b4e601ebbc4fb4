import { autocovariances } from './autocovariance.ts';
import { meanOf } from './moments.ts';
import { averageRanks } from './ranks.ts';

/**
 * What overlapping labels multiply a naive standard error by: labels of horizon h share up to h - 1 bars with their
 * neighbors, so products of a persistent forecast with them repeat each other. With u_t = (a_t - mean)(b_t - mean) of two
 * series in the order of time and r_k the autocorrelation of u: sqrt(max(1, 1 + 2 sum_(k<h) r_k)). 1 where u does not vary.
 * Source: Hansen and Hodrick 1980 (h - 1 autocovariances, unweighted), applied to the products of the statistic.
 */
export function overlapFactor(a: Float64Array, b: Float64Array, horizon: number): number {
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  const products = a.map((value, i) => (value - meanA) * (b[i]! - meanB));
  const covariances = autocovariances(products, Math.max(0, horizon - 1));
  const variance = covariances[0]!;
  if (!(variance > 0)) return 1;
  let sum = 0;
  for (let lag = 1; lag < horizon; lag++) sum += covariances[lag]!;
  return Math.sqrt(Math.max(1, 1 + (2 * sum) / variance));
}

/**
 * Standard error of the balanced accuracy of `predicted` classes (0 or 1, in the order of time) without an edge:
 * sqrt(0.25/n1 + 0.25/n0) / 2 times `overlapFactor` of both. Null with one class only.
 */
export function balancedAccuracyError(
  predicted: Uint8Array,
  actual: Uint8Array,
  horizon: number,
): number | null {
  const [negatives, positives] = countsOf(actual);
  if (positives === 0 || negatives === 0) return null;
  const naive = Math.sqrt(0.25 / positives + 0.25 / negatives) / 2;
  return naive * overlapFactor(Float64Array.from(predicted), Float64Array.from(actual), horizon);
}

/**
 * Standard error of the area under the ROC curve of `scores` (in the order of time) without an edge:
 * sqrt((n + 1) / (12 n1 n0)), that of the Mann-Whitney statistic, times `overlapFactor` of the scores' ranks and the
 * classes. Null with one class only.
 */
export function rocAucError(scores: Float64Array, actual: Uint8Array, horizon: number): number | null {
  const [negatives, positives] = countsOf(actual);
  if (positives === 0 || negatives === 0) return null;
  const naive = Math.sqrt((actual.length + 1) / (12 * positives * negatives));
  return naive * overlapFactor(averageRanks(scores), Float64Array.from(actual), horizon);
}

/**
 * Standard error of Spearman's rank correlation of `scores` and `labels` (in the order of time) without an edge:
 * 1 / sqrt(n - 1) times `overlapFactor` of both sides' ranks. Null below two values.
 */
export function rankCorrelationError(
  scores: Float64Array,
  labels: Float64Array,
  horizon: number,
): number | null {
  if (labels.length < 2) return null;
  const factor = overlapFactor(averageRanks(scores), averageRanks(labels), horizon);
  return factor / Math.sqrt(labels.length - 1);
}

function countsOf(actual: Uint8Array): [negatives: number, positives: number] {
  let positives = 0;
  for (let i = 0; i < actual.length; i++) positives += actual[i]!;
  return [actual.length - positives, positives];
}
