/**
 * Ranks of values, 1 for the smallest; equal values share the mean of their ranks (mid-ranks).
 * Same length as `values`, which stays as it is.
 */
export function averageRanks(values: Float64Array): Float64Array {
  // Sorting bare numbers and looking each rank up is several times faster than sorting indices with a comparator.
  const sorted = values.slice().sort();
  const { length } = sorted;
  const rankAt = new Float64Array(length);
  for (let from = 0; from < length; ) {
    let to = from + 1;
    while (to < length && sorted[to] === sorted[from]) to++;
    rankAt.fill((from + to + 1) / 2, from, to);
    from = to;
  }
  const places = new Places(sorted);
  const ranks = new Float64Array(length);
  for (let i = 0; i < length; i++) ranks[i] = rankAt[places.of(values[i]!)]!;
  return ranks;
}

/** Where the values of an ascending array begin. */
class Places {
  readonly #sorted: Float64Array;
  /** Of as many buckets as values, equally wide: how many values lie below. Where they are few in each, a look-up takes few steps. */
  readonly #below: Int32Array;
  readonly #first: number;
  readonly #scale: number;

  constructor(sorted: Float64Array) {
    const { length } = sorted;
    const range = sorted[length - 1]! - sorted[0]!;
    this.#sorted = sorted;
    this.#first = sorted[0]!;
    this.#scale = range > 0 && range < Infinity && length / range < Infinity ? length / range : 0;
    const below = new Int32Array(length + 1);
    for (const value of sorted) below[this.#bucketOf(value) + 1]!++;
    for (let b = 1; b <= length; b++) below[b]! += below[b - 1]!;
    this.#below = below;
  }

  #bucketOf(value: number): number {
    return Math.min(this.#sorted.length - 1, ((value - this.#first) * this.#scale) | 0);
  }

  /** Index of the first of the values that are this one. */
  of(value: number): number {
    const sorted = this.#sorted;
    const bucket = this.#bucketOf(value);
    let low = this.#below[bucket]!;
    let high = this.#below[bucket + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Spearman's rank correlation of two series of equal length, -1..1: Pearson's correlation of their mid-ranks. 0 if either
 * side is constant. Source: Spearman 1904; with ties as in Kendall, Rank Correlation Methods (1948).
 */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  return correlationOfRanks(averageRanks(a), averageRanks(b));
}

/** The same, of the mid-ranks of both sides. */
export function correlationOfRanks(ranksA: Float64Array, ranksB: Float64Array): number {
  const { length } = ranksA;
  const mean = (length + 1) / 2;
  let covariance = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (let i = 0; i < length; i++) {
    const deviationA = ranksA[i]! - mean;
    const deviationB = ranksB[i]! - mean;
    covariance += deviationA * deviationB;
    varianceA += deviationA * deviationA;
    varianceB += deviationB * deviationB;
  }
  return varianceA === 0 || varianceB === 0 ? 0 : covariance / Math.sqrt(varianceA * varianceB);
}
