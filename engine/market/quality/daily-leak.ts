import { timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import { tradingDay } from '../time/calendar.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A day shorter than this (Sunday evening, holidays) proves nothing. */
const SHORTEST_DAY = 12 * HOUR;
/** A quiet day after its opening looks like a leak: one in a thousand on H1, one in a hundred on H4. A defect makes many. */
const SYSTEMATIC_SHARE = 0.05;
/** Fewer of one hour in a year may be chance. */
const LEAST_OF_A_YEAR = 10;
/** So many times the median range of its hour, and so many of them in a year, are none. */
const OUTLIER = 3;
const LEAST_OUTLIERS = 4;

/**
 * Finds *daily leaks*: intraday bars that hold the high and low of their whole day, because the export mixed the daily candle
 * into them. Such a bar knows the future. Days are those of UTC and those of the exchange (17:00 New York).
 *
 * A bar that spans its day's range and is larger than the median bar is a leak if other bars of that day reach exactly the
 * same high and the same low, so that the extremes are theirs. The first bar of a day is one already if that is so on one
 * side, or if more than 5 % of all days begin with such a bar. Up to H1 bars of any hour are held against the others of that hour, too, by their
 * ranges alone: see `atOneHour`.
 *
 * Returns the indices of the leaks, ascending. `medianRange` is the median of high - low over the series.
 */
export function findDailyLeaks(candles: Candles, medianRange: number): number[] {
  if (timeframeMs(candles.timeframe) >= DAY) return [];
  const leaks = new Set<number>();
  const holders = new Set<number>();
  for (const dayOf of [utcDay, tradingDay]) {
    const openings: number[] = [];
    let days = 0;
    let start = 0;
    for (let end = 1; end <= candles.length; end++) {
      if (end < candles.length && dayOf(candles.time[end]!) === dayOf(candles.time[start]!)) continue;
      if (candles.time[end - 1]! - candles.time[start]! >= SHORTEST_DAY) {
        days++;
        examineDay(candles, start, end, medianRange, leaks, openings, holders);
      }
      start = end;
    }
    if (openings.length > days * SYSTEMATIC_SHARE) for (const i of openings) leaks.add(i);
  }
  // Of H4 one bar in twenty spans its day, at the hours of the news.
  if (timeframeMs(candles.timeframe) <= HOUR)
    for (const i of atOneHour(candles, medianRange, holders)) leaks.add(i);
  return [...leaks].sort((a, b) => a - b);
}

/**
 * Bars that hold the range of the 24 hours from their opening on, or of the whole day that they are in (`holders`), where so many of their hour
 * of the day do in a year that no market does it: more than 5 %, or four that are three times as large as the hour's median in that year. Of clean
 * bars one in fifty does at most, at the hour of the news, and of those that large two in a year (five markets, 13 years of H1 each).
 */
function atOneHour(
  { time, high, low, length }: Candles,
  medianRange: number,
  holders: ReadonlySet<number>,
): number[] {
  const hours = new Map<number, { readonly ranges: number[]; readonly spanning: number[] }>();
  for (let i = 0; i < length; i++) {
    const key = new Date(time[i]!).getUTCFullYear() * DAY + (time[i]! % DAY);
    const hour = hours.get(key) ?? { ranges: [], spanning: [] };
    hours.set(key, hour);
    hour.ranges.push(high[i]! - low[i]!);
    if (high[i]! - low[i]! <= medianRange) continue;
    let j = i + 1;
    while (j < length && time[j]! - time[i]! < DAY && high[j]! <= high[i]! && low[j]! >= low[i]!) j++;
    const isWhole = (j === length || time[j]! - time[i]! >= DAY) && time[j - 1]! - time[i]! >= SHORTEST_DAY;
    if (isWhole || holders.has(i)) hour.spanning.push(i);
  }
  return [...hours.values()].flatMap(({ ranges, spanning }) => {
    if (spanning.length < LEAST_OUTLIERS) return [];
    if (spanning.length >= LEAST_OF_A_YEAR && spanning.length > ranges.length * SYSTEMATIC_SHARE)
      return spanning;
    const least = OUTLIER * ranges.toSorted((a, b) => a - b)[ranges.length >> 1]!;
    const outliers = spanning.filter((i) => high[i]! - low[i]! >= least);
    return outliers.length >= LEAST_OUTLIERS ? outliers : [];
  });
}

function utcDay(ms: number): number {
  return Math.floor(ms / DAY);
}

/** Adds the leaks among bars [start, end), which are one day; a first bar that may be one goes to `openings`, and all that hold the day's range to `holders`. */
function examineDay(
  { high, low }: Candles,
  start: number,
  end: number,
  medianRange: number,
  leaks: Set<number>,
  openings: number[],
  holders: Set<number>,
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
    holders.add(i);
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
