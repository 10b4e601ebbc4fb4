/**
 * When New York changes its clocks, which the currency market's days go by: each process that trains asks, and to have Intl say it takes 60 ms
 * of each, 20 for the first format and 0.6 a year.
 *
 * Uniform Time Act of 1966 as amended in 1986 and 2005: summer time begins and ends at 2:00 of the local clock.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The edition of the time zone database that these rules were compared with, year for year. Where Intl has another, it is asked. */
export const COMPARED_WITH = '2026c';
/** Years of the comparison. In 1974 and 1975 summer time began in winter. */
export const [FIRST_YEAR, LAST_YEAR] = [1976, 2200];

/** A change of the clock, UTC in milliseconds, and the offsets on both sides of it. */
export interface ClockChange {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

const [STANDARD, SUMMER] = [-5 * HOUR, -4 * HOUR];

/** The changes of a calendar year; undefined where Intl knows better. `edition`: that of the time zone database that Intl has. */
export function newYorkChanges(year: number, edition = editionOfIntl()): ClockChange[] | undefined {
  if (edition !== COMPARED_WITH || year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const begin = year >= 2007 ? sundayFrom(year, 2, 8) : sundayFrom(year, 3, year >= 1987 ? 1 : 24);
  const end = year >= 2007 ? sundayFrom(year, 10, 1) : sundayFrom(year, 9, 25);
  return [
    { at: begin + 2 * HOUR - STANDARD, before: STANDARD, after: SUMMER },
    { at: end + 2 * HOUR - SUMMER, before: SUMMER, after: STANDARD },
  ];
}

/** The first Sunday from a date on. `month` counts from 0. */
function sundayFrom(year: number, month: number, day: number): number {
  const date = Date.UTC(year, month, day);
  return date + ((7 - new Date(date).getUTCDay()) % 7) * DAY;
}

/** Of Node; browsers do not say. */
function editionOfIntl(): string | undefined {
  return (globalThis as { process?: { versions?: { tz?: string } } }).process?.versions?.tz;
}
