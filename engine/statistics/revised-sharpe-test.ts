import { normalCdf, normalQuantile } from './normal.ts';
import type { ObservedSharpe } from './sharpe-test.ts';

/**
 * Standard error that the Sharpe ratio of `count` returns has where the true one is `sharpe`, both per period, with
 * returns that follow their predecessors with the autocorrelation r, -1 < r < 1:
 * sqrt((a - b g3 SR + c (g4 - 1)/4 SR^2) / T), a = (1 + r)/(1 - r), b = 1 + r/(1 - r) + r^2/(1 - r^2), c = (1 + r^2)/(1 - r^2).
 * Source: López de Prado, Lipton and Zoonekynd, How to Use the Sharpe Ratio (2025).
 */
export function sharpeError(
  { sharpe, skewness, kurtosis }: ObservedSharpe,
  count: number,
  autocorrelation = 0,
): number {
  const r = autocorrelation;
  const square = r * r;
  const a = (1 + r) / (1 - r);
  const b = 1 + r / (1 - r) + square / (1 - square);
  const c = (1 + square) / (1 - square);
  return Math.sqrt((a - b * skewness * sharpe + ((c * (kurtosis - 1)) / 4) * sharpe * sharpe) / count);
}

/**
 * Probabilistic Sharpe ratio of 2025: as `probabilisticSharpe`, but with the error that the Sharpe ratio has where
 * `benchmark` is the true one, which is what is to be rejected, and over T instead of T - 1.
 */
export function revisedProbabilisticSharpe(
  observed: ObservedSharpe,
  count: number,
  benchmark: number,
  autocorrelation = 0,
): number | null {
  const error = sharpeError({ ...observed, sharpe: benchmark }, count, autocorrelation);
  return error > 0 ? normalCdf((observed.sharpe - benchmark) / error) : null;
}

/**
 * Minimum track record length of 2025, in periods, not rounded: T at which the Sharpe ratio would exceed `benchmark` with the
 * given confidence, with the error as it is where `benchmark` is the true one. Null where it doesn't exceed it at all.
 */
export function revisedMinimumTrackRecord(
  observed: ObservedSharpe,
  benchmark: number,
  confidence = 0.95,
  autocorrelation = 0,
): number | null {
  if (!(observed.sharpe > benchmark)) return null;
  const error = sharpeError({ ...observed, sharpe: benchmark }, 1, autocorrelation);
  return ((normalQuantile(confidence) * error) / (observed.sharpe - benchmark)) ** 2;
}
