import { findTimeZone, type TimeZone } from '../../contract/time-zone.ts';
import { tradingDay } from '../time/calendar.ts';

/** What the weeks of a market tell about the zone of its stamps. */
export type InferredZone =
  /** All zones that fit give the same times; the first one is the usual name. */
  | { readonly kind: 'one'; readonly zones: readonly TimeZone[]; readonly weeks: number }
  /** Zones that fit and give different times. */
  | { readonly kind: 'several'; readonly zones: readonly TimeZone[]; readonly weeks: number }
  /** One zone up to a week, another one from there; `at` is the local stamp of its first bar. */
  | { readonly kind: 'change'; readonly at: number; readonly before: TimeZone; readonly after: TimeZone }
  /** It never pauses, pauses at other times, or there are too few weeks. */
  | { readonly kind: 'unknown'; readonly reason: 'continuous' | 'few' | 'none-fits' };

/** The bars on both sides of a weekend, opening stamps as they stand in the file. */
interface Weekend {
  readonly lastOpen: number;
  readonly firstOpen: number;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
/** A pause that may be a weekend: two days less or more than the closing times of one market and the holidays of another take. */
const WEEKEND = { least: 30 * HOUR, most: 80 * HOUR };
/** Fewer weekends may all be of one season and a holiday. */
const FEWEST_WEEKENDS = 2;
/** The most that markets leave out at one end of a week: some open an hour later and close two earlier. */
const MISSING = 2 * HOUR;
/** The share that counts as nearly all. */
const MOSTLY = 0.8;
/** More weeks than this share that do not fit, and a zone is none. */
const MISFITS = 0.03;
/** A market opens at its time or little later. */
const PUNCTUAL = 15 * MINUTE;

/** In the order in which one is named where several give the same times. */
const NAMES: readonly string[] = [
  'UTC',
  'NY+7',
  'Europe/Athens',
  'America/New_York',
  'Europe/London',
  'Europe/Berlin',
  ...Array.from({ length: 27 }, (_, i) => i - 12).flatMap((hours) =>
    hours === 0 ? [] : [`${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`],
  ),
];

const candidates = (): TimeZone[] => NAMES.map(findTimeZone);

/**
 * Compares when the weeks of a file open and close with those of the currency market, Sunday and Friday 17:00 in New York: a zone fits whose
 * bars are never in the weekend and that starts most weeks on time. Summer time tells zones apart that agree in winter.
 *
 * @param local opening stamps of the bars, ascending, as if they were UTC
 * @param spacing distance of neighboring bars in ms, below a day
 */
export function inferZone(local: Float64Array, spacing: number): InferredZone {
  const weekends = weekendsOf(local);
  if (weekends.length < FEWEST_WEEKENDS) {
    const days = (local.at(-1)! - local[0]!) / DAY;
    return { kind: 'unknown', reason: days > 14 && weekends.length === 0 ? 'continuous' : 'few' };
  }
  const zones = candidates();
  const places = zones.map((zone) => weekends.map((weekend) => placeOf(weekend, spacing, zone)));
  const without = zones.flatMap((zone, i) =>
    misfits(places[i]!) <= allowed(weekends.length) ? [{ zone, places: places[i]! }] : [],
  );
  if (without.length === 0) return changeOf(weekends, zones, places);
  const fitting = without.filter((candidate) => keepsTheWeek(candidate.places));
  if (fitting.length === 0) return { kind: 'unknown', reason: 'none-fits' };
  const edge = punctualEdge(fitting.map((candidate) => candidate.places));
  // A week that mostly begins and ends at odd times tells nothing.
  const punctual = fitting.filter(
    (candidate) => candidate.places.filter((place) => place[edge]).length > weekends.length / 2,
  );
  if (punctual.length === 0) return { kind: 'unknown', reason: 'none-fits' };
  const likely = punctual.filter((one) => !punctual.some((other) => beats(other, one, weekends, edge)));
  const distinct = distinctOf(
    likely.map(({ zone }) => zone),
    local,
  );
  const weeks = weekends.length;
  const [first] = distinct;
  return distinct.length === 1
    ? { kind: 'one', zones: first!, weeks }
    : { kind: 'several', zones: distinct.map(([zone]) => zone!), weeks };
}

/** How a weekend lies to that of the currency market, if its stamps are of a zone. */
interface Place {
  /** A bar opens after Friday's close, or ends before Sunday's opening. */
  readonly isMisfit: boolean;
  /** What the later of both ends of the week lacks, in ms. */
  readonly missing: number;
  readonly opensOnTime: boolean;
  readonly closesOnTime: boolean;
}

/** Whether most weeks are whole: where Sunday was taken out of a file, a zone in which Monday begins the week would look right. */
function keepsTheWeek(places: readonly Place[]): boolean {
  return places.filter(({ missing }) => missing <= MISSING).length > places.length / 2;
}

type Edge = 'opensOnTime' | 'closesOnTime';

interface Candidate {
  readonly zone: TimeZone;
  readonly places: readonly Place[];
}

/** The end of the week that some zone has on time more often. */
function punctualEdge(places: readonly (readonly Place[])[]): Edge {
  const most = (edge: Edge) => Math.max(...places.map((of) => of.filter((place) => place[edge]).length));
  return most('opensOnTime') >= most('closesOnTime') ? 'opensOnTime' : 'closesOnTime';
}

/** Whether one zone is on time in nearly all weeks in which two differ, and the other one in nearly none. */
function beats(one: Candidate, other: Candidate, weekends: readonly Weekend[], edge: Edge): boolean {
  let weeks = 0;
  let own = 0;
  let others = 0;
  weekends.forEach(({ firstOpen }, i) => {
    if (one.zone.toUtc(firstOpen) === other.zone.toUtc(firstOpen)) return;
    weeks++;
    if (one.places[i]![edge]) own++;
    if (other.places[i]![edge]) others++;
  });
  return weeks >= FEWEST_WEEKENDS && own >= weeks * MOSTLY && others <= weeks * (1 - MOSTLY);
}

function allowed(weeks: number): number {
  return Math.floor(weeks * MISFITS);
}

function misfits(places: readonly Place[]): number {
  return places.filter(({ isMisfit }) => isMisfit).length;
}

function weekendsOf(local: Float64Array): Weekend[] {
  const weekends: Weekend[] = [];
  for (let i = 1; i < local.length; i++) {
    const pause = local[i]! - local[i - 1]!;
    if (pause < WEEKEND.least || pause > WEEKEND.most) continue;
    weekends.push({ lastOpen: local[i - 1]!, firstOpen: local[i]! });
  }
  return weekends;
}

function placeOf({ lastOpen, firstOpen }: Weekend, spacing: number, zone: TimeZone): Place {
  const last = zone.toUtc(lastOpen);
  const first = zone.toUtc(firstOpen);
  const { closing, opening } = marketWeekend((last + first) / 2);
  const late = first - opening;
  const early = closing - (last + spacing);
  return {
    missing: Math.max(late, early),
    isMisfit: last >= closing || first + spacing <= opening,
    opensOnTime: isPunctual(late),
    closesOnTime: isPunctual(early),
  };
}

function isPunctual(late: number): boolean {
  return late >= 0 && late <= PUNCTUAL;
}

const newYork = findTimeZone('America/New_York');

/** Friday's close and Sunday's opening around an instant near a weekend, ms UTC. */
function marketWeekend(ms: number): { closing: number; opening: number } {
  const day = tradingDay(ms);
  // Days of the week from Monday, 0; 1970-01-01 was a Thursday. The nearest Saturday is that of this week, or of the one before.
  const weekday = (((day + 3) % 7) + 7) % 7;
  const saturday = day - weekday + (weekday < 2 ? -2 : 5);
  return {
    closing: newYork.toUtc(saturday * DAY - 7 * HOUR),
    opening: newYork.toUtc((saturday + 2) * DAY - 7 * HOUR),
  };
}

/** Zones by the times they give, those that give the same ones together. */
function distinctOf(zones: readonly TimeZone[], local: Float64Array): TimeZone[][] {
  const groups: TimeZone[][] = [];
  for (const zone of zones) {
    const same = groups.find(([other]) => givesSame(other!, zone, local));
    if (same === undefined) groups.push([zone]);
    else same.push(zone);
  }
  return groups;
}

/** Compared once a day, in which no zone changes and comes back. */
function givesSame(a: TimeZone, b: TimeZone, local: Float64Array): boolean {
  let next = Number.NEGATIVE_INFINITY;
  for (const stamp of local) {
    if (stamp < next) continue;
    next = stamp + DAY / 2;
    if (a.toUtc(stamp) !== b.toUtc(stamp)) return false;
  }
  return a.toUtc(local.at(-1)!) === b.toUtc(local.at(-1)!);
}

/** One change of zone that leaves next to no misfit, or nothing. At least a twelfth of the weeks on each side, and four. */
function changeOf(
  weekends: readonly Weekend[],
  zones: readonly TimeZone[],
  places: readonly (readonly Place[])[],
): InferredZone {
  const n = weekends.length;
  const least = Math.max(4, Math.ceil(n / 12));
  let best: { cost: number; at: number; before: number; after: number } | undefined;
  const misfitsUpTo = places.map((of) => sumsOf(of, ({ isMisfit }) => isMisfit));
  const punctualUpTo = places.map((of) => sumsOf(of, (place) => place.opensOnTime || place.closesOnTime));
  for (let at = least; at <= n - least; at++) {
    const before = cheapest(at, (z, k) => [misfitsUpTo[z]![k]!, punctualUpTo[z]![k]!]);
    const after = cheapest(at, (z, k) => [
      misfitsUpTo[z]![n]! - misfitsUpTo[z]![k]!,
      punctualUpTo[z]![n]! - punctualUpTo[z]![k]!,
    ]);
    const cost = before.misfits + after.misfits;
    if (before.zone === after.zone || (best !== undefined && cost >= best.cost)) continue;
    best = { cost, at, before: before.zone, after: after.zone };
  }
  if (best === undefined || best.cost > allowed(n)) return { kind: 'unknown', reason: 'none-fits' };
  return {
    kind: 'change',
    at: weekends[best.at - 1]!.firstOpen,
    before: zones[best.before]!,
    after: zones[best.after]!,
  };

  /** The zone of the fewest misfits on one side of a week, of several the most punctual. */
  function cheapest(at: number, side: (zone: number, at: number) => readonly [number, number]) {
    let found = { zone: 0, misfits: Number.POSITIVE_INFINITY, punctual: 0 };
    for (let zone = 0; zone < zones.length; zone++) {
      const [missed, punctual] = side(zone, at);
      if (missed < found.misfits || (missed === found.misfits && punctual > found.punctual)) {
        found = { zone, misfits: missed, punctual };
      }
    }
    return found;
  }
}

/** How many of the first k hold, for each k. */
function sumsOf(places: readonly Place[], holds: (place: Place) => boolean): number[] {
  const sums = [0];
  for (const place of places) sums.push(sums.at(-1)! + (holds(place) ? 1 : 0));
  return sums;
}
