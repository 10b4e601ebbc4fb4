import { EngineError } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { type ClockChange, newYorkChanges } from './new-york.ts';
import { foundText } from './problems.ts';

/**
 * A time zone's clock. Local times are written as milliseconds too: the wall clock's date and time read as if it
 * were UTC.
 */
export interface TimeZone {
  /** Canonical name: an IANA name, `UTC`, or a fixed offset such as `+02:00`. */
  readonly name: string;
  /**
   * UTC of a wall clock. Where summer time ends an hour happens twice: the first one is meant. Where it begins an
   * hour is missing: the clock is read as if it had not been put forward yet. (ECMAScript Temporal calls this
   * "compatible". Currency markets are closed when New York and Europe change their clocks.)
   */
  toUtc(localMs: number): number;
  /** The same, but of an hour that happens twice the second one. */
  toUtcAgain(localMs: number): number;
  /** Local minus UTC at an instant, in milliseconds. */
  offsetAt(utcMs: number): number;
}

/** Names people and platforms use that IANA does not have, or has with another meaning. Keys in lower case. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    z: 'UTC',
    gmt: 'UTC',
    zulu: 'UTC',
    // Trading servers on "EET" follow European summer time.
    eet: 'Europe/Helsinki',
    eest: 'Europe/Helsinki',
    cet: 'Europe/Berlin',
    cest: 'Europe/Berlin',
    wet: 'Europe/Lisbon',
    bst: 'Europe/London',
    est: '-05:00',
    edt: '-04:00',
    et: 'America/New_York',
    est5edt: 'America/New_York',
    cst: '-06:00',
    cdt: '-05:00',
    ct: 'America/Chicago',
    cst6cdt: 'America/Chicago',
    pst: '-08:00',
    pdt: '-07:00',
    mez: 'Europe/Berlin',
    mesz: 'Europe/Berlin',
    hkt: 'Asia/Hong_Kong',
    sgt: 'Asia/Singapore',
    aest: '+10:00',
    aedt: '+11:00',
    jst: 'Asia/Tokyo',
    msk: 'Europe/Moscow',
  }),
);

const FIXED_OFFSET = /^(?:utc|gmt)?\s*(?<sign>[+\-\u2212])\s*(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?$/i;

/** IANA's longest has 32 letters. */
const LONGEST_NAME = 64;

const MINUTE = 60_000;
const DAY = 86_400_000;
const zones = new Map<string, TimeZone>();

/**
 * Finds a zone by IANA name (in any case, `New York` for `America/New_York`), by a usual abbreviation, or by a
 * fixed offset (`+02:00`, `UTC+2`, `GMT-5`), or by its hours ahead of New York (`NY+7`). Throws `invalid-input`, naming the nearest zone, if there is none.
 */
export function findTimeZone(text: string): TimeZone {
  const typed = text.trim();
  const wanted = ALIASES.get(typed.toLowerCase()) ?? typed;
  const known = zones.get(wanted.toLowerCase());
  if (known !== undefined) return known;
  const zone =
    wanted.length > LONGEST_NAME
      ? undefined
      : (fixedOffsetZone(wanted) ?? newYorkPlus(wanted) ?? ianaZone(wanted));
  if (zone === undefined) {
    const names = ianaNames();
    const suggestion = didYouMean(typed, [...names, ...names.map(cityOf), ...ALIASES.keys()]);
    throw new EngineError(
      'invalid-input',
      `Time zone ${foundText(text)} is not known.${suggestion} Use an IANA name such as Europe/Berlin, a fixed offset such as +02:00, or NY+7.`,
    );
  }
  zones.set(wanted.toLowerCase(), zone);
  return zone;
}

export const UTC: TimeZone = {
  name: 'UTC',
  toUtc: (localMs) => localMs,
  toUtcAgain: (localMs) => localMs,
  offsetAt: () => 0,
};

function fixedOffsetZone(text: string): TimeZone | undefined {
  if (text.toUpperCase() === 'UTC') return UTC;
  const groups = FIXED_OFFSET.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const hours = Number(groups.hours);
  const minutes = Number(groups.minutes ?? 0);
  if (hours > 14 || minutes > 59) return undefined;
  const offset = (groups.sign === '+' ? 1 : -1) * (hours * 60 + minutes) * MINUTE;
  if (offset === 0) return UTC;
  return {
    name: formatOffset(offset),
    toUtc: (localMs) => localMs - offset,
    toUtcAgain: (localMs) => localMs - offset,
    offsetAt: () => offset,
  };
}

const NEW_YORK_PLUS = /^(?:ny|new[ _]york)\s*\+\s*(?<hours>\d{1,2})$/i;

/**
 * A clock that runs so many hours ahead of New York's, summer time included: `NY+7`. Most MetaTrader brokers use it, since their day then ends
 * with the currency market's, and five days make a week.
 */
function newYorkPlus(text: string): TimeZone | undefined {
  const hours = Number(NEW_YORK_PLUS.exec(text)?.groups?.hours ?? Number.NaN);
  if (!(hours <= 14)) return undefined;
  const newYork = findTimeZone(NEW_YORK);
  const ahead = hours * 60 * MINUTE;
  return {
    name: `NY+${hours}`,
    toUtc: (localMs) => newYork.toUtc(localMs - ahead),
    toUtcAgain: (localMs) => newYork.toUtcAgain(localMs - ahead),
    offsetAt: (utcMs) => newYork.offsetAt(utcMs) + ahead,
  };
}

