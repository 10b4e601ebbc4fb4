import { CANDLE_COLUMNS, type Candles } from '../candles.ts';

const PRICES = ['open', 'high', 'low', 'close'] as const;

export interface MergeResult {
  readonly candles: Candles;
  /** Bars only the incoming series has. */
  readonly added: number;
  /** Bars both have, with another price, volume or spread: the incoming one was taken. */
  readonly changed: number;
  /** Bars both have, equal in every column. */
  readonly same: number;
  /** Opening times of those that are changed, ms UTC. */
  readonly changedAt: readonly number[];
  /** The same of those that are added between two bars that were there: they come late. */
  readonly lateAt: readonly number[];
}

/**
 * Joins two series of one symbol and timeframe by time stamp. Where both have a bar the incoming one wins; of the same prices, what it does not
 * have, spread or volume, is kept: a source without spreads says nothing about them.
 */
export function mergeCandles(existing: Candles, incoming: Candles): MergeResult {
  if (existing.length === 0) return allNew(incoming);
  const overlap = countOverlap(existing.time, incoming.time);
  const length = existing.length + incoming.length - overlap;
  const merged: Candles = {
    symbol: incoming.symbol,
    timeframe: incoming.timeframe,
    length,
    time: new Float64Array(length),
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
    spread: new Float64Array(length),
    synthetic: existing.synthetic || incoming.synthetic,
  };
  const changedAt: number[] = [];
  const lateAt: number[] = [];
  let a = 0;
  let b = 0;
  for (let i = 0; i < length; i++) {
    const takeOld = b === incoming.length || (a < existing.length && existing.time[a]! < incoming.time[b]!);
    if (takeOld) {
      copyBar(existing, a++, merged, i);
      continue;
    }
    copyBar(incoming, b, merged, i);
    if (a < existing.length && existing.time[a] === incoming.time[b]) {
      keepKnown(existing, a, merged, i);
      if (!equalBars(existing, a, merged, i)) changedAt.push(merged.time[i]!);
      a++;
    } else if (a > 0 && a < existing.length) lateAt.push(merged.time[i]!);
    b++;
  }
  const changed = changedAt.length;
  return {
    candles: merged,
    added: incoming.length - overlap,
    changed,
    same: overlap - changed,
    changedAt,
    lateAt,
  };
}

/** What joining bars with none comes to. */
export function allNew(candles: Candles): MergeResult {
  return { candles, added: candles.length, changed: 0, same: 0, changedAt: [], lateAt: [] };
}

function countOverlap(a: Float64Array, b: Float64Array): number {
  let common = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      common++;
      i++;
      j++;
    } else if (a[i]! < b[j]!) i++;
    else j++;
  }
  return common;
}

function copyBar(from: Candles, i: number, to: Candles, j: number): void {
  to.time[j] = from.time[i]!;
  to.open[j] = from.open[i]!;
  to.high[j] = from.high[i]!;
  to.low[j] = from.low[i]!;
  to.close[j] = from.close[i]!;
  to.volume[j] = from.volume[i]!;
  to.spread[j] = from.spread[i]!;
}

/** What a bar of the same prices had, and the one in its place has not. */
function keepKnown(from: Candles, i: number, to: Candles, j: number): void {
  const hasSamePrices = PRICES.every((column) => from[column][i] === to[column][j]);
  if (!hasSamePrices) return;
  if (Number.isNaN(to.spread[j]!)) to.spread[j] = from.spread[i]!;
  if (to.volume[j] === 0) to.volume[j] = from.volume[i]!;
}

/** Equal in every column; two missing spreads (NaN) are equal. */
function equalBars(a: Candles, i: number, b: Candles, j: number): boolean {
  return CANDLE_COLUMNS.every((column) => Object.is(a[column][i], b[column][j]));
}
