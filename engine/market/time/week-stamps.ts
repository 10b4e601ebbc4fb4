import type { StampMeaning } from '../../contract/table-words.ts';
import type { TimeZone } from '../../contract/time-zone.ts';

const DAY = 86_400_000;
export const WEEK = 7 * DAY;
/** Days from the epoch, a Thursday, to the first Monday. */
const FIRST_MONDAY = 4;
const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const FRIDAY = 4;
/** Weeks whose Friday is a holiday are dated by an earlier day. */
const MOSTLY = 0.8;

/**
 * What stamps of weekly bars tell, where they are dates: some sources date a week by its Friday. Taken for its opening, that would hide each bar
 * for a week; five days earlier, it would show one a day too soon. Such stamps become the Monday of their week, in place, unless `stamp` says
 * that bars open there.
 *
 * @param time ms UTC, ascending, a week apart
 * @returns whether they were moved, and what to say of them
 */
export function settleWeekDates(
  time: Float64Array,
  zone: TimeZone,
  stamp: StampMeaning | undefined,
): { readonly moved: boolean; readonly notes: readonly string[] } {
  const local = time.map((ms) => ms + zone.offsetAt(ms));
  if (local.some((ms) => ms % DAY !== 0)) return { moved: false, notes: [] };
  const counts = NAMES.map((_, weekday) => local.filter((ms) => weekdayOf(ms) === weekday).length);
  const usual = counts.indexOf(Math.max(...counts));
  if (usual === FRIDAY && counts[FRIDAY]! >= MOSTLY * time.length && stamp !== 'open') {
    const mondays = local.map((ms) => ms - weekdayOf(ms) * DAY);
    if (mondays.some((ms, i) => i > 0 && ms <= mondays[i - 1]!)) return { moved: false, notes: [] };
    for (let i = 0; i < time.length; i++) time[i]! -= weekdayOf(local[i]!) * DAY;
    return {
      moved: true,
      notes: [
        'Its weeks are dated by their Friday: each was stored as opening on the Monday before. Say that its stamps tell the open if they begin on Fridays.',
      ],
    };
  }
  if (stamp !== undefined || usual === 0) return { moved: false, notes: [] };
  return {
    moved: false,
    notes: [
      `Its weeks are dated by a ${NAMES[usual]}, which was taken for the day they begin on. Say that its stamps tell the close if it is the day they end on.`,
    ],
  };
}

/** 0 for Monday to 6 for Sunday. */
function weekdayOf(ms: number): number {
  return (((Math.floor(ms / DAY) - FIRST_MONDAY) % 7) + 7) % 7;
}
