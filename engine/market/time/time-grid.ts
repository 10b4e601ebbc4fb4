import { EngineError } from '../../contract/errors.ts';
import { findTimeZone, type TimeZone, UTC } from '../../contract/time-zone.ts';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import { hasDayStart } from './day-start.ts';

/** A clock and a time of day from which bars are counted. */
interface TimeGrid {
  readonly name: string;
  readonly zone: TimeZone;
  /** Ms after midnight. */
  readonly start: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Of the bars that count, so many begin where a grid says. Clocks of two continents differ in four weeks of a year, 8 %. */
const MOSTLY = 0.95;
/** Fewer bars fit anything. */
const FEWEST = 10;

/** Grids that exports of markets stand on, those that keep summer time first: a season alone fits a fixed one, too. */
export function gridsOf(step: number): TimeGrid[] {
  const midnight = (city: string, zone: string): TimeGrid => ({
    name: `00:00 in ${city}`,
    zone: findTimeZone(zone),
    start: 0,
  });
  return [
    { name: '17:00 in New York', zone: findTimeZone('America/New_York'), start: 17 * HOUR },
    { name: '00:00 UTC', zone: UTC, start: 0 },
    midnight('New York', 'America/New_York'),
    midnight('Athens', 'Europe/Athens'),
    midnight('Berlin', 'Europe/Berlin'),
    midnight('London', 'Europe/London'),
    ...Array.from({ length: Math.min(24, step / HOUR) - 1 }, (_, i) => ({
      name: `${String(i + 1).padStart(2, '0')}:00 UTC`,
      zone: UTC,
      start: (i + 1) * HOUR,
    })),
  ];
}

const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'] as const;

/** Those of days, on each day of the week; the epoch was a Thursday. */
function gridsOfWeeks(): TimeGrid[] {
  return gridsOf(DAY).flatMap(({ name, zone, start }) =>
    WEEKDAYS.map((weekday, day) => ({ name: `${weekday}, ${name}`, zone, start: start + day * DAY })),
  );
}

/** Of days and hours those that open from Monday to Thursday: at the weekend sessions are cut. */
export function countedTimes(time: Float64Array, timeframe: Timeframe): Float64Array {
  if (timeframe === 'W1') return time;
  return time.filter((ms) => {
    const weekday = new Date(ms).getUTCDay();
    return weekday >= 1 && weekday <= 4;
  });
}

/** Names of the grids that the bars of a series stand on; days that open from Friday to Sunday don't count: sessions are cut there. */
export function timeGridsOf({ time, length, timeframe }: Candles): string[] {
  const step = timeframeMs(timeframe);
  const counted = countedTimes(time.subarray(0, length), timeframe);
  if (counted.length < FEWEST) return [];
  return (timeframe === 'W1' ? gridsOfWeeks() : gridsOf(step))
    .filter(({ zone, start }) => {
      const on = counted.filter((ms) => (ms + zone.offsetAt(ms) - start + WEEK) % step === 0);
      return on.length >= MOSTLY * counted.length;
    })
    .map(({ name }) => name);
}

/**
 * Bars that are counted from different times of day overlap: joined, they would be no series. Series of which one stands on no grid, or on so
 * few bars that several fit, are let pass.
 * @throws EngineError `invalid-input`
 */
export function refuseOtherGrid(stored: Candles, incoming: Candles): void {
  if (!hasDayStart(incoming.timeframe)) return;
  const own = timeGridsOf(incoming);
  const known = timeGridsOf(stored);
  if (own.length === 0 || known.length === 0 || own.some((name) => known.includes(name))) return;
  const { symbol, timeframe } = incoming;
  throw new EngineError(
    'invalid-input',
    `The ${timeframe} bars of ${symbol} that are stored are counted from ${known[0]}, those of this file from ${own[0]}: joined, they would overlap. Replace what is stored, or say the time zone of this file, if its stamps are of another clock than was taken.`,
    { stored: known[0], found: own[0] },
  );
}
