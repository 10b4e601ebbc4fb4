import { EngineError } from '../contract/errors.ts';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { nextBarTime } from './calendar.ts';
import type { Candles } from './candles.ts';

/**
 * Joins bars into those of a longer timeframe, in bins aligned to the UTC epoch: first open, highest high, lowest low, last
 * close, summed volume, last known spread. A last bin that the data do not reach the end of is left out: its close is not
 * known yet. (A bin that ends with the trading week is complete when the week's last bar is there.)
 * Throws `invalid-input` unless the timeframe is longer than that of the candles.
 */
export function resample(candles: Candles, timeframe: Timeframe): Candles {
  const from = timeframeMs(candles.timeframe);
  const bin = timeframeMs(timeframe);
  if (bin <= from) {
    throw new EngineError(
      'invalid-input',
      `${candles.symbol} ${candles.timeframe} can not be resampled to ${timeframe}: only a longer timeframe can be made. Import ${timeframe} or a shorter one.`,
    );
  }
  const bins = countBins(candles, bin);
  const result = {
    symbol: candles.symbol,
    timeframe,
    length: bins,
    time: new Float64Array(bins),
    open: new Float64Array(bins),
    high: new Float64Array(bins),
    low: new Float64Array(bins),
    close: new Float64Array(bins),
    volume: new Float64Array(bins),
    spread: new Float64Array(bins),
    synthetic: candles.synthetic,
  };
  let b = -1;
  for (let i = 0; i < candles.length; i++) {
    const start = Math.floor(candles.time[i]! / bin) * bin;
    if (b < 0 || result.time[b] !== start) {
      if (++b === bins) break;
      result.time[b] = start;
      result.open[b] = candles.open[i]!;
      result.high[b] = candles.high[i]!;
      result.low[b] = candles.low[i]!;
      result.spread[b] = Number.NaN;
    }
    if (candles.high[i]! > result.high[b]!) result.high[b] = candles.high[i]!;
    if (candles.low[i]! < result.low[b]!) result.low[b] = candles.low[i]!;
    result.close[b] = candles.close[i]!;
    result.volume[b]! += candles.volume[i]!;
    if (!Number.isNaN(candles.spread[i])) result.spread[b] = candles.spread[i]!;
  }
  return result;
}

/** Bins that hold a bar, without an incomplete last one. */
function countBins(candles: Candles, bin: number): number {
  const { time, length } = candles;
  if (length === 0) return 0;
  let bins = 1;
  for (let i = 1; i < length; i++) {
    if (Math.floor(time[i]! / bin) !== Math.floor(time[i - 1]! / bin)) bins++;
  }
  const last = time[length - 1]!;
  const binEnd = (Math.floor(last / bin) + 1) * bin;
  const dataEnd = last + timeframeMs(candles.timeframe);
  const complete = dataEnd >= binEnd || nextBarTime(last, candles.timeframe) >= binEnd;
  return complete ? bins : bins - 1;
}