/** An offset in milliseconds as `+02:00`. */
export function formatOffset(offsetMs: number): string {
  const total = Math.round(Math.abs(offsetMs) / MINUTE);
  const hours = String(Math.floor(total / 60)).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${hours}:${String(total % 60).padStart(2, '0')}`;
}

const NEW_YORK = 'America/New_York';

function ianaZone(text: string): TimeZone | undefined {
  // To list the names takes 3 ms of a process.
  if (text === NEW_YORK) return createIanaZone(NEW_YORK, () => formatOf(NEW_YORK));
  const underscored = text.replace(/\s+/g, '_').toLowerCase();
  const names = ianaNames();
  const listed = names.find((name) => name.toLowerCase() === underscored);
  if (listed !== undefined) return createIanaZone(listed, () => formatOf(listed));
  const byCity = names.find((name) => cityOf(name).toLowerCase() === underscored.replaceAll('_', ' '));
  for (const candidate of [underscored, byCity]) {
    if (candidate === undefined || /^[+-]/.test(candidate)) continue;
    try {
      const format = formatOf(candidate);
      return createIanaZone(format.resolvedOptions().timeZone, () => format);
    } catch (error) {
      // Intl throws a RangeError for a zone it does not have.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return undefined;
}

function ianaNames(): string[] {
  return Intl.supportedValuesOf('timeZone');
}

/** `America/Argentina/Buenos_Aires` -> `Buenos Aires`. */
function cityOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** A stretch of time with one offset. */
interface Span {
  readonly utcFrom: number;
  readonly utcUntil: number;
  readonly localFrom: number;
  readonly localUntil: number;
  readonly offset: number;
}

/** @throws RangeError for a zone that Intl does not have */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
}

/**
 * Offsets come from Intl, which is slow (microseconds a call); so spans of equal offset are found once per
 * calendar year and looked up from then on, the last one first: neighboring bars share it. Making the first format takes more than 10 ms
 * of a process: it is made once an offset is asked for whose year no rule is known for.
 */
function createIanaZone(name: string, formatNow: () => Intl.DateTimeFormat): TimeZone {
  let format: Intl.DateTimeFormat | undefined;
  const spansByYear = new Map<number, readonly Span[]>();
  let last: Span = { utcFrom: 0, utcUntil: 0, localFrom: 0, localUntil: 0, offset: 0 };

  function spansNear(ms: number): readonly Span[] {
    const year = new Date(ms).getUTCFullYear();
    let spans = spansByYear.get(year);
    if (spans === undefined) {
      // Two days more on both sides: the local year begins and ends up to 14 hours from the UTC one.
      const [from, until] = [Date.UTC(year, 0, 1) - 2 * DAY, Date.UTC(year + 1, 0, 1) + 2 * DAY];
      const changes = name === NEW_YORK ? newYorkChanges(year) : undefined;
      if (changes === undefined) {
        format ??= formatNow();
        spans = findSpans(format, from, until);
      } else spans = spansBetween(changes, from, until, changes[0]!.before);
      spansByYear.set(year, spans);
    }
    return spans;
  }

  return {
    name,
    toUtc(localMs) {
      if (localMs < last.localFrom || localMs >= last.localUntil) {
        last = spansNear(localMs).find((s) => localMs < s.localUntil) as Span;
      }
      return localMs - last.offset;
    },
    toUtcAgain(localMs) {
      const spans = spansNear(localMs);
      const at = spans.findIndex((s) => localMs < s.localUntil);
      const next = spans[at + 1];
      const second = next === undefined ? Number.NaN : localMs - next.offset;
      return next !== undefined && second >= next.utcFrom ? second : localMs - spans[at]!.offset;
    },
    offsetAt(utcMs) {
      if (utcMs < last.utcFrom || utcMs >= last.utcUntil) {
        last = spansNear(utcMs).find((s) => utcMs < s.utcUntil) as Span;
      }
      return last.offset;
    },
  };
}

/** Spans that cover [from, until) in UTC. Two changes less than a week apart would be missed; no zone has had that. */
function findSpans(format: Intl.DateTimeFormat, from: number, until: number): Span[] {
  const changes: ClockChange[] = [];
  const first = offsetFromIntl(format, from);
  let offset = first;
  for (let t = from; t < until; t += 7 * DAY) {
    const next = Math.min(t + 7 * DAY, until);
    const nextOffset = offsetFromIntl(format, next);
    if (nextOffset === offset) continue;
    let low = t;
    let high = next;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetFromIntl(format, middle) === offset) low = middle;
      else high = middle;
    }
    changes.push({ at: high, before: offset, after: nextOffset });
    offset = nextOffset;
  }
  return spansBetween(changes, from, until, first);
}

/** Spans that changes make of [from, until) in UTC, the first of which has an offset. */
function spansBetween(changes: readonly ClockChange[], from: number, until: number, first: number): Span[] {
  const spans: Span[] = [];
  let offset = first;
  let utcFrom = from;
  let localFrom = from + first;
  for (const { at, before, after } of changes) {
    // The larger offset of the two puts a repeated hour into the earlier span, and a missing hour too.
    const localUntil = at + Math.max(before, after);
    spans.push({ utcFrom, utcUntil: at, localFrom, localUntil, offset: before });
    utcFrom = at;
    localFrom = localUntil;
    offset = after;
  }
  spans.push({ utcFrom, utcUntil: until, localFrom, localUntil: until + offset, offset });
  return spans;
}

function offsetFromIntl(format: Intl.DateTimeFormat, utcMs: number): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(utcMs)) parts[type] = value;
  const year = parts.era?.startsWith('B') ? 1 - Number(parts.year) : Number(parts.year);
  const local = Date.UTC(
    year,
    Number(parts.month) - 1,
    Number(parts.day),
    Number(parts.hour),
    Number(parts.minute),
    Number(parts.second),
  );
  return local - utcMs;
}
