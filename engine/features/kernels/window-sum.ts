import { type LaneLoops, type LaneSpace, laneRows } from '../loops/lane-loops.ts';
import { MAX_ROLLOUT_STEPS } from '../matrix.ts';
import { add } from './elementwise.ts';

/**
 * Sum of the last `window` values at every index; NaN before index window - 1.
 *
 * The column is cut into blocks of `window` values. A window is the tail of one block and the head of the next, and
 * both are sums that start inside the window, so nothing is ever subtracted: no drift, whatever came before.
 * Of values that are not negative, the sum is zero only if all of them are.
 */
export function rollingSum(x: Float64Array, window: number): Float64Array {
  const out = new Float64Array(x.length).fill(NaN);
  const tail = new Float64Array(window);
  for (let start = 0; start < x.length; start += window) {
    const end = Math.min(start + window, x.length);
    if (start > 0) for (let k = 1; k < window; k++) tail[k] = tail[k - 1] + x[start - k];
    let head = 0;
    for (let t = start; t < end; t++) {
      head += x[t];
      if (t >= window - 1) out[t] = tail[start + window - 1 - t] + head;
    }
  }
  return out;
}

/** `rollingSum` of lanes that are extended step by step. The window must exceed MAX_ROLLOUT_STEPS. */
export class WindowSumLanes {
  readonly values: Float64Array;
  readonly #loops: LaneLoops;
  /** Per step, sum of the last window - step real values of each lane. */
  readonly #real: readonly Float64Array[];
  readonly #synthetic: Float64Array;

  constructor(column: Float64Array, window: number, space: LaneSpace) {
    const { count, loops } = space;
    this.#loops = loops;
    this.values = loops.floats(count);
    this.#synthetic = loops.floats(count);
    this.#real = laneRows(loops, MAX_ROLLOUT_STEPS + 1, count);
    const held = space.hold(column);
    space.follow((at) => {
      this.#sumReal(held, window, at);
      this.reset();
    });
  }

  /** Bar by bar over all lanes, so that rows are written from end to end. */
  #sumReal(held: Float64Array, window: number, at: number): void {
    const sums = this.#real[0].fill(0);
    for (let back = 0; back < window; back++) {
      add(sums, held.subarray(at - back, at - back + sums.length), sums);
      const step = window - 1 - back;
      if (step > 0 && step <= MAX_ROLLOUT_STEPS) this.#real[step].set(sums);
    }
  }

  reset(): void {
    this.#synthetic.fill(0);
    this.values.set(this.#real[0]);
  }

  /** Appends `x`, one value per lane, as step `step` (from 1). */
  advance(x: Float64Array, step: number): void {
    this.#loops.extendSum(x, this.#real[step], this.#synthetic, this.values);
  }
}

/** Adds `x` to the synthetic part of each sum; `real` is what is left of the real one. */
export function extendSum(
  x: Float64Array,
  real: Float64Array,
  synthetic: Float64Array,
  values: Float64Array,
): void {
  for (let i = 0, n = values.length; i < n; i++) {
    const sum = synthetic[i] + x[i];
    synthetic[i] = sum;
    values[i] = real[i] + sum;
  }
}
