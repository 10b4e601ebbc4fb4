/**
 * Share of the variance of `values` that their levels explain: epsilon squared, 1 - (SS within / (n - k)) / (SS total / (n - 1)), k levels
 * (Kelley 1935, "An unbiased correlation ratio measure"): the adjusted R^2 of a one-way analysis of variance, so that many levels alone
 * explain nothing. 0 where it is below 0; null where nothing varies, or there are no more values than levels.
 *
 * @param levels level of each value, whole numbers from 0
 */
export function explainedByLevels(levels: readonly number[], values: readonly number[]): number | null {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const sums = new Map<number, { count: number; sum: number }>();
  let total = 0;
  for (let i = 0; i < n; i++) {
    total += (values[i]! - mean) ** 2;
    const level = sums.get(levels[i]!) ?? { count: 0, sum: 0 };
    level.count++;
    level.sum += values[i]!;
    sums.set(levels[i]!, level);
  }
  const k = sums.size;
  if (k < 2 || n <= k || total === 0) return null;
  let within = 0;
  for (let i = 0; i < n; i++) {
    const { count, sum } = sums.get(levels[i]!)!;
    within += (values[i]! - sum / count) ** 2;
  }
  return Math.max(0, 1 - within / (n - k) / (total / (n - 1)));
}

/** The middle value, or the mean of the two in the middle; NaN of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}
