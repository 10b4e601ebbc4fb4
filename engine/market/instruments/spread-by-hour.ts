import { timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import { tradingDayStart } from '../time/calendar.ts';
import type { DayStart } from '../time/day-start.ts';

/** What a market's spread usually is at each hour of its day. */
export interface SpreadByHour {
  /** When its day begins. */
  readonly day: DayStart;
  /** Median spread as a fraction of the close, of each of the 24 hours from there on. */
  readonly shares: readonly number[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** More digits than a median of quotes has meaning; fewer than where sums of doubles differ. */
const DIGITS = 9;

/** Hour of the market's day in which an instant lies, 0 to 23: hour 0 begins at 17:00 in New York, or at 00:00 UTC. */
export function hourOfDay(ms: number, day: DayStart): number {
  const from = day === 'utc' ? Math.floor(ms / DAY) * DAY : tradingDayStart(ms);
  return Math.min(23, Math.floor((ms - from) / HOUR));
}

/** Hour of a bar's close, at which its spread was quoted. */
export function closingHour({ time, timeframe }: Candles, row: number, day: DayStart): number {
  return hourOfDay(time[row]! + timeframeMs(timeframe) - 1, day);
}

/**
 * The median spread of each hour of the day over the rows that have one; an hour without any has the median of all. Undefined where no
 * row has one.
 */
export function spreadByHour(
  candles: Candles,
  { from, to }: { readonly from: number; readonly to: number },
  day: DayStart,
): SpreadByHour | undefined {
  const hours = Array.from({ length: 24 }, (): number[] => []);
  for (let row = from; row < to; row++) {
    const share = candles.spread[row]! / candles.close[row]!;
    if (share > 0) hours[closingHour(candles, row, day)]!.push(share);
  }
  const all = hours.flat();
  if (all.length === 0) return undefined;
  const usual = median(all);
  const shares = hours.map((of) => Number((of.length === 0 ? usual : median(of)).toPrecision(DIGITS)));
  return { day, shares };
}

/** Of a list that is not empty; of two in the middle their mean. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
