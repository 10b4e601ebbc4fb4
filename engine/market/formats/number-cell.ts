const DOT = 0x2e;
const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;

/** Powers of ten that doubles hold exactly. */
const POWER_OF_TEN = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads decimal numbers straight from bytes. A mantissa below 2^53 with up to 22 decimals takes one correctly
 * rounded division (Clinger 1990), so the result is the double `Number()` gives; the rest goes through `Number()`.
 */
export class NumberCell {
  /** Digits after the decimal point of the number read last. */
  decimals = 0;
  private readonly decimalMark: number;

  /** `decimalMark` is the byte of the decimal point or comma. */
  constructor(decimalMark: number = DOT) {
    this.decimalMark = decimalMark;
  }

  /** The number in bytes[from, to), or NaN if it is none. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let i = from;
    const negative = bytes[i] === MINUS;
    if (negative || bytes[i] === PLUS) i++;
    let mantissa = 0;
    let digits = 0;
    let pointAt = -1;
    for (; i < to; i++) {
      const digit = bytes[i]! - ZERO;
      if (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digits++;
      } else if (bytes[i] === this.decimalMark && pointAt < 0) {
        pointAt = digits;
      } else {
        return this.readSlowly(bytes, from, to);
      }
    }
    if (digits === 0) return Number.NaN;
    this.decimals = pointAt < 0 ? 0 : digits - pointAt;
    if (mantissa > Number.MAX_SAFE_INTEGER || this.decimals > 22) return this.readSlowly(bytes, from, to);
    const value = mantissa / POWER_OF_TEN[this.decimals]!;
    return negative ? -value : value;
  }

  private readSlowly(bytes: Uint8Array, from: number, to: number): number {
    const mark = String.fromCharCode(this.decimalMark);
    let text = '';
    for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]!);
    if (mark !== '.') text = text.replace(mark, '.');
    if (!PLAIN_NUMBER.test(text)) return Number.NaN;
    const mantissa = text.split(/e/i)[0]!;
    this.decimals = mantissa.includes('.') ? mantissa.length - mantissa.indexOf('.') - 1 : 0;
    return Number(text);
  }
}

/** `value` rounded to `decimals` digits: the double nearest to that decimal, free of the noise of sums. */
export function roundTo(value: number, decimals: number): number {
  if (decimals > 12) return value;
  const scale = POWER_OF_TEN[decimals]!;
  return Math.round(value * scale) / scale;
}
