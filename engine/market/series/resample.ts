import { EngineError } from '../../contract/errors.ts';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import { isTradingBar, isTradingTime, nextBarTime } from '../time/calendar.ts';
import { barEnd, barStart, type DayStart, hasDayStart } from '../time/day-start.ts';

/**
 * Joins bars into those of a longer timeframe, counted from the start of the day or week: first open, highest high, lowest low, last
 * close, summed volume, last known spread. A last bin that the data do not reach the end of is left out: its close is not
 * known yet. (A bin that ends with the trading week is complete when the week's last bar is there.)
 * Throws `invalid-input` unless the timeframe is longer than that of the candles.
 */
export function resample(candles: Candles, timeframe: Timeframe, dayStart: DayStart): Candles {
  if (timeframeMs(timeframe) <= timeframeMs(candles.timeframe)) {
    throw new EngineError(
      'invalid-input',
      `${candles.symbol} ${candles.timeframe} can not be resampled to ${timeframe}: only a longer timeframe can be made. Import ${timeframe} or a shorter one.`,
    );
  }
  // Sunday evening opens the currency market's week, whatever clock its days go by.
  const clock = timeframe === 'W1' && closesAtWeekends(candles) ? 'new_york' : dayStart;
  const starts = new Float64Array(candles.length);
  // Asking the clock for every bar would take longer than joining them.
  let start = Number.NaN;
  let nextStart = Number.NaN;
  let begun = 0;
  for (let i = 0; i < candles.length; i++) {
    const moment = lastMoment(candles.time[i]!, candles.timeframe);
    if (!(moment >= start && moment < nextStart)) {
      const next = barStart(moment, timeframe, clock);
      if (next !== start) begun++;
      start = next;
      nextStart = barEnd(start, timeframe, clock);
    }
    starts[i] = start;
  }
  const bins = lastIsComplete(candles, nextStart) ? begun : begun - 1;
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
    const start = starts[i]!;
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

/**
 * The last moment, ms UTC, at which the market is open during a bar. It decides on the bin: of bars that reach over the start
 * of a day, as H4 bars of another clock do, the day before must not know the end.
 */
function lastMoment(time: number, timeframe: Timeframe): number {
  const end = time + timeframeMs(timeframe) - 1;
  return hasDayStart(timeframe) && !isTradingTime(end) && isTradingTime(time) ? time : end;
}

/** Whether the last bin, which ends at `binEnd`, has all its bars; one of no bars has. */
function lastIsComplete(candles: Candles, binEnd: number): boolean {
  const { time, length } = candles;
  if (length === 0) return true;
  const last = time[length - 1]!;
  const dataEnd = last + timeframeMs(candles.timeframe);
  return dataEnd >= binEnd || (closesAtWeekends(candles) && nextBarTime(last, candles.timeframe) >= binEnd);
}

const WEEK = 7 * 86_400_000;

/** Whether none of the last week's bars opens in the weekend: of a market that never closes nothing is skipped. */
function closesAtWeekends({ time, length, timeframe }: Candles): boolean {
  // Bars of a day that is Sunday's in UTC hold its evening.
  const isOpen = (ms: number) => (timeframe === 'D1' ? isTradingBar(ms, 'D1') : isTradingTime(ms));
  for (let i = length - 1; i >= 0 && time[i]! > time[length - 1]! - WEEK; i--) {
    if (!isOpen(time[i]!)) return false;
  }
  return true;
}
