import { formatOffset } from '../../engine/contract/time-zone.ts';
import { shownZone } from '../state/zone.ts';

/** Times as text, all on the clock of the zone that is chosen in Settings. What has no time is a dash. */

const NONE = '–';

type Time = string | number | null | undefined;

function instant(time: Time): number | undefined {
  if (time === null || time === undefined) return undefined;
  const ms = typeof time === 'number' ? time : Date.parse(time);
  return Number.isFinite(ms) ? ms : undefined;
}

/** The wall clock of an instant, as if it were UTC, in ms: what an axis of time is spaced by. */
export function wallTime(ms: number): number {
  return ms + shownZone().offsetAt(ms);
}

const wall = (ms: number) => new Date(wallTime(ms)).toISOString();

/** The zone by its name, for the head of a column or an axis: `UTC`, `Europe/Athens`, `NY+7`. */
export function zoneLabel(): string {
  return shownZone().name;
}

/** What stands behind a time: `UTC`, `NY+7`, and of a place how far it is ahead then, which summer changes: `UTC+3`. */
function zoneAt(ms: number): string {
  const { name, offsetAt } = shownZone();
  if (!name.includes('/')) return name;
  const offset = offsetAt(ms);
  return offset === 0 ? 'UTC' : `UTC${formatOffset(offset).replace(/^(.)0/, '$1').replace(':00', '')}`;
}

/** `2026-11-20 19:25 UTC`. */
export function formatTime(time: Time): string {
  const ms = instant(time);
  return ms === undefined ? NONE : `${formatMinute(ms)} ${zoneAt(ms)}`;
}

/** The same without the zone, below a head that names it: `2026-11-20 19:25`. */
export function formatMinute(time: Time): string {
  const ms = instant(time);
  return ms === undefined ? NONE : wall(ms).slice(0, 16).replace('T', ' ');
}

/** `19:25:08`, below a head that names the zone. */
export function formatClock(time: Time): string {
  const ms = instant(time);
  return ms === undefined ? NONE : wall(ms).slice(11, 19);
}

/** The day of an instant: `2026-11-20`. What is a day already, as a market's days are, stays that. */
export function formatDay(time: string | null | undefined): string {
  if (time?.length === 10) return time;
  const ms = instant(time);
  return ms === undefined ? NONE : wall(ms).slice(0, 10);
}
