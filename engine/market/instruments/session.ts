import type { QualityReport } from '../../contract/quality.ts';
import { findTimeZone } from '../../contract/time-zone.ts';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import { isTradingBar, tradingDay } from '../time/calendar.ts';
import { marketKind } from './kind.ts';

/** When a market trades, as its bars tell. */
export interface FoundSession {
  readonly session: QualityReport['session'];
  /** Of exchange hours: when it is closed between Monday and Friday, New York time: `17:00 to 18:00`. */
  readonly closed: readonly string[];
  /** Whether a bar is due that would open at an instant (ms UTC). */
  isDue(ms: number): boolean;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Saturdays are a seventh of a market that never closes; wrong time zones put fewer bars there. */
const CONTINUOUS_SHARE = 0.1;
/** Fewer days say nothing of hours. */
const LEAST_DAYS = 15;
/** A time of day is closed at which hardly any day has a bar: some do, on days when clocks changed elsewhere. */
const CLOSED_SHARE = 0.05;
/** Feeds that are silent for a few minutes after the day's end do not make an exchange. */
const LEAST_CLOSED = 15 * MINUTE;

const ALWAYS: FoundSession = { session: 'continuous', closed: [], isDue: () => true };
const newYork = findTimeZone('America/New_York');

/**
 * Finds when a market trades: always, in the currency week, or in the hours of an exchange, which are times of day in New York at which the
 * weekdays have no bars. `weekendBars`: how many of its bars lie wholly in the weekend.
 */
export function findSession(candles: Candles, weekendBars: number): FoundSession {
  const { length, timeframe, symbol } = candles;
  // A bar of a week does not tell what is in it.
  if (timeframe === 'W1' && marketKind(symbol) === 'crypto') return ALWAYS;
  if (weekendBars > length * CONTINUOUS_SHARE) {
    return ALWAYS;
  }
  const isInWeek = (ms: number) => isTradingBar(ms, timeframe);
  const closed = closedTimes(candles);
  if (closed === undefined) return { session: 'currency-week', closed: [], isDue: isInWeek };
  return {
    session: 'exchange-hours',
    closed: spans(closed, timeframe),
    isDue: (ms) => isInWeek(ms) && closed[slotOf(ms, timeframe)] !== 1,
  };
}

/** Bars that are due after the one at `from` and would have ended by `to`; `most` steps are looked at. */
export function barsDue({ isDue }: FoundSession, from: number, to: number, timeframe: Timeframe): number {
  const step = timeframeMs(timeframe);
  let count = 0;
  for (let at = from + step; at + step <= to; at += step) if (isDue(at)) count++;
  return count;
}

/** By time of day, 1 where it is closed; undefined where it is not long enough to be hours of an exchange, or not to be told. */
function closedTimes({ time, length, timeframe }: Candles): Uint8Array | undefined {
  const step = timeframeMs(timeframe);
  if (step >= DAY / 4) return undefined;
  const bars = new Uint32Array(DAY / step);
  let days = 0;
  let last = Number.NaN;
  for (let i = 0; i < length; i++) {
    if (!isTradingBar(time[i]!, timeframe)) continue;
    const day = tradingDay(time[i]!);
    if (day !== last) days++;
    last = day;
    bars[slotOf(time[i]!, timeframe)]!++;
  }
  if (days < LEAST_DAYS) return undefined;
  const closed = Uint8Array.from(bars, (count) => (count <= days * CLOSED_SHARE ? 1 : 0));
  const slots = closed.reduce((sum, one) => sum + one, 0);
  return slots * step >= LEAST_CLOSED && slots < closed.length ? closed : undefined;
}

/** Number of the bar within New York's calendar day. */
function slotOf(ms: number, timeframe: Timeframe): number {
  const local = ms + newYork.offsetAt(ms);
  return Math.floor((((local % DAY) + DAY) % DAY) / timeframeMs(timeframe));
}

/** Closed times from their beginning to their end; one over midnight is one. */
function spans(closed: Uint8Array, timeframe: Timeframe): string[] {
  const minutes = timeframeMs(timeframe) / MINUTE;
  const count = closed.length;
  const found: string[] = [];
  for (let slot = 0; slot < count; slot++) {
    if (closed[slot] !== 1 || closed[(slot + count - 1) % count] === 1) continue;
    let end = slot;
    while (closed[end % count] === 1) end++;
    found.push(`${clock(slot * minutes)} to ${clock((end % count) * minutes)}`);
  }
  return found;
}

function clock(minutes: number): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
