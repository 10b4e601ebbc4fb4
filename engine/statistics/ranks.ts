/**
 * Ranks of values, 1 for the smallest; equal values share the mean of their ranks (mid-ranks).
 * Same length as `values`, which stays as it is.
 */
export function averageRanks(values: Float64Array): Float64Array {
  // Sorting bare numbers and looking each rank up is several times faster than sorting indices with a comparator.
  const sorted = values.slice().sort();
  return values.map((value) => (countBelow(sorted, value, false) + countBelow(sorted, value, true) + 1) / 2);
}

/**
 * Spearman's rank correlation of two series of equal length, -1..1: Pearson's correlation of their mid-ranks. 0 if either
 * side is constant. Source: Spearman 1904; with ties as in Kendall, Rank Correlation Methods (1948).
 */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const ranksA = averageRanks(a);
  const ranksB = averageRanks(b);
  const mean = (a.length + 1) / 2;
  let covariance = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (let i = 0; i < a.length; i++) {
    const deviationA = ranksA[i]! - mean;
    const deviationB = ranksB[i]! - mean;
    covariance += deviationA * deviationB;
    varianceA += deviationA * deviationA;
    varianceB += deviationB * deviationB;
  }
  return varianceA === 0 || varianceB === 0 ? 0 : covariance / Math.sqrt(varianceA * varianceB);
}

/** Values of an ascending array that are less than `value`, or, if `orEqual`, at most `value`. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value || (orEqual && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
