import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';

/**
 * One symbol's bars on one timeframe, as columns of equal length, oldest first. `time` is strictly ascending.
 * Prices and spread are in price units, volume in whatever the source counts (ticks, contracts, or all zero).
 */
export interface Candles {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly length: number;
  /** Opening time of the bar, milliseconds since 1970-01-01 UTC. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Ask minus bid at the close of the bar; NaN where the source gives none. */
  readonly spread: Float64Array;
  /** True for the built-in demo market: no real money was ever quoted at these prices. */
  readonly synthetic: boolean;
}

export const CANDLE_COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume', 'spread'] as const;
export type CandleColumn = (typeof CANDLE_COLUMNS)[number];

/** Bars `from` up to but without `to`, as views on the same memory. */
export function sliceCandles(candles: Candles, from: number, to: number): Candles {
  return {
    symbol: candles.symbol,
    timeframe: candles.timeframe,
    length: to - from,
    time: candles.time.subarray(from, to),
    open: candles.open.subarray(from, to),
    high: candles.high.subarray(from, to),
    low: candles.low.subarray(from, to),
    close: candles.close.subarray(from, to),
    volume: candles.volume.subarray(from, to),
    spread: candles.spread.subarray(from, to),
    synthetic: candles.synthetic,
  };
}

/** The bars of those rows, in columns of their own. */
export function pickCandles(candles: Candles, rows: readonly number[]): Candles {
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  return {
    symbol: candles.symbol,
    timeframe: candles.timeframe,
    length: rows.length,
    time: pick(candles.time),
    open: pick(candles.open),
    high: pick(candles.high),
    low: pick(candles.low),
    close: pick(candles.close),
    volume: pick(candles.volume),
    spread: pick(candles.spread),
    synthetic: candles.synthetic,
  };
}

/**
 * The bars that open at `from` or later and have closed by `to` (ms), as views on the same memory. A bound left out is no
 * bound.
 */
export function candlesWithin(
  candles: Candles,
  { from, to }: { readonly from?: number; readonly to?: number },
): Candles {
  const { time, timeframe, length } = candles;
  const first = from === undefined ? 0 : lowerBound(time, from);
  const end = to === undefined ? length : lowerBound(time, to - timeframeMs(timeframe) + 1);
  return sliceCandles(candles, first, Math.max(first, end));
}

/** Index of the first bar whose opening time is >= `time` (ms); `length` if there is none. */
export function lowerBound(time: Float64Array, wanted: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether any bar has a volume: files of some brokers have none. */
export function hasVolume({ volume }: Pick<Candles, 'volume'>): boolean {
  // A loop: to call a function for each of a hundred thousand bars without one takes many times as long.
  for (let bar = 0; bar < volume.length; bar++) if (volume[bar]! > 0) return true;
  return false;
}
