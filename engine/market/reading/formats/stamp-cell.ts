import type { DateOrder } from '../../../contract/date-order.ts';
import { type ClockDigits, type EpochUnit, serialDay, shortEpoch } from './stamp-number.ts';
import { plainStamp } from './stamp-text.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** In bytes. */
const LONGEST_STAMP = 80;

const ZERO = 0x30;
const BLANK = 0x20;
const DOT = 0x2e;
const COLON = 0x3a;
const PLUS = 0x2b;
const MINUS = 0x2d;
const SLASH = 0x2f;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** How the date of a stamp is written: files whose dates are of two kinds were changed by a spreadsheet. */
export type DateShape = 'short year' | 'long year' | 'year first' | 'other';

/**
 * Reads the time stamps of market data straight from bytes: `2019-12-03T08:00:00+02:00`, `2019.12.03 8:00`,
 * `03.12.2019 08:00:00.000 GMT+0200`, `12/03/2019 8:00 PM`, `20191203 080000`, `20191203080000`, `20191203`, what `plainStamp` knows,
 * days of a spreadsheet (`45292.5`), and epoch seconds, milliseconds, microseconds or nanoseconds (told apart by their size; `24:00` is the
 * midnight that ends a day).
 */
export class StampCell {
  /** The stamp's own offset from UTC in ms; NaN if the stamp read last carries none. */
  offset = Number.NaN;
  /** Of the stamp read last. */
  shape: DateShape = 'other';
  private readonly order: DateOrder;
  private readonly epochUnit: EpochUnit | undefined;
  private readonly clockDigits: ClockDigits | undefined;
  private at = 0;
  private runLength = 0;
  private dayKey = -1;
  private dayMs = 0;

  /**
   * `epochUnit`: what plain numbers count that are too short to tell it, from stamps of 1970 or before. `clockDigits`: how many digits times of
   * day have that are plain numbers in a cell of their own.
   */
  constructor(order: DateOrder, epochUnit?: EpochUnit, clockDigits?: ClockDigits) {
    this.order = order;
    this.epochUnit = epochUnit;
    this.clockDigits = clockDigits;
  }

  /** Wall clock of the stamp in bytes[from, to) as if it were UTC, in ms; NaN if it can't be read. */
  read(bytes: Uint8Array, from: number, to: number): number {
    const local = this.readDigits(bytes, from, to);
    return Number.isNaN(local) ? this.readWords(bytes, from, to) : local;
  }

  /** A date in one cell and a time of day in another. */
  readPair(bytes: Uint8Array, dateFrom: number, dateTo: number, timeFrom: number, timeTo: number): number {
    const day = this.read(bytes, dateFrom, dateTo);
    this.at = timeFrom;
    const time = this.clockCell(bytes, timeFrom, timeTo);
    if (!Number.isNaN(time) || Number.isNaN(day)) return day + time;
    const date = new Date(day).toISOString().slice(0, 10);
    const both = new TextEncoder().encode(`${date} ${textOf(bytes, timeFrom, timeTo)}`);
    return this.readWords(both, 0, both.length);
  }

  private readDigits(bytes: Uint8Array, from: number, to: number): number {
    this.offset = Number.NaN;
    this.shape = 'other';
    this.at = from;
    const first = this.digits(bytes, to);
    const length = this.runLength;
    if (length === 17) return this.withMilliseconds(bytes, from, to);
    if (length >= 9 && length !== 12 && length !== 14) return this.epoch(bytes, from, to);
    if (this.epochUnit !== undefined && (length > 0 || bytes[from] === MINUS)) {
      this.offset = 0;
      return shortEpoch(textOf(bytes, from, to), this.epochUnit);
    }
    if (length === 5) return serialDay(textOf(bytes, from, to));
    const day = this.date(first, bytes, to);
    if (length === 12 && Number.isNaN(day)) return this.epoch(bytes, from, to);
    if (Number.isNaN(day) || this.at === to) return day;
    return day + this.timeOfDay(bytes, to);
  }

  /** The way for the few stamps that have words in them. */
  private readWords(bytes: Uint8Array, from: number, to: number): number {
    if (to - from > LONGEST_STAMP) return Number.NaN;
    const plain = plainStamp(textOf(bytes, from, to));
    if (plain === undefined) return Number.NaN;
    const digits = new TextEncoder().encode(plain.text);
    const local = this.readDigits(digits, 0, digits.length);
    // An offset of its own counts more than the name behind it.
    if (plain.zone !== undefined && Number.isNaN(this.offset)) {
      this.offset = local - plain.zone.toUtcAgain(local);
    }
    return local;
  }

  /** YYYYMMDDHHMMSS and three digits of milliseconds. */
  private withMilliseconds(bytes: Uint8Array, from: number, to: number): number {
    if (this.at !== to) return Number.NaN;
    const second = this.readDigits(bytes, from, to - 3);
    this.at = to - 3;
    return second + this.digits(bytes, to);
  }

