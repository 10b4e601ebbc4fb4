import type { LaneLoops, LaneSpace } from '../loops/lane-loops.ts';
import { MAX_ROLLOUT_STEPS } from '../matrix.ts';

/**
 * Values of synthetic bars that are the same whatever the bars return, such as what they trade: the first forecast that takes
 * a step computes it, and the others repeat it.
 */
export class ForeseenLanes {
  /** Keeps its identity. */
  readonly values: Float64Array;
  readonly #loops: LaneLoops;
  /** Per step, from 1. */
  readonly #seen: readonly Float64Array[];
  /** Steps that were computed for this block. */
  #known = 0;

  /** `values` are those of every lane's own bar to begin with; what writes them goes to other blocks before. */
  constructor(values: Float64Array, space: LaneSpace) {
    const { loops } = space;
    this.values = values;
    this.#loops = loops;
    this.#seen = Array.from({ length: MAX_ROLLOUT_STEPS }, () => loops.floats(values.length));
    space.follow(() => {
      this.#known = 0;
    });
  }

  /** `extend` brings the values from step - 1 to `step`; it is called once for each, in order. */
  advance(step: number, extend: () => void): void {
    const seen = this.#seen[step - 1];
    if (step > this.#known) {
      this.#loops.once(() => {
        extend();
        this.#loops.copy(this.values, seen);
      });
      this.#known = step;
    }
    this.#loops.copy(seen, this.values);
  }
}
