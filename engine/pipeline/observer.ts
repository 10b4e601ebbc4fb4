import { NetSums } from '../backtest/net-sums.ts';
import type { RowRange } from '../models/model.ts';

/** Equal blocks that a window is cut into, S of combinatorially symmetric cross-validation. */
export const BLOCKS = 8;

/** Sums of the net log returns of one strategy in one window and segment. Valid during the call that hands them over. */
export interface ReturnSums {
  /** Market days that the window's bars open on, ascending: days since 1970-01-01. */
  readonly days: Int32Array;
  /** Per day. */
  readonly byDay: Float64Array;
  /** Per block; block b of a window of n bars begins at its bar ceil(b n / BLOCKS). */
  readonly byBlock: Float64Array;
  /** Of the squared net returns of the bars of each block. */
  readonly blockSquares: Float64Array;
  /** Of the second, third and fourth powers of the net returns of the bars. */
  readonly squares: number;
  readonly cubes: number;
  readonly fourths: number;
  /** Of the window, flat ones included. */
  readonly bars: number;
}

/** One strategy's result, as it is computed. */
export interface Observed {
  /** Position in the list of strategies. */
  readonly strategy: number;
  /** Position in the span's windows. */
  readonly window: number;
  /** ALL_BARS or 1 + the regime's index. */
  readonly segment: number;
  /** METRICS of it begin at values[row]. */
  readonly values: Float64Array;
  readonly row: number;
  readonly sums: ReturnSums;
}

/**
 * Is told of every (strategy, window, segment) while the strategies of a model are evaluated: what leaves the evaluator so
 * costs no second pass. Strategies whose signals are the same as those of an earlier one may be passed over.
 */
export interface EvaluationObserver {
  /** Positions of the windows that it wants to be told of; all where it does not say. */
  readonly windows?: readonly number[];
  observe(result: Observed): void;
  /** Told of each strategy that is passed over: in every window it does what the earlier one does. */
  repeats?(strategy: number, earlier: number): void;
}

/**
 * Days and blocks of one window. Both run with the bars, so together they cut the window into pieces, and a bar need only be
 * added to its piece.
 */
class WindowPlan {
  readonly #bars: number;
  readonly #days: Int32Array;
  /** Per piece. */
  readonly #dayOf: Int32Array;
  readonly #blockOf: Uint8Array;
  readonly #byDay: Float64Array;
  readonly #byBlock = new Float64Array(BLOCKS);
  readonly #blockSquares = new Float64Array(BLOCKS);

  /** Numbers the pieces of the window from 0 on in `pieceOf`. */
  constructor(window: RowRange, marketDay: Int32Array, pieceOf: Uint16Array) {
    const days: number[] = [];
    const dayOf: number[] = [];
    const blockOf: number[] = [];
    const bars = window.to - window.from;
    for (let lane = window.from; lane < window.to; lane++) {
      const block = Math.floor(((lane - window.from) * BLOCKS) / bars);
      const day = marketDay[lane]!;
      if (day !== days.at(-1)) days.push(day);
      if (dayOf.at(-1) !== days.length - 1 || blockOf.at(-1) !== block) {
        dayOf.push(days.length - 1);
        blockOf.push(block);
      }
      pieceOf[lane] = dayOf.length - 1;
    }
    this.#bars = bars;
    this.#days = Int32Array.from(days);
    this.#dayOf = Int32Array.from(dayOf);
    this.#blockOf = Uint8Array.from(blockOf);
    this.#byDay = new Float64Array(days.length);
  }

  get pieces(): number {
    return this.#dayOf.length;
  }

  get days(): Int32Array {
    return this.#days;
  }

  sums({ pieces, pieceSquares, squares, cubes, fourths }: NetSums): ReturnSums {
    this.#byDay.fill(0);
    this.#byBlock.fill(0);
    this.#blockSquares.fill(0);
    for (let p = 0; p < this.pieces; p++) {
      this.#byDay[this.#dayOf[p]!]! += pieces[p]!;
      this.#byBlock[this.#blockOf[p]!]! += pieces[p]!;
      this.#blockSquares[this.#blockOf[p]!]! += pieceSquares[p]!;
    }
    return {
      days: this.#days,
      byDay: this.#byDay,
      byBlock: this.#byBlock,
      blockSquares: this.#blockSquares,
      squares,
      cubes,
      fourths,
      bars: this.#bars,
    };
  }
}

/** The sums of one evaluation span, in buffers that are made once. */
export class SumsRecorder {
  /** One per segment: where a measuring loop adds its bars. */
  readonly segments: readonly NetSums[];
  readonly #windows: readonly WindowPlan[];

  /**
   * @param marketDay per lane, the day that its bar opens on, ascending
   * @param windows lanes of each window; they do not overlap
   */
  constructor(marketDay: Int32Array, windows: readonly RowRange[], segments: number) {
    const pieceOf = new Uint16Array(marketDay.length);
    this.#windows = windows.map((window) => new WindowPlan(window, marketDay, pieceOf));
    const pieces = Math.max(0, ...this.#windows.map((window) => window.pieces));
    this.segments = Array.from({ length: segments }, () => new NetSums(pieceOf, pieces));
  }

  /** Market days of a window, ascending. */
  daysOf(window: number): Int32Array {
    return this.#windows[window]!.days;
  }

  /** Before the bars of a window are added. */
  clear(): void {
    for (const segment of this.segments) segment.clear();
  }

  /** What was added of a window since. */
  sums(window: number, segment: number): ReturnSums {
    return this.#windows[window]!.sums(this.segments[segment]!);
  }
}
