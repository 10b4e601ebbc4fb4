import { normalCdf, normalQuantile } from './normal.ts';

/** A Sharpe ratio per period (not annual) with what its error depends on. */
export interface ObservedSharpe {
  /** Mean over standard deviation of the returns of a period. */
  readonly sharpe: number;
  /** Third standardized moment of the returns, 0 if symmetric. */
  readonly skewness: number;
  /** Fourth standardized moment, 3 (not 0) for normal returns. */
  readonly kurtosis: number;
}

/**
 * Probabilistic Sharpe ratio: chance that the true Sharpe ratio exceeds `benchmark` (same period), from `count` returns.
 * Phi((SR - SR*) sqrt(T - 1) / sqrt(1 - g3 SR + (g4 - 1)/4 SR^2)). Null below two returns, and where the error is 0.
 * Source: Bailey and López de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15 (2012).
 */
export function probabilisticSharpe(
  observed: ObservedSharpe,
  count: number,
  benchmark: number,
): number | null {
  const spread = spreadOf(observed);
  if (!(count >= 2) || !(spread > 0)) return null;
  return normalCdf(((observed.sharpe - benchmark) * Math.sqrt(count - 1)) / Math.sqrt(spread));
}

/**
 * Minimum track record length, in periods, not rounded: how many returns of this kind it takes until the Sharpe ratio
 * exceeds `benchmark` (same period) with the given confidence (0.5 to 1, exclusive).
 * 1 + (1 - g3 SR + (g4 - 1)/4 SR^2) (z / (SR - SR*))^2. Null where it doesn't exceed it at all.
 * Source: Bailey and López de Prado 2012, as above.
 */
export function minimumTrackRecord(
  observed: ObservedSharpe,
  benchmark: number,
  confidence = 0.95,
): number | null {
  if (!(observed.sharpe > benchmark)) return null;
  return 1 + spreadOf(observed) * (normalQuantile(confidence) / (observed.sharpe - benchmark)) ** 2;
}

/** T times the variance of an estimated Sharpe ratio per period (Mertens 2002). */
function spreadOf({ sharpe, skewness, kurtosis }: ObservedSharpe): number {
  return 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
}