  /** Run of digits at the cursor as a number; its length goes to `runLength`. */
  private digits(bytes: Uint8Array, to: number): number {
    const start = this.at;
    let value = 0;
    let i = start;
    for (; i < to; i++) {
      const digit = bytes[i]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.at = i;
    this.runLength = i - start;
    return value;
  }

  /** Seconds have 9 or 10 digits since 1973, milliseconds 11 to 13, microseconds 15 or 16, nanoseconds 18 or 19. */
  private epoch(bytes: Uint8Array, from: number, to: number): number {
    const length = this.runLength;
    this.at = from;
    const whole = this.digits(bytes, to);
    let fraction = 0;
    if (this.isAt(DOT, bytes, to)) {
      this.at++;
      const part = this.digits(bytes, to);
      fraction = part / 10 ** this.runLength;
    }
    if (this.at !== to) return Number.NaN;
    this.offset = 0;
    if (length <= 10) return Math.round((whole + fraction) * 1000);
    if (length <= 13) return whole;
    if (length === 15 || length === 16) return Math.floor(whole / 1000);
    if (length === 18 || length === 19) return Math.floor(whole / 1_000_000);
    return Number.NaN;
  }

  /** Midnight of the date whose first run of digits is `first`; the cursor moves behind the date and its separator. */
  private date(first: number, bytes: Uint8Array, to: number): number {
    if (this.runLength === 8) return this.behindDate(this.midnight(first), bytes, to);
    if (this.runLength === 12 || this.runLength === 14) {
      // YYYYMMDDHHMM[SS]: leave the cursor on the time of day.
      this.at -= this.runLength - 8;
      return this.midnight(Math.floor(first / (this.runLength === 14 ? 1_000_000 : 10_000)));
    }
    const separator = bytes[this.at];
    if (separator !== MINUS && separator !== DOT && separator !== SLASH) return Number.NaN;
    const yearFirst = this.runLength === 4;
    if (!yearFirst && (this.runLength === 0 || this.runLength > 2)) return Number.NaN;
    this.at++;
    const second = this.digits(bytes, to);
    if (this.runLength === 0 || this.runLength > 2 || bytes[this.at] !== separator) return Number.NaN;
    this.at++;
    const third = this.digits(bytes, to);
    if (this.at > to) return Number.NaN;
    let key: number;
    this.shape = yearFirst ? 'year first' : this.runLength === 4 ? 'long year' : 'short year';
    if (yearFirst) {
      if (this.runLength === 0 || this.runLength > 2) return Number.NaN;
      key = first * 10_000 + second * 100 + third;
    } else {
      const [year, month, day] =
        this.order === 'ymd'
          ? [first, second, third]
          : this.order === 'dmy'
            ? [third, second, first]
            : [third, first, second];
      if (this.runLength === 4 && this.order === 'ymd') return Number.NaN;
      const century = this.runLength === 4 ? 0 : year < 70 ? 2000 : 1900;
      if (this.runLength !== 2 && this.runLength !== 4) return Number.NaN;
      key = (year + century) * 10_000 + month * 100 + day;
    }
    return this.behindDate(this.midnight(key), bytes, to);
  }

  /** Steps over `T`, `_` or blanks between date and time. */
  private behindDate(day: number, bytes: Uint8Array, to: number): number {
    if (this.at === to) return day;
    const c = bytes[this.at];
    if (c !== BLANK && c !== 0x54 && c !== 0x74 && c !== 0x5f) return Number.NaN;
    this.skipBlanks(bytes, to, this.at + 1);
    return day;
  }

  private skipBlanks(bytes: Uint8Array, to: number, from: number): void {
    let i = from;
    while (i < to && bytes[i] === BLANK) i++;
    this.at = i;
  }

  /** Midnight of a date written as the number YYYYMMDD. Neighboring bars share it, so the last one is kept. */
  private midnight(key: number): number {
    if (key === this.dayKey) return this.dayMs;
    const year = Math.floor(key / 10_000);
    const month = Math.floor(key / 100) % 100;
    const day = key % 100;
    if (year < 1700 || year > 2199 || month < 1 || month > 12 || day < 1) return Number.NaN;
    const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    if (day > DAYS_IN_MONTH[month - 1]! + (leap ? 1 : 0)) return Number.NaN;
    this.dayKey = key;
    this.dayMs = Date.UTC(year, month - 1, day);
    return this.dayMs;
  }

  /** `H:MM[:SS[.fff]]`, `HHMM`, `HHMMSS`, `HHMMSSmmm`, with AM or PM and a zone if there is one. NaN if it can't be read. */
  private timeOfDay(bytes: Uint8Array, to: number): number {
    const run = this.digits(bytes, to);
    let hour = run;
    let minute = 0;
    let second = 0;
    let fraction = 0;
    if (this.runLength === 9) {
      hour = Math.floor(run / 10_000_000);
      minute = Math.floor(run / 100_000) % 100;
      second = Math.floor(run / 1000) % 100;
      fraction = (run % 1000) / 1000;
    } else if (this.runLength === 6 || this.runLength === 5) {
      hour = Math.floor(run / 10_000);
      minute = Math.floor(run / 100) % 100;
      second = run % 100;
    } else if (this.runLength === 4) {
      hour = Math.floor(run / 100);
      minute = run % 100;
    } else if (this.runLength === 0 || this.runLength > 2) {
      return Number.NaN;
    } else if (this.isAt(COLON, bytes, to)) {
      this.at++;
      minute = this.twoDigits(bytes, to);
      if (this.isAt(COLON, bytes, to)) {
        this.at++;
        second = this.twoDigits(bytes, to);
        if (this.isAt(DOT, bytes, to)) {
          this.at++;
          fraction = this.digits(bytes, to) / 10 ** this.runLength;
        }
      }
    } else if (hour !== 0) {
      return Number.NaN;
    }
    if (this.at < to) {
      hour = this.suffix(bytes, to, hour);
      if (this.at !== to) return Number.NaN;
    }
    const endsDay = hour === 24 && minute === 0 && second === 0 && fraction === 0;
    if (!((hour <= 23 && minute <= 59 && second <= 59) || endsDay)) return Number.NaN;
    return hour * HOUR + minute * MINUTE + second * 1000 + Math.floor(fraction * 1000 + 1e-6);
  }

  /** A time of day alone in its cell, whose leading zeros a spreadsheet may have dropped: `100` among `2300`. */
  private clockCell(bytes: Uint8Array, from: number, to: number): number {
    const missing = this.clockDigits === undefined ? 0 : this.clockDigits - (to - from);
    const isBare =
      missing > 0 && to > from && bytes.subarray(from, to).every((c) => c >= ZERO && c <= ZERO + 9);
    if (!isBare && this.clockDigits !== 2) {
      this.at = from;
      return this.timeOfDay(bytes, to);
    }
    const digits = textOf(bytes, from, to).padStart(this.clockDigits ?? 0, '0');
    const padded = new TextEncoder().encode(this.clockDigits === 2 ? `${digits}:00` : digits);
    this.at = 0;
    return this.timeOfDay(padded, padded.length);
  }

  private isAt(wanted: number, bytes: Uint8Array, to: number): boolean {
    return this.at < to && bytes[this.at] === wanted;
  }

  /** Two digits at the cursor, or NaN. */
  private twoDigits(bytes: Uint8Array, to: number): number {
    const value = this.digits(bytes, to);
    return this.runLength === 2 ? value : Number.NaN;
  }

  /** AM or PM, then `Z`, `UTC`, `GMT`, `+02:00`, `GMT+0200`. Returns the hour of 24; the cursor stops where it can't go on. */
  private suffix(bytes: Uint8Array, to: number, hour: number): number {
    this.skipBlanks(bytes, to, this.at);
    let result = hour;
    // Lower-case the letter by its bit 0x20.
    const letter = bytes[this.at]! | 0x20;
    if (this.at + 2 <= to && (letter === 0x61 || letter === 0x70) && (bytes[this.at + 1]! | 0x20) === 0x6d) {
      if (hour < 1 || hour > 12) return Number.NaN;
      result = (hour % 12) + (letter === 0x70 ? 12 : 0);
      this.skipBlanks(bytes, to, this.at + 2);
    }
    if (this.at < to) this.zone(bytes, to);
    return result;
  }

  private zone(bytes: Uint8Array, to: number): void {
    // Most files with a zone have it in every row: no text is made of it.
    const letter = bytes[this.at]! | 0x20;
    if (letter === 0x7a) {
      this.offset = 0;
      this.at++;
      return;
    }
    if (
      (letter === 0x75 || letter === 0x67) &&
      /^(utc|gmt)$/i.test(textOf(bytes, this.at, Math.min(to, this.at + 3)))
    ) {
      this.offset = 0;
      this.at += 3;
      if (this.at === to) return;
    }
    const sign = bytes[this.at];
    if (sign !== PLUS && sign !== MINUS) return;
    this.at++;
    let hours = this.digits(bytes, to);
    let minutes = 0;
    if (this.runLength === 4) {
      minutes = hours % 100;
      hours = Math.floor(hours / 100);
    } else if (this.isAt(COLON, bytes, to)) {
      this.at++;
      minutes = this.digits(bytes, to);
    }
    if (hours > 14 || minutes > 59) {
      this.at = -1;
      return;
    }
    this.offset = (sign === MINUS ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
  }
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder().decode(bytes.subarray(from, to));
}
