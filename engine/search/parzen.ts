import { NEW_ARRAYS, type Scratch } from './scratch.ts';

/** Newest observations that count in full; older ones count less the older they are. */
const FULL_WEIGHTS = 25;
const SMALLEST_DEVIATION = 1e-12;

export interface ParzenOptions {
  /** Whether the ends of the range count as neighbors of the outermost observations. */
  readonly endpoints: boolean;
  /** Deviations of at least range / min(100, 1 + kernels). */
  readonly magicClip: boolean;
}

/** As Optuna's sampler has them. */
export const PARZEN_DEFAULTS: ParzenOptions = { endpoints: false, magicClip: true };

/** Weights of `n` observations, oldest first, and of the prior behind them; they sum to 1. */
export function kernelWeights(n: number): Float64Array {
  const weights = new Float64Array(n + 1).fill(1);
  const ramp = n - FULL_WEIGHTS;
  for (let i = 0; i < ramp; i++) weights[i] = ramp === 1 ? 1 / n : 1 / n + ((1 - 1 / n) * i) / (ramp - 1);
  let sum = 0;
  for (let i = 0; i <= n; i++) sum += weights[i]!;
  for (let i = 0; i <= n; i++) weights[i]! /= sum;
  return weights;
}

/** Observations of one parameter, oldest first. */
export interface Observations {
  /** On the scale of the domain; positions of a choice. */
  readonly places: Float64Array;
  /** Positions among `places`, in ascending order of what stands there. */
  readonly ascending: Uint32Array;
}

/** Normal kernels, one an observation and the prior last, cut off at the ends of the range. */
export interface Kernels {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/**
 * Kernels over observations on the scale [low, high]: each as wide as the larger distance to its neighbors.
 * Source: Bergstra et al. 2011, with the clips of Optuna.
 */
export function kernelsOver(
  { places, ascending }: Observations,
  { low, high }: { readonly low: number; readonly high: number },
  { endpoints, magicClip }: ParzenOptions = PARZEN_DEFAULTS,
  scratch: Scratch = NEW_ARRAYS,
): Kernels {
  const n = places.length;
  const means = scratch.floats(n + 1);
  means.set(places);
  means[n] = 0.5 * (low + high);
  const deviations = scratch.floats(n + 1);
  deviations[n] = high - low;
  const least = magicClip ? (high - low) / Math.min(100, n + 2) : SMALLEST_DEVIATION;
  for (let rank = 0; rank < n; rank++) {
    const at = places[ascending[rank]!]!;
    const below = at - (rank === 0 ? low : places[ascending[rank - 1]!]!);
    const above = (rank === n - 1 ? high : places[ascending[rank + 1]!]!) - at;
    let width = Math.max(below, above);
    if (!endpoints && n >= 2) {
      if (rank === 0) width = above;
      else if (rank === n - 1) width = below;
    }
    deviations[ascending[rank]!] = Math.min(high - low, Math.max(least, width));
  }
  return { means, deviations };
}
