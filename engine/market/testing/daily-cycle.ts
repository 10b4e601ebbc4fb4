import { createPrng } from '../../random/prng.ts';
import type { Candles } from '../candles.ts';
import { randomCandles } from './random-candles.ts';

/**
 * A random walk that leans upwards in the first twelve hours of each day (UTC) and downwards in the others, by `lean` of a bar's standard
 * deviation. Only who sees the hour knows the way, and only over fewer bars than a day: over 24 hours it comes to nothing. 0: a random walk.
 */
export function dailyCycle(length: number, lean: number, seed: number): Candles {
  const candles = randomCandles(length, 'H1', seed);
  const prng = createPrng(seed + 1);
  const { time, open, high, low, close } = candles;
  let price = 1.1;
  for (let i = 0; i < length; i++) {
    const way = new Date(time[i]!).getUTCHours() < 12 ? 1 : -1;
    open[i] = price;
    price *= Math.exp(DEVIATION * (prng.normal() + lean * way));
    close[i] = price;
    high[i] = Math.max(open[i]!, price) * (1 + 0.3 * DEVIATION * prng.float());
    low[i] = Math.min(open[i]!, price) * (1 - 0.3 * DEVIATION * prng.float());
  }
  return candles;
}

/** Of an hour's log return. */
const DEVIATION = 0.0012;
