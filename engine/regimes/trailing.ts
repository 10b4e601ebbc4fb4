import { lowerBound } from '../market/candles.ts';

/** Bars that percentiles and averages in rules refer to, the current one included. */
export const TRAILING_BARS = 500;
/** With fewer values than this among them a percentile or average says too little: it is NaN and no rule holds. */
export const MIN_TRAILING_BARS = 100;

/**
 * Percentiles of the trailing 500 values at each position from `first` on: one column per wanted percentile, element i
 * belonging to position first + i. Linear interpolation between order statistics (Hyndman and Fan 1996, type 7: what
 * spreadsheets and NumPy give). NaN values are left out of the count. Depends on the values in the window only, not
 * on those before it.
 */
export function trailingPercentiles(
  values: Float64Array,
  first: number,
  percentiles: readonly number[],
): Float64Array[] {
  const columns = percentiles.map(() => new Float64Array(values.length - first));
  // Unused places hold Infinity, so that the array as a whole stays ascending.
  const sorted = new Float64Array(TRAILING_BARS).fill(Number.POSITIVE_INFINITY);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const leaving = i - TRAILING_BARS;
    if (leaving >= 0 && !Number.isNaN(values[leaving])) {
      const at = lowerBound(sorted, values[leaving]!);
      sorted.copyWithin(at, at + 1);
      sorted[TRAILING_BARS - 1] = Number.POSITIVE_INFINITY;
      count--;
    }
    if (!Number.isNaN(values[i])) {
      const at = lowerBound(sorted, values[i]!);
      sorted.copyWithin(at + 1, at);
      sorted[at] = values[i]!;
      count++;
    }
    if (i < first) continue;
    for (let k = 0; k < columns.length; k++) {
      columns[k]![i - first] =
        count < MIN_TRAILING_BARS ? Number.NaN : interpolated(sorted, ((count - 1) * percentiles[k]!) / 100);
    }
  }
  return columns;
}

/**
 * Mean of the trailing 500 values at each position from `first` on. NaN values are left out. Summed afresh per window:
 * a running sum would carry the rounding of everything before it.
 */
export function trailingAverages(values: Float64Array, first: number): Float64Array {
  const averages = new Float64Array(values.length - first);
  for (let i = first; i < values.length; i++) {
    let sum = 0;
    let count = 0;
    for (let j = Math.max(0, i - TRAILING_BARS + 1); j <= i; j++) {
      if (Number.isNaN(values[j])) continue;
      sum += values[j]!;
      count++;
    }
    averages[i - first] = count < MIN_TRAILING_BARS ? Number.NaN : sum / count;
  }
  return averages;
}

function interpolated(sorted: Float64Array, position: number): number {
  const below = Math.floor(position);
  const fraction = position - below;
  if (fraction === 0) return sorted[below]!;
  return sorted[below]! + fraction * (sorted[below + 1]! - sorted[below]!);
}
