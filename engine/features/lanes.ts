import type { Candles } from '../market/candles.ts';
import { WindowSumLanes } from './kernels/window-sum.ts';
import type { LaneLoops, LaneSpace } from './loops/lane-loops.ts';
import type { Lanes } from './matrix.ts';

/** Bars whose mean range and mean volume a synthetic bar takes. */
export const SYNTHETIC_WINDOW = 20;

/**
 * The newest bar of every lane: the real one after `reset`, a synthetic one after `append`. The arrays keep their
 * identity, so kernels may hold on to them.
 *
 * A synthetic bar opens at the last close and closes at open * e^r. Its body is widened by half the mean range of
 * the last 20 bars in total, a quarter above and a quarter below, so that its range stays about the usual one.
 * Its volume is the mean of the lane's last 20 real bars.
 */
export class LaneBars {
  readonly lanes: Lanes;
  /** Close of the bar before the newest; of a synthetic bar also its open. */
  readonly previousClose: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Natural logarithm of close / previousClose. */
  readonly logReturn: Float64Array;
  /** High minus low. A synthetic bar contains its own open, the close before it, so this is its true range, too. */
  readonly range: Float64Array;
  /** Volume of every synthetic bar of a lane. */
  readonly volume: Float64Array;
  readonly #loops: LaneLoops;
  /** What is said of a bar, but for the volume, and the same of every lane's own bar. */
  readonly #newest: readonly Float64Array[];
  readonly #own: readonly Float64Array[];
  readonly #rangeSum: WindowSumLanes;
  /** e to the log return of the newest synthetic bar. */
  readonly #growth: Float64Array;

  /** Every lane needs the 20 bars up to its own: `lanes.first >= 19`. */
  constructor(candles: Candles, { lanes, loops }: LaneSpace) {
    const { first, count } = lanes;
    this.lanes = lanes;
    this.#loops = loops;
    this.previousClose = loops.floats(count);
    this.high = loops.floats(count);
    this.low = loops.floats(count);
    this.close = loops.floats(count);
    this.volume = loops.floats(count);
    writeMeanVolume(candles.volume, lanes, this.volume);
    this.#growth = loops.floats(count);
    this.range = loops.floats(count);
    this.logReturn = loops.floats(count);
    const from = first - SYNTHETIC_WINDOW + 1;
    const ranges = new Float64Array(first + count - from);
    for (let i = 0, n = ranges.length; i < n; i++)
      ranges[i] = candles.high[from + i]! - candles.low[from + i]!;
    this.#rangeSum = new WindowSumLanes(ranges, SYNTHETIC_WINDOW, {
      lanes: { first: first - from, count },
      loops,
    });
    this.#newest = [this.previousClose, this.high, this.low, this.close, this.range, this.logReturn];
    this.#own = ownBars(candles, lanes);
    this.reset();
  }

  reset(): void {
    for (let k = 0; k < this.#newest.length; k++) this.#newest[k]!.set(this.#own[k]!);
    this.#rangeSum.reset();
  }

  /** Takes the close-to-close log returns, one per lane, of the bars that `append` makes. */
  take(logReturns: Float64Array): void {
    this.logReturn.set(logReturns);
    this.#loops.exp(this.logReturn, this.#growth);
  }

  /** Appends the `step`-th synthetic bar (from 1). */
  append(step: number): void {
    const { previousClose, high, low, close, range } = this;
    this.#loops.appendBars(
      this.#growth,
      this.#rangeSum.values,
      0.25 / SYNTHETIC_WINDOW,
      previousClose,
      high,
      low,
      close,
      range,
    );
    this.#rangeSum.advance(range, step);
  }
}

/** Close of the bar before, high, low, close, range and log return. */
function ownBars({ high, low, close }: Candles, { first, count }: Lanes): Float64Array[] {
  const range = new Float64Array(count);
  const logReturn = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    range[i] = high[first + i]! - low[first + i]!;
    logReturn[i] = Math.log(close[first + i]! / close[first + i - 1]!);
  }
  const ownOf = (column: Float64Array, from: number) => column.subarray(from, from + count);
  return [
    ownOf(close, first - 1),
    ownOf(high, first),
    ownOf(low, first),
    ownOf(close, first),
    range,
    logReturn,
  ];
}

export function exp(x: Float64Array, out: Float64Array): void {
  for (let i = 0, n = out.length; i < n; i++) out[i] = Math.exp(x[i]!);
}

/** A bar per lane that closes at its last close times `growth`; `quarterOfMean` makes a margin of a sum of ranges. */
export function appendBars(
  growth: Float64Array,
  rangeSum: Float64Array,
  quarterOfMean: number,
  previousClose: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  range: Float64Array,
): void {
  for (let i = 0, n = close.length; i < n; i++) {
    const from = close[i]!;
    const to = from * growth[i]!;
    const margin = rangeSum[i]! * quarterOfMean;
    const top = Math.max(from, to) + margin;
    const bottom = Math.min(from, to) - margin;
    previousClose[i] = from;
    close[i] = to;
    high[i] = top;
    low[i] = bottom;
    range[i] = top - bottom;
  }
}

/** Summed as deviations from the newest value, so that a constant volume has exactly itself as its mean. */
function writeMeanVolume(volume: Float64Array, lanes: Lanes, mean: Float64Array): void {
  for (let i = 0; i < lanes.count; i++) {
    const row = lanes.first + i;
    let deviations = 0;
    for (let back = 1; back < SYNTHETIC_WINDOW; back++) deviations += volume[row - back]! - volume[row]!;
    mean[i] = volume[row]! + deviations / SYNTHETIC_WINDOW;
  }
}
