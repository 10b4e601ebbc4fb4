import type { LaneLoops, LaneSpace } from '../loops/lane-loops.ts';
import { LaneValues } from './lane-values.ts';

/** Weight of the newest value in an exponential moving average of `period` bars. */
export function exponentialWeight(period: number): number {
  return 2 / (period + 1);
}

/** Weight of the newest value in Wilder's smoothing over `period` bars. */
export function wilderWeight(period: number): number {
  return 1 / period;
}

/**
 * Exponential moving average y[t] = y[t-1] + (x[t] - y[t-1]) * 2 / (period + 1), started with y[from] = x[from];
 * NaN before `from`. The first values still lean on that start; callers blank them.
 */
export function exponentialAverage(x: Float64Array, period: number, from = 0): Float64Array {
  const out = new Float64Array(x.length).fill(NaN);
  if (from < x.length) smoothFrom(x, from, x[from], exponentialWeight(period), out);
  return out;
}

/**
 * Wilder's smoothing (New Concepts in Technical Trading Systems, 1978): the mean of the first `period` values, then
 * y[t] = y[t-1] + (x[t] - y[t-1]) / period. `x` is valid from index `from`; NaN before from + period - 1.
 */
export function wilderAverage(x: Float64Array, period: number, from = 0): Float64Array {
  const out = new Float64Array(x.length).fill(NaN);
  const start = from + period - 1;
  if (start >= x.length) return out;
  let sum = 0;
  for (let t = from; t <= start; t++) sum += x[t];
  smoothFrom(x, start, sum / period, wilderWeight(period), out);
  return out;
}

function smoothFrom(x: Float64Array, from: number, seed: number, weight: number, out: Float64Array): void {
  let y = seed;
  out[from] = y;
  for (let t = from + 1; t < x.length; t++) {
    y += (x[t] - y) * weight;
    out[t] = y;
  }
}

/** A smoothed column of lanes that are extended step by step; its values are all the state there is. */
export class SmoothedLanes extends LaneValues {
  readonly #weight: number;
  readonly #loops: LaneLoops;

  constructor(smoothed: Float64Array, weight: number, space: LaneSpace) {
    super(smoothed, space);
    this.#weight = weight;
    this.#loops = space.loops;
  }

  /** Appends `x`, one unsmoothed value per lane. */
  advance(x: Float64Array): void {
    this.#loops.smooth(x, this.#weight, this.values);
  }
}

/** One more bar per lane; `values` are both the last and the next ones. */
export function smooth(x: Float64Array, weight: number, values: Float64Array): void {
  for (let i = 0, n = values.length; i < n; i++) {
    const y = values[i];
    values[i] = y + (x[i] - y) * weight;
  }
}

/** Largest share of its start that a settled smoother still carries. */
const FORGOTTEN = 1e-9;

/**
 * Bars after which smoothers in series (each smoothing the one before; weights of their newest value) have forgotten
 * their start: all are started at 1 and fed zeros until the last has fallen below 1e-9.
 */
export function barsToForget(...weights: readonly number[]): number {
  const state = weights.map(() => 1);
  let bars = 0;
  while (state[state.length - 1] > FORGOTTEN) {
    let input = 0;
    for (let i = 0; i < state.length; i++) {
      state[i] += (input - state[i]) * weights[i];
      input = state[i];
    }
    bars++;
  }
  return bars;
}
