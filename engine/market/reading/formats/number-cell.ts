const DOT = 0x2e;
const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;

/** Powers of ten that doubles hold exactly. */
const POWER_OF_TEN = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

const NOISY_DECIMALS = 10;
const NOISE = 1e-11;

/** Thousands by point, comma, blank (also no-break ones) or apostrophe: one kind of mark, always three digits behind it. */
const GROUPED = /^[+-]?\d{1,3}([.,'\u2019 \u00a0\u202f])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/u;
const AMOUNT_SUFFIX: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

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

  /**
   * As `read`, without the binary noise that calculations leave: 1.1726400000000001 is 1.17264, and has five decimals. Nobody quotes ten or
   * more; what is no short decimal within a hundred-billionth stays as it is.
   */
  readQuote(bytes: Uint8Array, from: number, to: number): number {
    const value = this.read(bytes, from, to);
    if (this.decimals < NOISY_DECIMALS || Number.isNaN(value)) return value;
    for (let decimals = 0; decimals < NOISY_DECIMALS; decimals++) {
      const quoted = roundTo(value, decimals);
      if (Math.abs(quoted - value) > NOISE * Math.abs(value)) continue;
      this.decimals = decimals;
      return quoted;
    }
    return value;
  }

  /** A number that may end in K, M, B or T (`78.20K` is 78,200), NaN if it is none. */
  readAmount(bytes: Uint8Array, from: number, to: number): number {
    const factor = to > from ? AMOUNT_SUFFIX[String.fromCharCode(bytes[to - 1]! & ~0x20)] : undefined;
    if (factor === undefined) return this.readQuote(bytes, from, to);
    const value = this.read(bytes, from, to - 1);
    return roundTo(value * factor, this.decimals);
  }

  private readSlowly(bytes: Uint8Array, from: number, to: number): number {
    const mark = String.fromCharCode(this.decimalMark);
    let text = new TextDecoder().decode(bytes.subarray(from, to));
    const group = GROUPED.exec(text)?.[1];
    if (group !== undefined && group !== mark) text = text.replaceAll(group, '');
    if (mark !== '.') text = text.replace(mark, '.');
    if (!PLAIN_NUMBER.test(text)) return Number.NaN;
    const [mantissa, exponent = '0'] = text.split(/e/i) as [string, string?];
    const decimals = mantissa.includes('.') ? mantissa.length - mantissa.indexOf('.') - 1 : 0;
    this.decimals = Math.max(0, decimals - Number(exponent));
    return Number(text);
  }
}

/** `value` rounded to `decimals` digits: the double nearest to that decimal, free of the noise of sums. */
export function roundTo(value: number, decimals: number): number {
  if (decimals > 12) return value;
  const scale = POWER_OF_TEN[decimals]!;
  return Math.round(value * scale) / scale;
}
