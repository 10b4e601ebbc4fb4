import { type Lanes, MAX_ROLLOUT_STEPS } from '../matrix.ts';

/** A column as every lane sees it: real values up to the lane's own bar, synthetic ones after it. */
export class LaneHistory {
  readonly #back: number;
  readonly #bars: readonly Float64Array[];

  /** Reaches `back` bars behind the lanes' own. Lanes are consecutive bars, so a real bar is a view on `column`. */
  constructor(column: Float64Array, back: number, lanes: Lanes) {
    const { first, count } = lanes;
    const bars: Float64Array[] = [];
    for (let bar = -back; bar <= 0; bar++) bars.push(column.subarray(first + bar, first + bar + count));
    for (let step = 1; step <= MAX_ROLLOUT_STEPS; step++) bars.push(new Float64Array(count));
    this.#back = back;
    this.#bars = bars;
  }

  /** One value per lane: of its own bar (0), of bars before it (< 0) or of its synthetic bars (1 to 12, writable). */
  at(bar: number): Float64Array {
    return this.#bars[this.#back + bar];
  }
}
