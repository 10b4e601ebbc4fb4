import { symmetricEigenvalues } from './symmetric-eigenvalues.ts';

/**
 * How many independent tries `count` tries amount to whose mean correlation is `correlation` (clipped to 0..1):
 * rho + (1 - rho) K. Source: Bailey and López de Prado, The Deflated Sharpe Ratio (2014), appendix 3.
 */
export function effectiveTries(count: number, correlation: number): number {
  if (count <= 1) return count;
  const rho = Math.min(1, Math.max(0, correlation));
  return rho + (1 - rho) * count;
}

/** The sum of standardized series over the same days, to which more are added as they come. */
export interface StandardizedSum {
  /** Series added. */
  count: number;
  /** Z: one value a day. */
  readonly sum: Float64Array;
}

export function noStandardizedSum(days: number): StandardizedSum {
  return { count: 0, sum: new Float64Array(days) };
}

/**
 * What standardized values are rounded to: a sum of 2^28 of them is exact, and so has the same bits in whatever order and parts it
 * is added up.
 */
const GRAIN = 2 ** -20;

/**
 * Adds `series` series of day sums, one after the other in `daySums`, each brought to mean 0 and standard deviation 1
 * (divisor D, the number of days) and rounded to a multiple of 2^-20. One that does not vary says nothing of a correlation and
 * is left out.
 */
export function addStandardized(into: StandardizedSum, daySums: Float64Array, series: number): void {
  const days = into.sum.length;
  for (let one = 0; one < series; one++) {
    const start = one * days;
    const first = daySums[start]!;
    let varies = false;
    let mean = 0;
    for (let day = 0; day < days; day++) {
      const x = daySums[start + day]!;
      mean += x;
      if (x !== first) varies = true;
    }
    mean /= days;
    let squares = 0;
    for (let day = 0; day < days; day++) squares += (daySums[start + day]! - mean) ** 2;
    if (!varies || !(squares > 0)) continue;
    const scale = 1 / (Math.sqrt(squares / days) * GRAIN);
    for (let day = 0; day < days; day++) {
      into.sum[day]! += Math.round((daySums[start + day]! - mean) * scale) * GRAIN;
    }
    into.count++;
  }
}

/**
 * Mean correlation of all pairs of K series from the sum Z of their standardized values over D days, without a single
 * pair: |Z|^2 / D is the sum of all K^2 correlations, so rho = (|Z|^2 / D - K) / (K (K - 1)). 0 for fewer than two series.
 * Not clipped: chance can take it below 0.
 */
export function meanCorrelation({ count, sum }: StandardizedSum): number {
  if (count < 2) return 0;
  let squares = 0;
  for (let day = 0; day < sum.length; day++) squares += sum[day]! * sum[day]!;
  return (squares / sum.length - count) / (count * (count - 1));
}

/**
 * Effective rank of a correlation (or other positive semidefinite) matrix of `size` rows, row by row: exp of the entropy
 * of its eigenvalues as shares of their sum, 1..size. 0 for a matrix of zeros.
 * Source: Roy and Vetterli, The Effective Rank, EUSIPCO 2007.
 */
export function effectiveRank(matrix: Float64Array, size: number): number {
  const eigenvalues = symmetricEigenvalues(matrix, size);
  let trace = 0;
  for (const value of eigenvalues) trace += Math.max(0, value);
  if (!(trace > 0)) return 0;
  let entropy = 0;
  for (const value of eigenvalues) {
    const share = value / trace;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
