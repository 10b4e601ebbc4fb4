import type { Lanes } from '../matrix.ts';
import type { PLAIN } from './plain.ts';

/**
 * The loops over lanes that a rollout is made of, and the memory that they work in: arrays that are handed to them come from
 * `floats`, or are views on those. To all other code these are arrays as any.
 */
export interface LaneLoops extends Readonly<typeof PLAIN> {
  /** A new array of zeros. */
  floats(length: number): Float64Array;
  /**
   * Does `work`, which is nothing but loops, and the same ones on the same arrays whenever it is done for this step: what was
   * seen of it the first time may be repeated instead.
   */
  repeat(step: number, work: () => void): void;
  /** What was seen of steps is not repeated any more. */
  forget(): void;
  /** Does `work` as a part of what is repeated, and leaves it out then. */
  once(work: () => void): void;
}

/** Which lanes, and what they are rolled forward in: in blocks of at most `most`. */
export interface LanesInLoops {
  readonly lanes: Lanes;
  readonly loops: LaneLoops;
  readonly most?: number;
}

/** The lanes of a block, and where what belongs to them is kept. */
export interface LaneSpace {
  readonly count: number;
  readonly loops: LaneLoops;
  /** What lanes of all blocks look at of a column: the same array for everyone who asks. */
  hold(column: Float64Array): Float64Array;
  /** Calls `read` now, and whenever lanes went to another block: lane i's own bar is at + i in what is held. */
  follow(read: (at: number) => void): void;
}

export function laneRows(loops: LaneLoops, rows: number, count: number): Float64Array[] {
  return Array.from({ length: rows }, () => loops.floats(count));
}
