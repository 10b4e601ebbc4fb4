import type { DateOrder } from '../../../contract/date-order.ts';
import { StampCell } from './stamp-cell.ts';
import { plainStamp } from './stamp-text.ts';

/** Whether a text is a time stamp or at least a date, in the order given. */
export function isStamp(text: string, order: DateOrder): boolean {
  const bytes = new TextEncoder().encode(text);
  return Number.isFinite(new StampCell(order).read(bytes, 0, bytes.length));
}

/** Whether a text is a date without a time of day. */
export function isBareDate(text: string, order: DateOrder): boolean {
  const digits = plainStamp(text)?.text ?? text;
  return isStamp(text, order) && (/^\d{8}$/.test(digits) || /^\d{1,4}([-./])\d{1,2}\1\d{1,4}$/.test(digits));
}

/** Whether a text is a time of day: `8:00`, `08:00:00`, `080000`, `8:00 p.m.`. */
export function isTimeOfDay(text: string): boolean {
  const bytes = new TextEncoder().encode(`20200101${text}`);
  return Number.isFinite(new StampCell('dmy').readPair(bytes, 0, 8, 8, bytes.length));
}

/** Whether a text is a number that counts seconds, or parts of them, since 1970, too large to be anything else. */
export function isEpoch(text: string): boolean {
  return /^\d{9,11}(\.\d+)?$|^\d{13}$|^\d{15,16}$|^\d{18,19}$/.test(text);
}
