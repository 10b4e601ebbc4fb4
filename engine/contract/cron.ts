import { EngineError } from './errors.ts';
import { didYouMean } from './nearest.ts';

/** Cron as crontab(5) has it: five fields, each of all that is (`*`), numbers, names, ranges, steps and lists of these. */

/** When a schedule runs, field by field, each sorted and without what is said twice. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Of the month, from 1. */
  readonly days: readonly number[];
  /** From 1. */
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** Any day of the month, of the week; where neither is, a day is meant that one of the two names. */
  readonly isAnyDay: boolean;
  readonly isAnyWeekday: boolean;
}

export const DEFAULT_CRON = '0 2 * * 0';
export const DEFAULT_ZONE = 'UTC';

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
export const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

interface FieldKind {
  readonly title: string;
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3).toLowerCase());
const FIELDS: readonly FieldKind[] = [
  { title: 'minute', least: 0, most: 59, names: [] },
  { title: 'hour', least: 0, most: 23, names: [] },
  { title: 'day of the month', least: 1, most: 31, names: [] },
  { title: 'month', least: 1, most: 12, names: short(MONTHS) },
  // 7 is Sunday, too.
  { title: 'day of the week', least: 0, most: 7, names: short(WEEKDAYS) },
];

/** @throws EngineError `invalid-input` that says which field is wrong, and why */
export function parseCron(text: string): CronFields {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    throw new EngineError(
      'invalid-input',
      `${JSON.stringify(text)} is no cron expression: it has five fields (minute, hour, day of the month, month, day of the week), such as "${DEFAULT_CRON}", Sunday at 02:00.`,
    );
  }
  const [minutes, hours, days, months, weekdays] = FIELDS.map((kind, i) => valuesOf(parts[i]!, kind)) as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  const fields = {
    minutes,
    hours,
    days,
    months,
    weekdays: [...new Set(weekdays.map((day) => day % 7))].sort((a, b) => a - b),
    isAnyDay: parts[2] === '*',
    isAnyWeekday: parts[4] === '*',
  };
  const longest = Math.max(
    ...months.map((month) => (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31)),
  );
  if (fields.isAnyWeekday && Math.min(...days) > longest) {
    throw new EngineError(
      'invalid-input',
      `${JSON.stringify(text)} never comes: no such month has that day.`,
    );
  }
  return fields;
}

function valuesOf(text: string, kind: FieldKind): number[] {
  const all = text.split(',').flatMap((part) => valuesOfPart(part, text, kind));
  return [...new Set(all)].sort((a, b) => a - b);
}

function valuesOfPart(part: string, text: string, kind: FieldKind): number[] {
  const { title, least, most, names } = kind;
  const refused = (why: string) =>
    new EngineError('invalid-input', `The ${title} ${JSON.stringify(text)} can't be read: ${why}.`);
  const found = /^(\*|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:\/(\d{1,2}))?$/i.exec(part);
  if (found === null) {
    throw refused('it is *, a number, a range such as 1-5, a step such as */2, or a list of these');
  }
  const [, whole, first, last, stepText] = found;
  const read = (word: string): number => {
    const named = names.indexOf(word.toLowerCase());
    if (named >= 0) return least === 1 ? named + 1 : named;
    const value = /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
    if (value >= least && value <= most) return value;
    const also = names.length === 0 ? '' : ` or ${names[0]} to ${names.at(-1)}`;
    throw refused(`${JSON.stringify(word)} is not one of ${least} to ${most}${also}`);
  };
  if (stepText !== undefined && whole !== '*' && last === undefined) {
    throw refused('a step belongs to * or to a range');
  }
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step < 1 || step > most) throw refused(`a step is 1 to ${most}`);
  // All days of the week once.
  const top = title === 'day of the week' ? 6 : most;
  const from = whole === '*' ? least : read(first!);
  const to = whole === '*' ? top : last === undefined ? from : read(last);
  if (to < from) throw refused(`${first} is behind ${last}`);
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}

/** @throws EngineError `invalid-input` for what is no time zone */
export function checkZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone === 'UTC'
      ? 'UTC'
      : zone;
  } catch {
    throw new EngineError(
      'invalid-input',
      `${JSON.stringify(zone)} is no time zone: it is a name of the IANA list, such as UTC, Europe/Berlin or America/New_York.${didYouMean(zone, Intl.supportedValuesOf('timeZone'))}`,
    );
  }
}

/** `Every Sunday at 02:00 (UTC)`. */
export function cronSentence(fields: CronFields, zone: string): string {
  return `${daysText(fields)} ${timesText(fields)} (${zone})`;
}

const MOST_TIMES = 6;

function timesText({ minutes, hours }: CronFields): string {
  const two = (n: number) => String(n).padStart(2, '0');
  if (minutes.length * hours.length <= MOST_TIMES) {
    return `at ${listed(hours.flatMap((hour) => minutes.map((minute) => `${two(hour)}:${two(minute)}`)))}`;
  }
  const past =
    minutes.length === 60
      ? 'each minute'
      : minutes.length === 1 && minutes[0] === 0
        ? 'on the hour'
        : `${listed(minutes.map(String))} minutes past the hour`;
  return hours.length === 24 ? `${past}, each hour` : `${past}, in the hours ${listed(hours.map(two))}`;
}

function daysText({ days, months, weekdays, isAnyDay, isAnyWeekday }: CronFields): string {
  const ofMonth = isAnyDay || days.length === 31 ? null : `on the ${listed(days.map(ordinal))} of the month`;
  const isEachWeekday = isAnyWeekday || weekdays.length === 7;
  const names = weekdays.map((day) => WEEKDAYS[day]!);
  const isWorkdays = weekdays.join() === '1,2,3,4,5';
  const ofWeek = isEachWeekday
    ? null
    : isWorkdays
      ? 'every weekday (Monday to Friday)'
      : `every ${listed(names)}`;
  // Where both are restricted, either is enough.
  const isEachDay = (isAnyDay || ofMonth === null) && (isAnyWeekday || ofWeek === null);
  const isEither = !isAnyDay && !isAnyWeekday;
  const which =
    isEachDay || (isEither && (ofMonth === null || ofWeek === null))
      ? 'every day'
      : [ofMonth, ofWeek].filter((text) => text !== null).join(', and ');
  const within = months.length === 12 ? '' : ` in ${listed(months.map((month) => MONTHS[month - 1]!))}`;
  return `${which[0]!.toUpperCase()}${which.slice(1)}${within}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  const ending = teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th');
  return `${n}${ending}`;
}
