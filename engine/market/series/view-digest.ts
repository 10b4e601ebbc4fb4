import { createHash } from 'node:crypto';
import { CANDLE_COLUMNS, type Candles, lowerBound, sliceCandles } from '../candles.ts';
import { columnBytes } from './candle-file.ts';

/**
 * Digests of stretches of one series. Each is a SHA-256 in hex over symbol, timeframe, origin and the digests of the
 * calendar months (UTC) in it: what a stretch has is told by its own bars, whatever the series holds before and after it,
 * and months are gone through once, however many stretches they are part of.
 */
export interface ViewDigester {
  /** Of the bars [from, to). */
  digest(from: number, to: number): string;
}

export function createViewDigester(candles: Candles): ViewDigester {
  const { symbol, timeframe, synthetic, time } = candles;
  /** Of bars up to the end of their month, by the row of the first. */
  const months = new Map<number, string>();
  const known = new Map<string, string>();

  function toMonthEnd(first: number, end: number): string {
    let digest = months.get(first);
    if (digest === undefined) {
      digest = digestOfBars(candles, first, end);
      months.set(first, digest);
    }
    return digest;
  }

  function compute(from: number, to: number): string {
    const hash = createHash('sha256').update(JSON.stringify([symbol, timeframe, synthetic]));
    for (let first = from; first < to; ) {
      const end = lowerBound(time, nextMonth(time[first]!));
      hash.update(end <= to ? toMonthEnd(first, end) : digestOfBars(candles, first, to));
      first = end;
    }
    return hash.digest('hex');
  }

  return {
    digest(from, to) {
      const key = `${from} ${to}`;
      let digest = known.get(key);
      if (digest === undefined) {
        digest = compute(from, to);
        known.set(key, digest);
      }
      return digest;
    },
  };
}

/** The digest of all bars of some candles, as `ViewDigester` has it of that stretch of a longer series. */
export function viewDigest(candles: Candles): string {
  return createViewDigester(candles).digest(0, candles.length);
}

function digestOfBars(candles: Candles, from: number, to: number): string {
  const bars = sliceCandles(candles, from, to);
  const hash = createHash('sha256');
  for (const name of CANDLE_COLUMNS) hash.update(columnBytes(bars[name]));
  return hash.digest('hex');
}

/** 00:00 UTC of the first of the month after an instant, ms. */
function nextMonth(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
