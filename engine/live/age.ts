import { counted } from '../contract/counted.ts';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { barsDueBetween, nextBarTime } from '../market/time/calendar.ts';
import type { Session } from '../market/time/trading-week.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Bars that may be missing before a market counts as late: the newest one has just closed, and takes its time to arrive. */
const GRACE = 1;

export interface DataAge {
  /** Time that the market was open since the bar closed, ms: a weekend is no time. */
  readonly age: number;
  /** Bars that should have opened and closed since then. */
  readonly missing: number;
}

/** How old the newest bar of a series is, which opened at `time` and has closed by `now`; ms UTC. */
export function dataAge(time: number, timeframe: Timeframe, session: Session, now: number): DataAge {
  const step = timeframeMs(timeframe);
  const closed = time + step;
  if (session === 'continuous') {
    const age = Math.max(0, now - closed);
    return { age, missing: Math.floor(age / step) };
  }
  return {
    age: barsDueBetween(closed - MINUTE, now, 'M1') * MINUTE,
    missing: barsDueBetween(time, now, timeframe),
  };
}

export function isLate({ missing }: Pick<DataAge, 'missing'>): boolean {
  return missing > GRACE;
}

/** `40 min`, `26 h`, `5 days`: whole units, of days those of 24 hours. */
export function spanText(ms: number): string {
  if (ms < 2 * HOUR) return `${Math.floor(ms / MINUTE)} min`;
  return ms < 2 * DAY ? `${Math.floor(ms / HOUR)} h` : counted(Math.floor(ms / DAY), 'day');
}

/** When the bar opens that is due `bars` bars after the one opened at `time`, ms UTC. */
export function barAfter(time: number, bars: number, timeframe: Timeframe, session: Session): number {
  const calendar = session === 'continuous' ? session : undefined;
  let at = time;
  for (let bar = 0; bar < bars; bar++) at = nextBarTime(at, timeframe, calendar);
  return at;
}
