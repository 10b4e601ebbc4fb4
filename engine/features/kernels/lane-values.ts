import type { LaneSpace } from '../loops/lane-loops.ts';

/** A column's value at every lane's newest bar: the lane's own bar to begin with. */
export class LaneValues {
  /** Keeps its identity; whoever extends the lanes writes the newest values here. */
  readonly values: Float64Array;
  #own: Float64Array = new Float64Array(0);

  constructor(column: Float64Array, space: LaneSpace) {
    const { count, loops } = space;
    this.values = loops.floats(count);
    const held = space.hold(column);
    space.follow((at) => {
      this.#own = held.subarray(at, at + count);
      this.reset();
    });
  }

  /** Back to every lane's own bar. */
  reset(): void {
    this.values.set(this.#own);
  }
}
