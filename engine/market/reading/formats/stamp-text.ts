import { findTimeZone, type TimeZone } from '../../../contract/time-zone.ts';

/** A stamp in words, as the digits that `StampCell` reads, and the zone that it names. */
export interface PlainStamp {
  readonly text: string;
  readonly zone?: TimeZone | undefined;
}

/** Months by the first letters of their names in English, German, French and Spanish, as `plain` writes them. */
const MONTHS: readonly RegExp[] = [
  /^(jan|ene)/,
  /^(feb|fev)/,
  /^(mar|mrz|maerz)/,
  /^(apr|avr|abr)/,
  /^(may|mai)/,
  /^(jun|juin)/,
  /^(jul|juil)/,
  /^(aug|aou|ago)/,
  /^(sep|set)/,
  /^(oct|okt)/,
  /^(nov)/,
  /^(dec|dez|dic)/,
];

const MONTH = '(?<month>[a-z]{3,10})\\.?';
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th|er|o)?\\.?';
const YEAR = "'?(?<year>\\d{4}|\\d{2})";
const SEPARATOR = '(?:[-/ ,]|\\bde\\b|\\bof\\b)+';
/** `12. März 2024`, `12-Mar-24`, `12 de marzo de 2024`; `Mar 12, 2024`; `2024-Mar-12`. */
const DATES = [
  new RegExp(`^${DAY}${SEPARATOR}${MONTH}${SEPARATOR}${YEAR}(?!\\d)`),
  new RegExp(`^${MONTH}${SEPARATOR}${DAY}${SEPARATOR}${YEAR}(?!\\d)`),
  new RegExp(`^(?<year>\\d{4})${SEPARATOR}${MONTH}${SEPARATOR}${DAY}`),
];
const WEEKDAY =
  /^(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mie|jue|vie|sab|dom)[a-z]*\.?,? +(?=[a-z\d])/;
/** A name behind the time: `EST`, `Europe/Berlin`, `[Europe/Berlin]`, `(CET)`. */
const ZONE =
  /\s*(?:\[(?<boxed>[\w+/-]+)\]|\((?<braced>[\w+/-]+)\)|(?<=[\d\s.])(?<bare>[a-z]{3,4}|[a-z]+\/[a-z_/]+))$/i;
/** `GMT-0500 (Eastern Standard Time)`, as a browser writes dates: the offset says all. */
const OFFSET_IN_WORDS = /((?:GMT|UTC)?[+-]\d{2}:?\d{2})\s*\([^()]*\)$/i;
const HALF_DAY = /(\d)\s*([ap])\.?\s?m\.?(?=$|[\s,([+-])/i;

/**
 * What a stamp with words in it says in digits: names of months and days in English, German, French and Spanish, `p.m.`, names of zones.
 * Undefined where it holds no such words.
 */
export function plainStamp(text: string): PlainStamp | undefined {
  if (!/\p{L}/u.test(text)) return undefined;
  const written = text.replace(OFFSET_IN_WORDS, '$1');
  const named = ZONE.exec(written);
  const name = named?.groups?.boxed ?? named?.groups?.braced ?? named?.groups?.bare;
  const zone = name === undefined || isHalfDay(name) ? undefined : zoneNamed(name);
  const rest = zone === undefined || named === null ? written : written.slice(0, named.index);
  const digits = inDigits(plain(rest))
    .replace(HALF_DAY, '$1 $2m')
    .replace(/^(\S+), +/, '$1 ');
  return digits === text && zone === undefined ? undefined : { text: digits, zone };
}

function isHalfDay(name: string): boolean {
  return /^[ap]m$/i.test(name);
}

/** Stamps by the words around them: one file names one or two zones. */
const zones = new Map<string, TimeZone | undefined>();

function zoneNamed(name: string): TimeZone | undefined {
  if (!zones.has(name)) {
    if (zones.size > 1000) zones.clear();
    zones.set(name, isMonth(plain(name)) ? undefined : found(name));
  }
  return zones.get(name);
}

/** Summer time has names of its own, which leave no doubt in the autumn hour that comes twice. */
const SUMMER: ReadonlyMap<string, string> = new Map([
  ['cest', '+02:00'],
  ['mesz', '+02:00'],
  ['eest', '+03:00'],
  ['bst', '+01:00'],
  ['west', '+01:00'],
]);

function found(name: string): TimeZone | undefined {
  try {
    return findTimeZone(SUMMER.get(name.toLowerCase()) ?? name);
  } catch {
    // No zone: the stamp is then one that can't be read, which is reported with its line.
    return undefined;
  }
}

function plain(text: string): string {
  return text.replace(/ä/gi, 'ae').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function monthOf(name: string): number {
  return MONTHS.findIndex((pattern) => pattern.test(name));
}

function isMonth(name: string): boolean {
  return monthOf(name) >= 0;
}

function inDigits(text: string): string {
  for (const candidate of [text, text.replace(WEEKDAY, '')]) {
    for (const pattern of DATES) {
      const match = pattern.exec(candidate);
      if (match?.groups === undefined) continue;
      const { day = '', month = '', year = '' } = match.groups;
      const number = monthOf(month) + 1;
      if (number === 0) continue;
      const full = year.length === 4 ? year : `${Number(year) < 70 ? 20 : 19}${year}`;
      const date = `${full}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
      const time = candidate.slice(match[0].length).replace(/^[\s,T]*(?:at|um|a las|a)?[\s,]*/i, '');
      return time === '' ? date : `${date} ${time}`;
    }
  }
  return text.replace(WEEKDAY, '');
}
