import { counted, grouped } from '../../contract/counted.ts';
import type { WeekendRule } from '../../contract/weekend-days.ts';
import type { Candles } from '../candles.ts';
import type { BarColumns } from '../reading/sort-bars.ts';
import { isTradingTime } from '../time/calendar.ts';

const DAY = 86_400_000;
/** A market that never closes has a seventh of its days on Saturday, and as many on Sunday. */
const CONTINUOUS_SHARE = 0.1;
/** From a stub to the day that it belongs to; clocks may change between. */
const NEXT_DAY = 1.1 * DAY;

/**
 * Rows of daily bars of which most lies in the weekend, in a market that closes then: a broker whose midnight is not the market's gives Sunday's
 * first hours, or the last ones of Friday, a day of their own. None of a market that never closes.
 *
 * @param time opening times of daily bars, ms UTC
 */
export function weekendStubs({ time, length }: Pick<BarColumns, 'time' | 'length'>): number[] {
  const rows: number[] = [];
  for (let i = 0; i < length; i++) if (!isTradingTime(time[i]! + DAY / 2)) rows.push(i);
  return isContinuous(time, rows) ? [] : rows;
}

/** Whether daily bars open on Saturdays and on Sundays as on other days. */
function isContinuous(time: Float64Array, inWeekend: readonly number[]): boolean {
  const sundays = inWeekend.filter((i) => isEve(time[i]!)).length;
  return Math.min(sundays, inWeekend.length - sundays) > CONTINUOUS_SHARE * time.length;
}

/** Whether the next day trades: a Sunday of whatever clock. */
function isEve(ms: number): boolean {
  return isTradingTime(ms + 1.5 * DAY);
}

/**
 * Daily bars with what is asked for done to those of the weekend. Merged, a Sunday opens the day after it, a Saturday closes the one before; one
 * without such a neighbor stays.
 */
export function settleWeekend<T extends BarColumns>(bars: T, rule: WeekendRule): T {
  const stubs = new Set(rule === 'keep' ? [] : weekendStubs(bars));
  if (stubs.size === 0) return bars;
  const { time, open, high, low, close, volume, spread } = bars;
  const kept: number[] = [];
  /** Of each day, the rows that it is made of. */
  const parts = new Map<number, number[]>();
  for (let i = 0; i < bars.length; i++) {
    if (!stubs.has(i)) kept.push(i);
    else if (rule === 'merge') {
      const day = isEve(time[i]!) ? i + 1 : i - 1;
      const isNear = day >= 0 && day < bars.length && Math.abs(time[day]! - time[i]!) <= NEXT_DAY;
      if (isNear && !stubs.has(day))
        parts.set(
          day,
          [...(parts.get(day) ?? [day]), i].sort((a, b) => a - b),
        );
      else kept.push(i);
    }
  }
  const of = (row: number) => parts.get(row) ?? [row];
  const column = (value: (rows: readonly number[], row: number) => number) =>
    Float64Array.from(kept, (row) => value(of(row), row));
  return {
    ...bars,
    length: kept.length,
    time: column((_, row) => time[row]!),
    open: column((rows) => open[rows[0]!]!),
    high: column((rows) => Math.max(...rows.map((row) => high[row]!))),
    low: column((rows) => Math.min(...rows.map((row) => low[row]!))),
    close: column((rows) => close[rows.at(-1)!]!),
    volume: column((rows) => rows.reduce((sum, row) => sum + volume[row]!, 0)),
    spread: column((rows, row) =>
      Number.isNaN(spread[rows.at(-1)!]!) ? spread[row]! : spread[rows.at(-1)!]!,
    ),
  };
}

/** What is said of such bars when a file is imported or looked at. */
export function weekendStubNotes(bars: BarColumns, rule: WeekendRule | undefined): string[] {
  const stubs = weekendStubs(bars);
  if (stubs.length === 0) return [];
  const share = ((100 * stubs.length) / bars.length).toFixed(1);
  const found = `${counted(stubs.length, 'daily bar')} of ${grouped(bars.length)} (${share} %) ${stubs.length === 1 ? 'holds' : 'hold'} only the few hours of a Saturday or Sunday`;
  switch (rule) {
    case 'merge':
      return [`${found}: each was joined with the day it belongs to.`];
    case 'drop':
      return [`${found}: they were left out.`];
    case 'keep':
      return [`${found}: they were kept as days of their own.`];
    default:
      return [
        `${found}: they are kept as days of their own, with a range that is none of a day. Weekend days can be joined with the days they belong to (merge), or left out (drop).`,
      ];
  }
}

/** What is stored, as an import of daily bars has asked for its own. */
export function settleStoredWeekend(stored: Candles, rule: WeekendRule): Candles {
  return stored.timeframe === 'D1' ? settleWeekend(stored, rule) : stored;
}
