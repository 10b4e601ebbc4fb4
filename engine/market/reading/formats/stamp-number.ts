const DAY = 86_400_000;
/** Days from 1899-12-30, where spreadsheets begin to count, to 1970-01-01. */
const SERIAL_OF_1970 = 25_569;

/** Units of an epoch in a second. */
export const EPOCH_UNITS = [1, 1e3, 1e6, 1e9] as const;
export type EpochUnit = (typeof EPOCH_UNITS)[number];

/** Of a time of day that is a plain number: `8`, `0830`, `083000`. */
export type ClockDigits = 2 | 4 | 6;

/** Whether a text is a day of a spreadsheet, from 1954 to 2173: of five digits, and so maybe only the number of a row. */
export function isSerialDay(text: string): boolean {
  return /^[2-9]\d{4}([.,]\d+)?$/.test(text);
}

/** Whether such a day has lost decimals of its time: `44256.04` is no whole minute, and may be 00:50 as well as 01:04. */
export function isRoundedDay(text: string): boolean {
  const [, decimals = ''] = /^[2-9]\d{4}[.,](\d{1,3})$/.exec(text) ?? [];
  const minutes = Number(`0.${decimals || '0'}`) * 1440;
  return Math.abs(minutes - Math.round(minutes)) > 1e-6;
}

/** A day of a spreadsheet, `45292.5`, in ms of its clock as if that were UTC, NaN where it is none. Such a number is exact to the second. */
export function serialDay(text: string): number {
  if (!isSerialDay(text)) return Number.NaN;
  if (isRoundedDay(text)) return Number.NaN;
  const days = Number(text.replace(',', '.')) - SERIAL_OF_1970;
  const seconds = (days - Math.floor(days)) * 86_400;
  const [, decimals = ''] = text.split(/[.,]/);
  const minutes = Math.round(seconds / 60) * 60;
  // Four decimals are exact to four seconds.
  const isMinute = Math.abs(seconds - minutes) <= 43_200 / 10 ** decimals.length;
  return Math.floor(days) * DAY + (isMinute ? minutes : Math.round(seconds)) * 1000;
}

/** A number of few digits, perhaps below zero, in a column of epochs: ms, NaN where it is no number. */
export function shortEpoch(text: string, unit: EpochUnit): number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Math.floor((Number(text) / unit) * 1000) : Number.NaN;
}
