/** Rolling values need at least this many to be worth anything: before that there are no weights and no signals. */
export const MINIMUM_VALUES = 20;

/**
 * out[i] = sum of values[max(0, i - window + 1) .. i] for the first `count` values.
 *
 * Blocks of `window` values, the tail of one plus the head of the next (van Herk, 1992): it only ever adds, so an
 * outlier that has left the window leaves no rounding error behind, as a running sum that subtracts would.
 */
export function rollingSums(values: Float64Array, count: number, window: number, out: Float64Array): void {
  for (let block = 0; block < count; block += window) {
    let head = values[block];
    out[block] = head;
    for (let i = block + 1, end = Math.min(count, block + window); i < end; i++) {
      head += values[i];
      out[i] = head;
    }
  }
  for (let block = 0; block + window < count; block += window) {
    let tail = 0;
    let i = block + window - 1;
    // The window that ends `window - 1` bars later starts at i.
    for (; i > block && i + window - 1 >= count; i--) tail += values[i];
    for (; i > block; i--) {
      tail += values[i];
      out[i + window - 1] += tail;
    }
  }
}

/** Buckets of a percentile window, in groups of 2^4 so that counting what lies below takes two short sums. */
const BUCKETS = 256;
const GROUP_BITS = 4;
/** Buckets from zero to the mean of the values: what is more than four times the mean shares the last one. */
const BUCKETS_TO_MEAN = 64;

/**
 * Percentiles of values that are not negative in rolling windows, by mid-rank. Buckets only sort out which values need
 * a comparison; whatever their bounds, the ranks are exact. Made once for spans of up to `lanes` values.
 */
export class PercentileWindow {
  readonly #bucket: Uint8Array;
  /** Index of the latest earlier value in the same bucket, -1 if there is none. */
  readonly #previous: Int32Array;
  readonly #latest = new Int32Array(BUCKETS);
  /** Values inside the window per bucket, and per group of buckets. */
  readonly #counts = new Int32Array(BUCKETS);
  readonly #groups = new Int32Array(BUCKETS >> GROUP_BITS);

  constructor(lanes: number) {
    this.#bucket = new Uint8Array(lanes);
    this.#previous = new Int32Array(lanes);
  }

  /**
   * out[t] = (smaller + half of the equal ones) / count among the last `window` values up to and including values[t],
   * or as many as there are since `start`; strictly between 0 and 1.
   *
   * @param values finite and >= 0 from `start` up to `count`; nothing before `start` is read or written
   */
  rank(values: Float64Array, start: number, count: number, window: number, out: Float64Array): void {
    this.#sortIntoBuckets(values, start, count);
    const bucket = this.#bucket;
    const previous = this.#previous;
    const counts = this.#counts.fill(0);
    const groups = this.#groups.fill(0);
    for (let t = start; t < count; t++) {
      const oldest = Math.max(start, t - window + 1);
      if (oldest > start) {
        const leaving = bucket[oldest - 1];
        counts[leaving]--;
        groups[leaving >> GROUP_BITS]--;
      }
      const own = bucket[t];
      const group = own >> GROUP_BITS;
      counts[own]++;
      groups[group]++;
      let smaller = 0;
      for (let g = 0; g < group; g++) smaller += groups[g];
      for (let b = group << GROUP_BITS; b < own; b++) smaller += counts[b];
      let equal = 1;
      const value = values[t];
      for (let i = previous[t]; i >= oldest; i = previous[i]) {
        if (values[i] < value) smaller++;
        else if (values[i] === value) equal++;
      }
      out[t] = (smaller + equal / 2) / (t - oldest + 1);
    }
  }

  #sortIntoBuckets(values: Float64Array, start: number, count: number): void {
    // The ranks are exact whatever goes into which bucket; it only changes how long they take.
    let sum = 0;
    for (let t = start; t < count; t++) sum += values[t];
    // Nothing but zeros, or values too small to divide by, all go into the first bucket.
    const scale = sum > 1e-300 ? (BUCKETS_TO_MEAN * (count - start)) / sum : 0;
    const latest = this.#latest.fill(-1);
    for (let t = start; t < count; t++) {
      const b = Math.min(BUCKETS - 1, Math.floor(values[t] * scale));
      this.#bucket[t] = b;
      this.#previous[t] = latest[b];
      latest[b] = t;
    }
  }
}
