import { plausiblePrices } from '../instruments/symbol.ts';

/** Factors by which some sources multiply prices to store whole points. */
const USUAL_SCALES = [1000, 100_000];

export interface PriceScale {
  /** File prices are this many times the real ones. */
  readonly scale: number;
  /** What the user is told; undefined when prices stand as they are and nothing is odd. */
  readonly note?: string;
  /** They are so far from what the symbol has ever cost that it is another market's file. */
  readonly isOther?: boolean;
}

/** A price may leave the range of decades, but not by this much. */
const FAR = 3;

/**
 * Guesses from a typical price whether a file's prices are multiplied. Only pairs of currencies or metals with a
 * known range are ever rescaled.
 */
export function guessPriceScale(symbol: string, typicalPrice: number): PriceScale {
  const range = plausiblePrices(symbol);
  if (range === undefined || (typicalPrice >= range.low && typicalPrice <= range.high)) return { scale: 1 };
  const expected = `${short(range.low)} to ${short(range.high)}`;
  const fitting = USUAL_SCALES.filter((s) => typicalPrice / s >= range.low && typicalPrice / s <= range.high);
  const [scale, ...others] = fitting;
  if (scale === undefined || others.length > 0) {
    const found = `Prices around ${short(typicalPrice)} are unusual for ${symbol} (expected ${expected}).`;
    return typicalPrice > range.high * FAR || typicalPrice < range.low / FAR
      ? {
          scale: 1,
          isOther: true,
          note: `${found} It looks like a file of another market: name the symbol that it is of, or set the price scale (1 keeps them as they are).`,
        }
      : { scale: 1, note: `${found} They are kept; check the symbol, or set the price scale.` };
  }
  return {
    scale,
    note: `Prices around ${short(typicalPrice)} are ${scale} times those of ${symbol} (${expected}) and were divided by ${scale}. A price scale of 1 keeps them.`,
  };
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/**
 * Divides prices (or spreads) by `scale`, in place. Scaled prices are whole points or simple fractions of one; what
 * differs from that by less than a millionth is binary noise of the source and is rounded away: 81121.0000001 / 1000 is
 * exactly 81.121.
 */
export function unscale(values: Float64Array, scale: number): void {
  for (let i = 0; i < values.length; i++) {
    const hundredths = values[i]! * 100;
    const whole = Math.round(hundredths);
    values[i] = Math.abs(hundredths - whole) < 1e-4 ? whole / (scale * 100) : values[i]! / scale;
  }
}
