import type { Prng } from '../../random/prng.ts';

/**
 * Draws `count` of the integers 0 .. out.length - 1 without replacement, ascending, into the front of `out` (Knuth, TAOCP 3.4.2,
 * algorithm S); returns count.
 */
export function sampleAscending(out: Uint32Array, count: number, prng: Prng): number {
  const total = out.length;
  let taken = 0;
  for (let i = 0; taken < count; ) {
    // At least as many draws are to come as elements.
    const draws = Math.min(count - taken, DRAWS.length);
    prng.floats(DRAWS, draws);
    for (let d = 0; d < draws; d++, i++) {
      // Whether a product is less than what is missing is the sign of their difference: a branch here would be foreseen half the time.
      out[taken] = i;
      taken += Math.floor((total - i) * DRAWS[d] - (count - taken)) >>> 31;
    }
  }
  return count;
}

/** Draws made at a time. */
const DRAWS = new Float64Array(1024);

/** How many of `total` a fraction means: at least 1. */
export function shareOf(total: number, fraction: number): number {
  return Math.max(1, Math.floor(total * fraction));
}

/** Moves `count` random elements of pool[from ..] to pool[from .. from + count) (Fisher-Yates, stopped early). */
export function drawToFront(pool: Uint32Array, from: number, count: number, prng: Prng): void {
  const end = from + count;
  for (let first = from; first < end; first += PLACES.length) {
    const drawn = Math.min(PLACES.length, end - first);
    prng.ints(PLACES, drawn, pool.length - first, 1);
    for (let d = 0; d < drawn; d++) {
      const i = first + d;
      const j = i + PLACES[d];
      const swapped = pool[i];
      pool[i] = pool[j];
      pool[j] = swapped;
    }
  }
}

const PLACES = new Uint32Array(256);

/** Counts in `times` how often each of its places is drawn, in as many draws with replacement. */
export function drawWithReplacement(times: Float64Array, prng: Prng): void {
  const n = times.length;
  times.fill(0);
  for (let first = 0; first < n; first += PLACES.length) {
    const drawn = Math.min(PLACES.length, n - first);
    prng.ints(PLACES, drawn, n, 0);
    for (let d = 0; d < drawn; d++) times[PLACES[d]]++;
  }
}

export function fillAscending(out: Uint32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = i;
}

/** The k-th largest value (k = 1: the largest); reorders `values` (Hoare's selection). */
export function kthLargest(values: Float64Array, k: number): number {
  const wanted = k - 1;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >>> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] > pivot) i++;
      while (values[j] < pivot) j--;
      if (i <= j) {
        const swapped = values[i];
        values[i++] = values[j];
        values[j--] = swapped;
      }
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else return values[wanted];
  }
  return values[wanted];
}
