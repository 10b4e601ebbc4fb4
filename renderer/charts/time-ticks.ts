import { texts } from './texts.ts';
export interface TimeTick {
  /** Index of the first bar of the year, month, week, day or hour. */
  readonly index: number;
  readonly label: string;
}

interface Unit {
  /** Equal for times in the same unit. */
  key(date: Date): number;
  label(iso: string): string;
}

const DAY_MS = 86_400_000;
const MONTHS = texts.months;
const monthLabel = (iso: string) => `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
const dayLabel = (iso: string) => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}`;
const hourLabel = (iso: string) => `${dayLabel(iso)} ${iso.slice(11, 16)}`;
const monthsOf = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();

/** Weeks begin on Monday: 1970-01-01 was a Thursday. */
const UNITS: readonly Unit[] = [
  { key: (d) => Math.floor(d.getTime() / 3_600_000), label: hourLabel },
  { key: (d) => Math.floor(d.getTime() / (DAY_MS / 4)), label: hourLabel },
  { key: (d) => Math.floor(d.getTime() / DAY_MS), label: dayLabel },
  { key: (d) => Math.floor((d.getTime() / DAY_MS + 3) / 7), label: dayLabel },
  { key: (d) => Math.floor((d.getTime() / DAY_MS + 3) / 14), label: dayLabel },
  { key: monthsOf, label: monthLabel },
  { key: (d) => Math.floor(monthsOf(d) / 3), label: monthLabel },
  { key: (d) => d.getUTCFullYear(), label: (iso) => iso.slice(0, 4) },
];

/**
 * Ticks of a time axis that is spaced by bars (nights and weekends take no room): the bars where the finest unit begins
 * that needs at most `most` of them. Times are ms of a wall clock (as if it were UTC), ascending but for the hour that comes twice where summer ends. The first bar is
 * no tick: its unit began before.
 */
export function timeTicks(times: readonly number[], most: number): TimeTick[] {
  if (times.length === 0) return [];
  const dates = times.map((time) => new Date(time));
  let ticks: TimeTick[] = [];
  for (const unit of UNITS) {
    ticks = [];
    let current = unit.key(dates[0]!);
    for (let index = 1; index < dates.length && ticks.length <= most; index++) {
      const key = unit.key(dates[index]!);
      if (key !== current) ticks.push({ index, label: unit.label(dates[index]!.toISOString()) });
      current = key;
    }
    if (ticks.length <= most) return apart(ticks, times.length / most);
  }
  return ticks.slice(0, most);
}

/** Without those that follow another so closely that their labels would overlap: where a weekend takes no room. */
function apart(ticks: readonly TimeTick[], bars: number): TimeTick[] {
  const kept: TimeTick[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (last === undefined || tick.index - last.index >= 0.85 * bars) kept.push(tick);
  }
  return kept;
}
