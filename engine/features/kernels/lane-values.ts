import type { LaneSpace } from '../loops/lane-loops.ts';

/** A column's value at every lane's newest bar: the lane's own bar to begin with. */
export class LaneValues {
  /** Keeps its identity; whoever extends the lanes writes the newest values here. */
  readonly values: Float64Array;
  readonly #own: Float64Array;

  constructor(column: Float64Array, { lanes, loops }: LaneSpace) {
    this.#own = column.subarray(lanes.first, lanes.first + lanes.count);
    this.values = loops.floats(lanes.count);
    this.values.set(this.#own);
  }

  /** Back to every lane's own bar. */
  reset(): void {
    this.values.set(this.#own);
  }
}
