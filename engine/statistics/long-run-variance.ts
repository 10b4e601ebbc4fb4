import { autocovariances } from './autocovariance.ts';
import { blockLengths } from './block-length.ts';
import { isConstant, meanOf } from './moments.ts';
import { studentCdf } from './student.ts';

/**
 * n times the variance that the mean of a series of n values has under the stationary bootstrap with the mean block
 * `meanBlock` (values, at least 1), in closed form; unit squared. At a mean block of 1 it is the variance with divisor n.
 * sum over lags of w(k) R(k): R(0) + 2 sum_(k=1..n-1) [(1 - k/n)(1 - p)^k + (k/n)(1 - p)^(n-k)] R(k), p = 1/meanBlock,
 * R(k) the autocovariance with divisor n. O(n^2).
 * Source: Politis and Romano, The Stationary Bootstrap, JASA 89 (1994), lemma 1.
 */
export function longRunVariance(values: Float64Array, meanBlock: number): number {
  const count = values.length;
  if (count === 0) return Number.NaN;
  const covariances = autocovariances(values, count - 1);
  const stay = 1 - 1 / meanBlock;
  let sum = covariances[0]!;
  for (let lag = 1; lag < count; lag++) {
    const share = lag / count;
    const weight = (1 - share) * stay ** lag + share * stay ** (count - lag);
    sum += 2 * weight * covariances[lag]!;
  }
  return sum;
}

/** A mean with what it may be off by. */
export interface MeanTest {
  readonly count: number;
  /** Unit of the values. */
  readonly mean: number;
  /** Standard error of the mean, unit of the values. */
  readonly error: number;
  /** mean / error. */
  readonly t: number;
  /** One-sided: chance of such a t or a larger one with a true mean of 0; Student's t with n - 1 degrees of freedom. */
  readonly p: number;
  /** Mean block that the long-run variance was taken with, values. */
  readonly meanBlock: number;
}

/**
 * Tests whether the mean of a series, such as net day sums, is above 0. Its error is root(max(V, W) / n): V the variance
 * with divisor n - 1, W the long-run variance with the stationary block length of `blockLengths`. The larger of the two,
 * since negative autocorrelation is rarely more than chance. Null for fewer than two values and for a constant.
 */
export function testOfMean(values: Float64Array): MeanTest | null {
  const count = values.length;
  if (count < 2 || isConstant(values)) return null;
  const mean = meanOf(values);
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i]! - mean) ** 2;
  const meanBlock = blockLengths(values).stationary;
  const variance = Math.max(squares / (count - 1), longRunVariance(values, meanBlock));
  const error = Math.sqrt(variance / count);
  const t = mean / error;
  return { count, mean, error, t, p: studentCdf(-t, count - 1), meanBlock };
}
