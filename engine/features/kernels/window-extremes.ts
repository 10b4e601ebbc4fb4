import { type LaneLoops, type LaneSpace, laneRows } from '../loops/lane-loops.ts';
import { MAX_ROLLOUT_STEPS } from '../matrix.ts';

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
  readonly #loops: LaneLoops;
  /** Per step, extremes of the last window - step real bars of each lane. */
  readonly #realHighest: readonly Float64Array[];
  readonly #realLowest: readonly Float64Array[];
  readonly #syntheticHighest: Float64Array;
  readonly #syntheticLowest: Float64Array;

  constructor(high: Float64Array, low: Float64Array, window: number, space: LaneSpace) {
    const { count, loops } = space;
    this.#loops = loops;
    this.highest = loops.floats(count);
    this.lowest = loops.floats(count);
    this.#realHighest = laneRows(loops, MAX_ROLLOUT_STEPS + 1, count);
    this.#realLowest = laneRows(loops, MAX_ROLLOUT_STEPS + 1, count);
    this.#syntheticHighest = loops.floats(count);
    this.#syntheticLowest = loops.floats(count);
    const heldHigh = space.hold(high);
    const heldLow = space.hold(low);
    space.follow((at) => {
      this.#findReal(heldHigh, heldLow, window, at);
      this.highest.set(this.#realHighest[0]);
      this.lowest.set(this.#realLowest[0]);
      this.reset();
    });
  }

  /** Bar by bar over all lanes, so that rows are written from end to end. */
  #findReal(high: Float64Array, low: Float64Array, window: number, at: number): void {
    const highest = this.#realHighest[0].fill(-Infinity);
    const lowest = this.#realLowest[0].fill(Infinity);
    for (let back = 0; back < window; back++) {
      const from = at - back;
      const to = from + highest.length;
      widen(high.subarray(from, to), low.subarray(from, to), highest, lowest);
      const step = window - 1 - back;
      if (step === 0 || step > MAX_ROLLOUT_STEPS) continue;
      this.#realHighest[step].set(highest);
      this.#realLowest[step].set(lowest);
    }
  }

  reset(): void {
    this.#syntheticHighest.fill(-Infinity);
    this.#syntheticLowest.fill(Infinity);
  }

  /** Appends a bar per lane as step `step` (from 1). */
  advance(high: Float64Array, low: Float64Array, step: number): void {
    this.#loops.extendExtremes(
      high,
      low,
      this.#realHighest[step],
      this.#realLowest[step],
      this.#syntheticHighest,
      this.#syntheticLowest,
      this.highest,
      this.lowest,
    );
  }
}

function widen(high: Float64Array, low: Float64Array, highest: Float64Array, lowest: Float64Array): void {
  for (let i = 0, n = highest.length; i < n; i++) {
    highest[i] = Math.max(highest[i], high[i]);
    lowest[i] = Math.min(lowest[i], low[i]);
  }
}

/** Takes a bar into the synthetic part of each window; `realHighest` and `realLowest` are of what is left of the real one. */
export function extendExtremes(
  high: Float64Array,
  low: Float64Array,
  realHighest: Float64Array,
  realLowest: Float64Array,
  syntheticHighest: Float64Array,
  syntheticLowest: Float64Array,
  highest: Float64Array,
  lowest: Float64Array,
): void {
  for (let i = 0, n = highest.length; i < n; i++) {
    const top = Math.max(high[i], syntheticHighest[i]);
    const bottom = Math.min(low[i], syntheticLowest[i]);
    syntheticHighest[i] = top;
    syntheticLowest[i] = bottom;
    highest[i] = Math.max(realHighest[i], top);
    lowest[i] = Math.min(realLowest[i], bottom);
  }
}
