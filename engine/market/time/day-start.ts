import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import { tradingDay, tradingDayStart, tradingWeekStart } from './calendar.ts';
import type { Session } from './trading-week.ts';

/** When a market's day begins: at 17:00 in New York, as the currency market's, or at 00:00 UTC. */
export const DAY_STARTS = ['new_york', 'utc'] as const;
export type DayStart = (typeof DAY_STARTS)[number];

/** `market.day_start`: for all markets, or by when each trades. */
export const DAY_START_RULES = ['auto', ...DAY_STARTS] as const;
export type DayStartRule = (typeof DAY_START_RULES)[number];

/** auto: the day of a market that closes at the weekend begins in New York, that of one which never closes in UTC. */
export function dayStartOf(rule: DayStartRule, session: Session): DayStart {
  if (rule !== 'auto') return rule;
  return session === 'continuous' ? 'utc' : 'new_york';
}

const HOUR = 3_600_000;
const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** 1970-01-05: the epoch itself was a Thursday. */
const FIRST_MONDAY = 4 * DAY;

/** Number of the market day of an instant: the date, in days since 1970-01-01, on which that day ends in New York or is in UTC. */
export function marketDay(ms: number, dayStart: DayStart): number {
  return dayStart === 'utc' ? Math.floor(ms / DAY) : tradingDay(ms);
}

/** Whether bars of this timeframe depend on when the day begins: New York is whole hours away from UTC. */
export function hasDayStart(timeframe: Timeframe): boolean {
  return timeframeMs(timeframe) > HOUR;
}

/**
 * Opening time of the bar that an instant falls in, ms UTC. Bars are counted from the start of the day, so that none reaches
 * into the next; in the two nights a year on which New York changes its clock, when the currency market is closed, the
 * last one of the day is shorter. Weeks begin with Monday's day: on Sunday at 17:00 in New York, or on Monday at 00:00 UTC.
 */
export function barStart(ms: number, timeframe: Timeframe, dayStart: DayStart): number {
  if (timeframe === 'W1') {
    return dayStart === 'utc'
      ? FIRST_MONDAY + Math.floor((ms - FIRST_MONDAY) / WEEK) * WEEK
      : tradingWeekStart(ms);
  }
  const step = timeframeMs(timeframe);
  const from = dayStart === 'utc' || !hasDayStart(timeframe) ? 0 : tradingDayStart(ms);
  return from + Math.floor((ms - from) / step) * step;
}

/** When the bar that opens at `start` ends, ms UTC: after its length, or with the day or week where that is cut short or prolonged. */
export function barEnd(start: number, timeframe: Timeframe, dayStart: DayStart): number {
  const end = start + timeframeMs(timeframe);
  // Where a clock is put back the week has an hour more than seven days.
  if (timeframe === 'W1') return barStart(end + 12 * HOUR, timeframe, dayStart);
  return Math.min(end, barStart(end, timeframe, dayStart));
}
