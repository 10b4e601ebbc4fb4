import { formatOffset, type TimeZone, UTC } from './time-zone.ts';

const DAY = 86_400_000;
/** Clocks are put forward or back by less than two hours. */
const LONGEST_DAY = 26 * 3_600_000;

/** When a day (`2026-03-29`) begins on a zone's clock, ms UTC. Where midnight is missing it begins with the first hour that there is. */
export function dayStartIn(zone: TimeZone, day: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const offsets = [zone.offsetAt(midnight - LONGEST_DAY), zone.offsetAt(midnight + LONGEST_DAY)];
  const candidates = offsets.map((offset) => midnight - offset).sort((a, b) => a - b);
  return candidates.find((at) => at + zone.offsetAt(at) >= midnight) ?? zone.toUtc(midnight);
}

/** When the day after it begins, ms UTC: a day of 23 or 25 hours is as long as it is. */
export function dayEndIn(zone: TimeZone, day: string): number {
  return dayStartIn(zone, new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10));
}

/** ISO 8601 on a zone's clock: with its offset, so that the instant is still said (`2026-11-20T14:05:00.000-05:00`). */
export function isoIn(zone: TimeZone, utcMs: number): string {
  const offset = zone.offsetAt(utcMs);
  const wall = new Date(utcMs + offset).toISOString();
  return zone.name === UTC.name ? wall : `${wall.slice(0, -1)}${formatOffset(offset)}`;
}
