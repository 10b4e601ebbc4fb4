import { timeframeMs } from '../contract/timeframe.ts';
import { tradingDay } from './calendar.ts';
import type { Candles } from './candles.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A day shorter than this (Sunday evening, holidays) proves nothing. */
const SHORTEST_DAY = 12 * HOUR;
/** A quiet day after its opening looks like a leak: one in a thousand on H1, one in a hundred on H4. A defect makes many. */
const SYSTEMATIC_SHARE = 0.05;
/** Fewer of one hour in a year may be chance. */
const LEAST_OF_A_YEAR = 10;

/**
 * Finds *daily leaks*: intraday bars that hold the high and low of their whole day, because the export mixed the daily candle
 * into them. Such a bar knows the future. Days are those of UTC and those of the exchange (17:00 New York).
 *
 * A bar that spans its day's range and is larger than the median bar is a leak if other bars of that day reach exactly the
 * same high and the same low, so that the extremes are theirs. The first bar of a day is one already if that is so on one
 * side, or if more than 5 % of all days begin with such a bar. Up to H1 a bar is one, too, that spans the 24 hours from its opening on where
 * more than 5 % of the bars of its hour do in that year.
 *
 * Returns the indices of the leaks, ascending. `medianRange` is the median of high - low over the series.
 */
export function findDailyLeaks(candles: Candles, medianRange: number): number[] {
  if (timeframeMs(candles.timeframe) >= DAY) return [];
  const leaks = new Set<number>();
  for (const dayOf of [utcDay, tradingDay]) {
    const openings: number[] = [];
    let days = 0;
    let start = 0;
    for (let end = 1; end <= candles.length; end++) {
      if (end < candles.length && dayOf(candles.time[end]!) === dayOf(candles.time[start]!)) continue;
      if (candles.time[end - 1]! - candles.time[start]! >= SHORTEST_DAY) {
        days++;
        examineDay(candles, start, end, medianRange, leaks, openings);
      }
      start = end;
    }
    if (openings.length > days * SYSTEMATIC_SHARE) for (const i of openings) leaks.add(i);
  }
  // Of H4 one bar in twenty spans its day, at the hours of the news.
  if (timeframeMs(candles.timeframe) <= HOUR) for (const i of atOneHour(candles, medianRange)) leaks.add(i);
  return [...leaks].sort((a, b) => a - b);
}

/**
 * Bars that hold the range of the 24 hours from their opening on, where so many of their hour of the day do in a year that no market does
 * it: the export's days begin at that hour, whatever clock it keeps. Of clean bars one in fifty does at most, at the hour of the news.
 */
function atOneHour({ time, high, low, length }: Candles, medianRange: number): number[] {
  const bars = new Map<number, number>();
  const spanning = new Map<number, number[]>();
  for (let i = 0; i < length; i++) {
    const key = new Date(time[i]!).getUTCFullYear() * DAY + (time[i]! % DAY);
    bars.set(key, (bars.get(key) ?? 0) + 1);
    if (high[i]! - low[i]! <= medianRange) continue;
    let j = i + 1;
    while (j < length && time[j]! - time[i]! < DAY && high[j]! <= high[i]! && low[j]! >= low[i]!) j++;
    const isWhole = j === length || time[j]! - time[i]! >= DAY;
    if (isWhole && time[j - 1]! - time[i]! >= SHORTEST_DAY)
      spanning.set(key, [...(spanning.get(key) ?? []), i]);
  }
  return [...spanning].flatMap(([key, found]) =>
    found.length >= LEAST_OF_A_YEAR && found.length > bars.get(key)! * SYSTEMATIC_SHARE ? found : [],
  );
}

function utcDay(ms: number): number {
  return Math.floor(ms / DAY);
}

/** Adds the leaks among bars [start, end), which are one day; a first bar that may be one goes to `openings`. */
function examineDay(
  { high, low }: Candles,
  start: number,
  end: number,
  medianRange: number,
  leaks: Set<number>,
  openings: number[],
): void {
  let dayHigh = high[start]!;
  let dayLow = low[start]!;
  for (let i = start + 1; i < end; i++) {
    if (high[i]! > dayHigh) dayHigh = high[i]!;
    if (low[i]! < dayLow) dayLow = low[i]!;
  }
  if (!(dayHigh - dayLow > medianRange)) return;
  for (let i = start; i < end; i++) {
    if (high[i] !== dayHigh || low[i] !== dayLow) continue;
    const touches = reachedElsewhere(high, i, start, end) + reachedElsewhere(low, i, start, end);
    if (touches === 2 || (i === start && touches === 1)) leaks.add(i);
    else if (i === start) openings.push(i);
  }
}

/**
 * 1 if a bar of [start, end) other than i has the very value of bar i, else 0. The bars next to i don't count: they often begin
 * or end where i does.
 */
function reachedElsewhere(values: Float64Array, i: number, start: number, end: number): 0 | 1 {
  for (let j = start; j < end; j++) if (values[j] === values[i] && Math.abs(j - i) > 1) return 1;
  return 0;
}
