import type { Prng } from '../../random/prng.ts';

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
