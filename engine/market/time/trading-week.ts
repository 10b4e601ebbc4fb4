import type { QualityReport } from '../../contract/quality.ts';
import { findTimeZone } from '../../contract/time-zone.ts';
import { tradingDay } from './calendar.ts';

/** When a market trades: in the currency week (24/5, see calendar.ts) or always (24/7). */
export type Session = QualityReport['session'];

const HOUR = 3_600_000;
const DAY = 86_400_000;
/** Days from the epoch, a Thursday, to the first Monday. */
const FIRST_MONDAY = 4;
const FRIDAY = 4;

const newYork = findTimeZone('America/New_York');

/**
 * The last close of a trading week at or before an instant (ms UTC): of the currency week on Friday at 17:00 in New York,
 * of a market that never closes on Monday at 00:00 UTC.
 */
export function weekClose(ms: number, session: Session): number {
  if (session === 'continuous') {
    const day = Math.floor(ms / DAY);
    return (day - weekday(day)) * DAY;
  }
  const day = tradingDay(ms) - 1;
  return dayEnd(day - ((weekday(day) - FRIDAY + 7) % 7));
}

/**
 * The last close of a trading day at or before an instant (ms UTC): in the currency week at 17:00 in New York from Monday
 * to Friday, in a market that never closes at 00:00 UTC.
 */
export function dayClose(ms: number, session: Session): number {
  if (session === 'continuous') return Math.floor(ms / DAY) * DAY;
  const day = tradingDay(ms) - 1;
  return dayEnd(day - Math.max(0, weekday(day) - FRIDAY));
}

/** The close of the trading day of a date (`2025-06-27`), ms UTC; of a date in the weekend that of the Friday before. */
export function dateClose(date: string, session: Session): number {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (session === 'continuous') return midnight + DAY;
  const day = midnight / DAY;
  return dayEnd(day - Math.max(0, weekday(day) - FRIDAY));
}

/** 17:00 in New York on a date, in days since 1970-01-01. */
function dayEnd(day: number): number {
  return newYork.toUtc(day * DAY + 17 * HOUR);
}

/** 0 for Monday to 6 for Sunday. */
function weekday(day: number): number {
  return (((day - FIRST_MONDAY) % 7) + 7) % 7;
}
