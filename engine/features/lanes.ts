import type { Candles } from '../market/candles.ts';
import { WindowSumLanes } from './kernels/window-sum.ts';
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
  readonly #candles: Candles;
  readonly #rangeSum: WindowSumLanes;

  /** Every lane needs the 20 bars up to its own: `lanes.first >= 19`. */
  constructor(candles: Candles, lanes: Lanes) {
    const { first, count } = lanes;
    this.lanes = lanes;
    this.#candles = candles;
    this.previousClose = new Float64Array(count);
    this.high = new Float64Array(count);
    this.low = new Float64Array(count);
    this.close = new Float64Array(count);
    this.volume = meanVolume(candles.volume, lanes);
    this.range = new Float64Array(count);
    this.logReturn = new Float64Array(count);
    const from = first - SYNTHETIC_WINDOW + 1;
    const ranges = new Float64Array(first + count - from);
    for (let i = 0, n = ranges.length; i < n; i++)
      ranges[i] = candles.high[from + i]! - candles.low[from + i]!;
    this.#rangeSum = new WindowSumLanes(ranges, SYNTHETIC_WINDOW, { first: first - from, count });
    this.reset();
  }

  reset(): void {
    const { first, count } = this.lanes;
    const { high, low, close } = this.#candles;
    for (let i = 0; i < count; i++) {
      this.previousClose[i] = close[first + i - 1]!;
      this.high[i] = high[first + i]!;
      this.low[i] = low[first + i]!;
      this.close[i] = close[first + i]!;
      this.range[i] = high[first + i]! - low[first + i]!;
      this.logReturn[i] = Math.log(close[first + i]! / close[first + i - 1]!);
    }
    this.#rangeSum.reset();
  }

  /** Appends the `step`-th synthetic bar (from 1) with close-to-close log returns `logReturns`, one per lane. */
  append(logReturns: Float64Array, step: number): void {
    const { previousClose, high, low, close, range } = this;
    this.logReturn.set(logReturns);
    const rangeSum = this.#rangeSum.values;
    const quarterOfMean = 0.25 / SYNTHETIC_WINDOW;
    for (let i = 0, n = close.length; i < n; i++) {
      const from = close[i]!;
      const to = from * Math.exp(logReturns[i]!);
      const margin = rangeSum[i]! * quarterOfMean;
      const top = Math.max(from, to) + margin;
      const bottom = Math.min(from, to) - margin;
      previousClose[i] = from;
      close[i] = to;
      high[i] = top;
      low[i] = bottom;
      range[i] = top - bottom;
    }
    this.#rangeSum.advance(range, step);
  }
}

/** Summed as deviations from the newest value, so that a constant volume has exactly itself as its mean. */
function meanVolume(volume: Float64Array, lanes: Lanes): Float64Array {
  const mean = new Float64Array(lanes.count);
  for (let i = 0; i < lanes.count; i++) {
    const row = lanes.first + i;
    let deviations = 0;
    for (let back = 1; back < SYNTHETIC_WINDOW; back++) deviations += volume[row - back]! - volume[row]!;
    mean[i] = volume[row]! + deviations / SYNTHETIC_WINDOW;
  }
  return mean;
}
