import type { LaneSpace } from '../loops/lane-loops.ts';
import { MAX_ROLLOUT_STEPS } from '../matrix.ts';

/** A column as every lane sees it: real values up to the lane's own bar, synthetic ones after it. */
export class LaneHistory {
  readonly #back: number;
  readonly #bars: readonly Float64Array[];

  /** Reaches `back` bars behind the lanes' own. Lanes are consecutive bars, so real bars are views on one copy of the column. */
  constructor(column: Float64Array, back: number, space: LaneSpace) {
    const { count, loops } = space;
    const real = loops.floats(back + count);
    const held = space.hold(column);
    space.follow((at) => real.set(held.subarray(at - back, at + count)));
    const bars: Float64Array[] = [];
    for (let bar = 0; bar <= back; bar++) bars.push(real.subarray(bar, bar + count));
    for (let step = 1; step <= MAX_ROLLOUT_STEPS; step++) bars.push(loops.floats(count));
    this.#back = back;
    this.#bars = bars;
  }

  /** One value per lane: of its own bar (0), of bars before it (< 0) or of its synthetic bars (1 to 12, writable). */
  at(bar: number): Float64Array {
    return this.#bars[this.#back + bar];
  }
}
