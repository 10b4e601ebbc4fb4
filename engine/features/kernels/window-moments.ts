import { type LaneLoops, type LaneSpace, laneRows } from '../loops/lane-loops.ts';
import { MAX_ROLLOUT_STEPS } from '../matrix.ts';
import { LaneValues } from './lane-values.ts';

export interface RollingMoments {
  readonly mean: Float64Array;
  /** Population standard deviation (divided by n). */
  readonly std: Float64Array;
}

/**
 * Mean and population standard deviation of the last `window` values at every index, for values that are valid from
 * index `from` on; NaN before from + window - 1.
 *
 * As in `rollingSum` the column is cut into blocks and nothing is subtracted from a running sum. All sums are of
 * deviations d from the first value of the newer block, which every window that ends in that block contains. With one
 * d = 0 among n, Cauchy-Schwarz gives sum(d^2) - sum(d)^2 / n >= sum(d^2) / n: the variance is never negative, loses
 * at most a factor n of precision however small it is beside the level, and is exactly 0 for equal values.
 */
export function rollingMoments(x: Float64Array, window: number, from = 0): RollingMoments {
  const mean = new Float64Array(x.length).fill(NaN);
  const std = new Float64Array(x.length).fill(NaN);
  const tail = new Float64Array(window);
  const tailSquares = new Float64Array(window);
  for (let start = from; start < x.length; start += window) {
    const end = Math.min(start + window, x.length);
    const origin = x[start];
    if (start > from) {
      for (let k = 1; k < window; k++) {
        const d = x[start - k] - origin;
        tail[k] = tail[k - 1] + d;
        tailSquares[k] = tailSquares[k - 1] + d * d;
      }
    }
    let head = 0;
    let headSquares = 0;
    for (let t = start; t < end; t++) {
      const d = x[t] - origin;
      head += d;
      headSquares += d * d;
      if (t < from + window - 1) continue;
      const older = start + window - 1 - t;
      const sum = tail[older] + head;
      const squares = tailSquares[older] + headSquares;
      mean[t] = origin + sum / window;
      std[t] = Math.sqrt((squares - (sum * sum) / window) / window);
    }
  }
  return { mean, std };
}

/** `rollingMoments` of lanes that are extended step by step. The window must exceed MAX_ROLLOUT_STEPS. */
export class MomentLanes {
  readonly mean: Float64Array;
  readonly std: Float64Array;
  readonly #loops: LaneLoops;
  readonly #perBar: number;
  /** The lane's own value: deviations are taken from it, as it stays inside the window. */
  readonly #origin: Float64Array;
  /** Per step, sums over the last window - step real values of each lane. */
  readonly #real: readonly Float64Array[];
  readonly #realSquares: readonly Float64Array[];
  readonly #synthetic: Float64Array;
  readonly #syntheticSquares: Float64Array;

  /** `moments` are those of `column` over `window`. */
  constructor(column: Float64Array, moments: RollingMoments, window: number, space: LaneSpace) {
    const { count, loops } = space;
    this.#loops = loops;
    this.#perBar = 1 / window;
    this.mean = new LaneValues(moments.mean, space).values;
    this.std = new LaneValues(moments.std, space).values;
    this.#origin = loops.floats(count);
    this.#real = laneRows(loops, MAX_ROLLOUT_STEPS + 1, count);
    this.#realSquares = laneRows(loops, MAX_ROLLOUT_STEPS + 1, count);
    this.#synthetic = loops.floats(count);
    this.#syntheticSquares = loops.floats(count);
    const held = space.hold(column);
    space.follow((at) => {
      this.#origin.set(held.subarray(at, at + count));
      this.#sumReal(held, window, at);
      this.reset();
    });
  }

  /** Bar by bar over all lanes, so that rows are written from end to end. */
  #sumReal(held: Float64Array, window: number, at: number): void {
    const sums = this.#real[0].fill(0);
    const squares = this.#realSquares[0].fill(0);
    const origin = this.#origin;
    for (let back = 0; back < window; back++) {
      addDeviations(held.subarray(at - back, at - back + origin.length), origin, sums, squares);
      const step = window - 1 - back;
      if (step === 0 || step > MAX_ROLLOUT_STEPS) continue;
      this.#real[step].set(sums);
      this.#realSquares[step].set(squares);
    }
  }

  reset(): void {
    this.#synthetic.fill(0);
    this.#syntheticSquares.fill(0);
  }

  /** Appends `x`, one value per lane, as step `step` (from 1). */
  advance(x: Float64Array, step: number): void {
    this.#loops.extendMoments(
      x,
      this.#perBar,
      this.#origin,
      this.#real[step],
      this.#realSquares[step],
      this.#synthetic,
      this.#syntheticSquares,
      this.mean,
      this.std,
    );
  }
}

function addDeviations(
  x: Float64Array,
  origin: Float64Array,
  sums: Float64Array,
  squares: Float64Array,
): void {
  for (let i = 0, n = sums.length; i < n; i++) {
    const d = x[i] - origin[i];
    sums[i] += d;
    squares[i] += d * d;
  }
}

/**
 * Adds the deviations of `x` from `origin` to the synthetic part of each sum; `real` and `realSquares` are what is left of
 * the real one. `perBar` is 1 / window.
 */
export function extendMoments(
  x: Float64Array,
  perBar: number,
  origin: Float64Array,
  real: Float64Array,
  realSquares: Float64Array,
  synthetic: Float64Array,
  syntheticSquares: Float64Array,
  mean: Float64Array,
  std: Float64Array,
): void {
  for (let i = 0, n = mean.length; i < n; i++) {
    const d = x[i] - origin[i];
    const newSum = synthetic[i] + d;
    const newSquares = syntheticSquares[i] + d * d;
    synthetic[i] = newSum;
    syntheticSquares[i] = newSquares;
    const sum = real[i] + newSum;
    const squares = realSquares[i] + newSquares;
    mean[i] = origin[i] + sum * perBar;
    std[i] = Math.sqrt((squares - sum * sum * perBar) * perBar);
  }
}
