import type { LaneLoops, LaneSpace, LanesInLoops } from './loops/lane-loops.ts';
import type { Lanes } from './matrix.ts';

/**
 * Most lanes that are rolled forward side by side: each takes kilobytes, and a span of M1 bars has a hundred thousand. What trees
 * find out about held columns they keep for as many.
 */
export const MOST_LANES = 4096;

/** Values before the first lane that are held of a column: more than any window is long. */
const HELD_BEFORE = 128;

/** Blocks of equal size that lanes are rolled forward in, one after the other; the last one may begin within the one before. */
export function laneBlocks(lanes: number, most = MOST_LANES): Lanes[] {
  const blocks = Math.max(1, Math.ceil(lanes / most));
  const count = Math.ceil(lanes / blocks);
  return Array.from({ length: blocks }, (_, b) => ({ first: Math.min(b * count, lanes - count), count }));
}

/**
 * A block of lanes, which goes from one to the next. Of columns only what lanes look at is held, so that the columns themselves,
 * which may be many times as long, can go.
 */
export class LaneBlock implements LaneSpace {
  readonly loops: LaneLoops;
  readonly blocks: readonly Lanes[];
  readonly count: number;
  readonly #lanes: Lanes;
  readonly #before: number;
  readonly #held = new WeakMap<Float64Array, Float64Array>();
  readonly #followers: ((at: number) => void)[] = [];
  #at: number;

  constructor({ lanes, loops, most }: LanesInLoops) {
    this.loops = loops;
    this.blocks = laneBlocks(lanes.count, most);
    this.count = this.blocks[0]!.count;
    this.#lanes = lanes;
    this.#before = Math.min(HELD_BEFORE, lanes.first);
    this.#at = this.#before;
  }

  hold(column: Float64Array): Float64Array {
    let held = this.#held.get(column);
    if (held === undefined) {
      const { first, count } = this.#lanes;
      held = column.slice(first - this.#before, first + count);
      this.#held.set(column, held);
    }
    return held;
  }

  /** Of a column that stays anyhow nothing is copied. */
  keep(...columns: readonly Float64Array[]): void {
    const { first, count } = this.#lanes;
    for (const column of columns)
      this.#held.set(column, column.subarray(first - this.#before, first + count));
  }

  /** What is made from held columns is held itself. */
  adopt(held: Float64Array): Float64Array {
    this.#held.set(held, held);
    return held;
  }

  follow(read: (at: number) => void): void {
    this.#followers.push(read);
    read(this.#at);
  }

  /** Goes to another block; every lane is at its own bar then. */
  place(block: number): void {
    this.#at = this.#before + this.blocks[block]!.first;
    for (const read of this.#followers) read(this.#at);
  }
}
