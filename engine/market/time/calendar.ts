import { findTimeZone } from '../../contract/time-zone.ts';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';

/**
 * The currency market's week: it opens on Sunday and closes on Friday, both at 17:00 in New York, which is also
 * when one trading day ends and the next begins. Public holidays are not modeled.
 */

/** Of a market that never closes; others go by the currency market's week. */
export type MarketCalendar = 'continuous';

const HOUR = 3_600_000;
const DAY = 86_400_000;
const WEEK = 7 * DAY;
const newYork = findTimeZone('America/New_York');

/** Number of the trading day an instant belongs to: the date, in days since 1970-01-01, on which that day ends. */
export function tradingDay(ms: number): number {
  return Math.floor((ms + newYork.offsetAt(ms) + 7 * HOUR) / DAY);
}

/** When the trading day of an instant began, ms UTC: 17:00 in New York. */
export function tradingDayStart(ms: number): number {
  return newYork.toUtc(tradingDay(ms) * DAY - 7 * HOUR);
}

/** When the trading week of an instant began, ms UTC: Sunday at 17:00 in New York. A weekend belongs to the week before it. */
export function tradingWeekStart(ms: number): number {
  const day = tradingDay(ms);
  return newYork.toUtc((day - weekday(day)) * DAY - 7 * HOUR);
}

/** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Whether the market is open at an instant (ms UTC). */
export function isTradingTime(ms: number): boolean {
  return weekday(tradingDay(ms)) < 5;
}

/** Whether the market is open during any part of the bar that opens at `ms`. */
export function isTradingBar(ms: number, timeframe: Timeframe): boolean {
  // No weekend is as long as a week.
  return timeframe === 'W1' || isTradingTime(ms) || isTradingTime(ms + timeframeMs(timeframe) - 1);
}

/**
 * Whether a bar is due: any that trades; of daily bars those that are open in their middle, which leaves out the stubs of
 * Friday and Sunday evening, in whatever zone the day begins.
 */
function isDue(ms: number, timeframe: Timeframe): boolean {
  return timeframe === 'D1' ? isTradingTime(ms + DAY / 2) : isTradingBar(ms, timeframe);
}

/**
 * Opening time of the bar that is due after the one opened at `ms`: the weekend is skipped, on D1 Saturday and Sunday. Bars
 * that begin with New York's day still do when its clock has changed in between.
 */
export function nextBarTime(ms: number, timeframe: Timeframe, calendar?: MarketCalendar): number {
  const step = timeframeMs(timeframe);
  if (calendar === 'continuous') return ms + step;
  let next = ms + step;
  if (timeframe !== 'W1' && isDue(next, timeframe)) return next;
  if (step < DAY) {
    // Straight to the last bar that ends before the Sunday opening; the loop does the rest.
    const opening = weekOpening(next);
    next += Math.max(0, Math.floor((opening - next) / step) - 1) * step;
  }
  const keepsDay = step > HOUR && (ms - tradingDayStart(ms)) % step === 0;
  const onClock = (t: number) => (keepsDay ? t + newYork.offsetAt(ms) - newYork.offsetAt(t) : t);
  while (!isDue(onClock(next), timeframe)) next += step;
  return onClock(next);
}

/**
 * Bars that are due after the one opened at `from` and would have ended by `to`. From week to week, since centuries may lie between
 * two stamps of which one is mistyped.
 */
export function barsDueBetween(from: number, to: number, timeframe: Timeframe): number {
  const step = timeframeMs(timeframe);
  // A week in which a clock changes is an hour longer or shorter.
  if (timeframe === 'W1') return Math.max(0, Math.round((to - from) / WEEK) - 1);
  let count = 0;
  for (let at = nextBarTime(from, timeframe); at + step <= to; ) {
    // All that open until the week closes, where that is more than one.
    const isWithin = step < DAY && isTradingTime(at);
    const due = isWithin
      ? Math.min(Math.ceil((weekClosing(at) - at) / step), Math.floor((to - at) / step))
      : 1;
    count += due;
    at = nextBarTime(at + (due - 1) * step, timeframe);
  }
  return count;
}

/** Of the week that is open at an instant. */
function weekClosing(ms: number): number {
  const day = tradingDay(ms);
  const saturday = day + 5 - weekday(day);
  return newYork.toUtc(saturday * DAY - 7 * HOUR);
}

/** The first opening of the week at or after an instant of the weekend. */
function weekOpening(ms: number): number {
  const day = tradingDay(ms);
  const monday = day + 7 - weekday(day);
  return newYork.toUtc(monday * DAY - 7 * HOUR);
}

/** Nights charged from Monday 00:00 up to the start of each weekday: Wednesday's rollover carries three (spot settles in two days). */
const NIGHTS_BEFORE = [0, 1, 2, 5, 6, 7, 7];

/**
 * Nights of swap a position collects that is open from `fromMs` to `toMs`: rollovers at 17:00 New York in (from, to],
 * Wednesday's counted three times, none on Saturday and Sunday. A market that never closes charges each midnight of UTC once.
 */
export function rolloverNights(fromMs: number, toMs: number, calendar?: MarketCalendar): number {
  if (calendar === 'continuous') return Math.floor(toMs / DAY) - Math.floor(fromMs / DAY);
  return nightsUpTo(tradingDay(toMs)) - nightsUpTo(tradingDay(fromMs));
}

/** Nights charged by all rollovers that end a trading day before `day`, from an arbitrary Monday on. */
function nightsUpTo(day: number): number {
  const week = Math.floor((day + 3) / 7);
  return week * 7 + NIGHTS_BEFORE[weekday(day)]!;
}
