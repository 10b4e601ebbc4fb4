import type { Candles } from '../market/candles.ts';
import { LaneBlock } from './lane-block.ts';
import { LaneBars } from './lanes.ts';
import type { LanesInLoops } from './loops/lane-loops.ts';
import { MAX_ROLLOUT_STEPS } from './matrix.ts';

/** Columns over one series of bars that know how to go on into synthetic bars. */
export interface SourceColumns {
  /** One column per output, one value per bar. */
  readonly outputs: readonly Float64Array[];
  /** The state that carries the outputs into synthetic bars. Every lane starts where all outputs have values. */
  rollout(rolling: Rolling): SourceLanes;
}

/** The outputs of `SourceColumns` at every lane's newest bar. */
export interface SourceLanes {
  /** One array per output, one value per lane; the arrays keep their identity. */
  readonly outputs: readonly Float64Array[];
  /** Back to every lane's own bar: whatever `advance` reads before it writes it. */
  reset(): void;
  /** Takes in `bars`, whose newest are the `step`-th synthetic ones (from 1), by nothing but loops. Allocates nothing. */
  advance(bars: LaneBars, step: number): void;
}

/** The lanes of one rollout, and everything that several of its features share. */
export class Rolling extends LaneBlock {
  readonly bars: LaneBars;
  readonly #time: Float64Array;
  readonly #nextBarTime: (time: number) => number;
  /** Weak, as keys hold whole columns, which lanes do not need. */
  readonly #lanesOf = new WeakMap<object, SourceLanes>();
  readonly #sources: SourceLanes[] = [];
  #times: readonly Float64Array[] | undefined;

  constructor(candles: Candles, lanes: LanesInLoops, nextBarTime: (time: number) => number) {
    super(lanes);
    this.keep(candles.time);
    this.#time = this.hold(candles.time);
    this.#nextBarTime = nextBarTime;
    this.follow(() => {
      this.#times = undefined;
    });
    this.bars = new LaneBars(candles, this);
  }

  /**
   * The rolled-forward `columns`: the same ones for everyone who asks by the same `key`. What they are made from in turn is
   * asked for while they are made, and so moves before them.
   */
  source(columns: SourceColumns, key: object = columns): SourceLanes {
    let lanes = this.#lanesOf.get(key);
    if (lanes === undefined) {
      lanes = columns.rollout(this);
      this.#lanesOf.set(key, lanes);
      this.#sources.push(lanes);
    }
    return lanes;
  }

  /** Opening times of the lanes from `at` on, one per lane: of its own bar at index 0, of its synthetic bars at 1 to 12. */
  times(at: number): readonly Float64Array[] {
    this.#times ??= barTimes(this.#time.subarray(at, at + this.count), this.count, this.#nextBarTime);
    return this.#times;
  }

  reset(): void {
    this.bars.reset();
    for (let i = 0; i < this.#sources.length; i++) this.#sources[i]!.reset();
  }

  /** By bars of the log returns that `bars` has taken. */
  advance(step: number): void {
    this.bars.append(step);
    for (let i = 0; i < this.#sources.length; i++) this.#sources[i]!.advance(this.bars, step);
  }
}

/** Lanes mostly share their stamps, so every stamp is asked for once. */
function barTimes(own: Float64Array, count: number, nextBarTime: (time: number) => number): Float64Array[] {
  const known = new Map<number, number>();
  const times = [own];
  for (let step = 1; step <= MAX_ROLLOUT_STEPS; step++) {
    const next = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const before = times[step - 1]![i]!;
      let after = known.get(before);
      if (after === undefined) {
        after = nextBarTime(before);
        known.set(before, after);
      }
      next[i] = after;
    }
    times.push(next);
  }
  return times;
}
