import type { Candles } from '../market/candles.ts';
import { WindowSumLanes } from './kernels/window-sum.ts';
import type { LaneBlock } from './lane-block.ts';
import type { LaneLoops } from './loops/lane-loops.ts';

/** Bars whose mean range and mean volume a synthetic bar takes. */
export const SYNTHETIC_WINDOW = 20;

/**
 * The newest bar of every lane: a synthetic one after `append`, the real one until the first of them. The arrays keep their
 * identity, so kernels may hold on to them.
 *
 * A synthetic bar opens at the last close and closes at open * e^r. Its body is widened by half the mean range of
 * the last 20 bars in total, a quarter above and a quarter below, so that its range stays about the usual one.
 * Its volume is the mean of the lane's last 20 real bars.
 */
export class LaneBars {
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
  /** What is said of a bar, but for the volume. */
  readonly #newest: readonly Float64Array[];
  #ownClose: Float64Array = new Float64Array(0);
  readonly #rangeSum: WindowSumLanes;
  /** e to the log return of the newest synthetic bar. */
  readonly #growth: Float64Array;
  /** Every lane needs the 20 bars up to its own. */
  constructor(candles: Candles, block: LaneBlock) {
    const { count, loops } = block;
    this.#loops = loops;
    this.previousClose = loops.floats(count);
    this.high = loops.floats(count);
    this.low = loops.floats(count);
    this.close = loops.floats(count);
    this.volume = loops.floats(count);
    this.#growth = loops.floats(count);
    this.range = loops.floats(count);
    this.logReturn = loops.floats(count);
    block.keep(candles.high, candles.low, candles.close, candles.volume);
    const high = block.hold(candles.high);
    const low = block.hold(candles.low);
    const held = { high, low, close: block.hold(candles.close) };
    const ranges = block.adopt(high.map((top, i) => top - low[i]!));
    this.#rangeSum = new WindowSumLanes(ranges, SYNTHETIC_WINDOW, block);
    const volume = block.hold(candles.volume);
    this.#newest = [this.previousClose, this.high, this.low, this.close, this.range, this.logReturn];
    block.follow((at) => {
      const own = ownBars(held, at, count);
      for (let k = 0; k < own.length; k++) this.#newest[k]!.set(own[k]!);
      this.#ownClose = held.close.subarray(at, at + count);
      writeMeanVolume(volume, at, this.volume);
      this.reset();
    });
  }

  /** Back to every lane's own bar, of which the next one is made from the close and the ranges up to it. */
  reset(): void {
    this.close.set(this.#ownClose);
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

/** Close of the bar before, high, low, close, range and log return of the lanes from `at` on. */
function ownBars(
  { high, low, close }: Pick<Candles, 'high' | 'low' | 'close'>,
  at: number,
  count: number,
): Float64Array[] {
  const range = new Float64Array(count);
  const logReturn = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    range[i] = high[at + i]! - low[at + i]!;
    logReturn[i] = Math.log(close[at + i]! / close[at + i - 1]!);
  }
  const own = (column: Float64Array, from: number) => column.subarray(from, from + count);
  return [own(close, at - 1), own(high, at), own(low, at), own(close, at), range, logReturn];
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
function writeMeanVolume(volume: Float64Array, at: number, mean: Float64Array): void {
  for (let i = 0, n = mean.length; i < n; i++) {
    const own = volume[at + i]!;
    let deviations = 0;
    for (let back = 1; back < SYNTHETIC_WINDOW; back++) deviations += volume[at + i - back]! - own;
    mean[i] = own + deviations / SYNTHETIC_WINDOW;
  }
}
