import { createPrng } from '../../random/prng.ts';
import type { Candles } from '../candles.ts';
import { nextBarTime } from '../time/calendar.ts';
import { emptyCandles } from './random-candles.ts';

/** Bars whose moves the planted edge looks back on. */
const LOOKBACK = 24;
/** At most this part of a bar's coin may be known beforehand. */
const MOST_EDGE = 0.5;

export interface SignedMarket {
  readonly symbol: string;
  readonly seed: number;
  /** Bars; the source's from its first on, and once more from there where they end. */
  readonly length: number;
  /**
   * 0: a fair coin says whether a bar goes up, and nobody can know it. Else it goes against the way of the last 24 bars with a
   * probability of 1/2 + edge * |tanh(z)|, z their move in standard deviations: prices come back, and stay where they began. At most 0.5.
   */
  readonly edge: number;
}

/**
 * A market of real bars with coins for signs: volatility, its clusters, ranges, gaps and volume are those of the source, the
 * direction is not. A bar turned over has its high where its low was.
 */
export function randomSigns(source: Candles, { symbol, seed, length, edge }: SignedMarket): Candles {
  if (!(edge >= 0 && edge <= MOST_EDGE))
    throw new RangeError(`An edge is from 0 to ${MOST_EDGE}, not ${edge}.`);
  const prng = createPrng(seed);
  const candles: Candles = { ...emptyCandles(length, source.timeframe), symbol, synthetic: false };
  const moves = new Float64Array(LOOKBACK);
  let close = source.open[0]!;
  let time = source.time[0]!;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const row = i % source.length;
    const before = row === 0 ? source.open[0]! : source.close[row - 1]!;
    const z = squares === 0 ? 0 : sum / Math.sqrt(squares);
    const way = prng.float() < 0.5 - edge * Math.tanh(z) ? 1 : -1;
    const sign = source.close[row]! < before ? -way : way;
    const turned = (price: number) => close * (price / before) ** sign;
    const [first, second] = [turned(source.high[row]!), turned(source.low[row]!)];
    candles.time[i] = time;
    candles.open[i] = turned(source.open[row]!);
    candles.high[i] = Math.max(first, second);
    candles.low[i] = Math.min(first, second);
    candles.close[i] = turned(source.close[row]!);
    candles.volume[i] = source.volume[row]!;
    candles.spread[i] = source.spread[row]!;
    const move = Math.log(candles.close[i]! / close);
    const oldest = moves[i % LOOKBACK]!;
    sum += move - oldest;
    squares = Math.max(0, squares + move * move - oldest * oldest);
    moves[i % LOOKBACK] = move;
    close = candles.close[i]!;
    time = i + 1 < source.length ? source.time[i + 1]! : nextBarTime(time, source.timeframe);
  }
  return candles;
}
