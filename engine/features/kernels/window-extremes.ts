import { type Lanes, MAX_ROLLOUT_STEPS } from '../matrix.ts';

export interface RollingExtremes {
  /** Highest high of the window. */
  readonly highest: Float64Array;
  /** Lowest low of the window. */
  readonly lowest: Float64Array;
}

/** Highest `high` and lowest `low` of the last `window` bars at every index; NaN before index window - 1. */
export function rollingExtremes(high: Float64Array, low: Float64Array, window: number): RollingExtremes {
  const highest = new Float64Array(high.length).fill(NaN);
  const lowest = new Float64Array(low.length).fill(NaN);
  for (let t = window - 1; t < high.length; t++) {
    let top = high[t];
    let bottom = low[t];
    for (let k = t - window + 1; k < t; k++) {
      if (high[k] > top) top = high[k];
      if (low[k] < bottom) bottom = low[k];
    }
    highest[t] = top;
    lowest[t] = bottom;
  }
  return { highest, lowest };
}

/** `rollingExtremes` of lanes that are extended step by step. The window must exceed MAX_ROLLOUT_STEPS. */
export class ExtremeLanes {
  readonly highest: Float64Array;
  readonly lowest: Float64Array;
  /** Extremes of the last window - step real bars of each lane, steps one after the other. */
  readonly #realHighest: Float64Array;
  readonly #realLowest: Float64Array;
  readonly #syntheticHighest: Float64Array;
  readonly #syntheticLowest: Float64Array;

  constructor(high: Float64Array, low: Float64Array, window: number, lanes: Lanes) {
    const { first, count } = lanes;
    this.highest = new Float64Array(count);
    this.lowest = new Float64Array(count);
    this.#realHighest = new Float64Array((MAX_ROLLOUT_STEPS + 1) * count);
    this.#realLowest = new Float64Array((MAX_ROLLOUT_STEPS + 1) * count);
    this.#syntheticHighest = new Float64Array(count);
    this.#syntheticLowest = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      let top = -Infinity;
      let bottom = Infinity;
      for (let back = 0; back < window; back++) {
        top = Math.max(top, high[first + i - back]);
        bottom = Math.min(bottom, low[first + i - back]);
        const step = window - 1 - back;
        if (step > MAX_ROLLOUT_STEPS) continue;
        this.#realHighest[step * count + i] = top;
        this.#realLowest[step * count + i] = bottom;
      }
    }
    this.reset();
  }

  reset(): void {
    const count = this.highest.length;
    this.#syntheticHighest.fill(-Infinity);
    this.#syntheticLowest.fill(Infinity);
    for (let i = 0; i < count; i++) {
      this.highest[i] = this.#realHighest[i];
      this.lowest[i] = this.#realLowest[i];
    }
  }

  /** Appends a bar per lane as step `step` (from 1). */
  advance(high: Float64Array, low: Float64Array, step: number): void {
    const { highest, lowest } = this;
    const realHighest = this.#realHighest;
    const realLowest = this.#realLowest;
    const syntheticHighest = this.#syntheticHighest;
    const syntheticLowest = this.#syntheticLowest;
    const offset = step * highest.length;
    for (let i = 0, n = highest.length; i < n; i++) {
      const top = Math.max(high[i], syntheticHighest[i]);
      const bottom = Math.min(low[i], syntheticLowest[i]);
      syntheticHighest[i] = top;
      syntheticLowest[i] = bottom;
      highest[i] = Math.max(realHighest[offset + i], top);
      lowest[i] = Math.min(realLowest[offset + i], bottom);
    }
  }
}
