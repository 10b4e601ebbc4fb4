import { TIMEFRAME_MINUTES, type Timeframe } from '../../contract/timeframe.ts';
import { createPrng } from '../../random/prng.ts';
import type { Candles } from '../candles.ts';
import { nextBarTime } from '../time/calendar.ts';

/** A random walk in the currency week, for tests: `length` bars from `from` (ms UTC). */
export function randomCandles(
  length: number,
  timeframe: Timeframe = 'H1',
  seed = 1,
  from = Date.UTC(2020, 0, 6),
): Candles {
  const prng = createPrng(seed);
  const candles = emptyCandles(length, timeframe);
  const size = 0.0002 * Math.sqrt(TIMEFRAME_MINUTES[timeframe]);
  let price = 1.1;
  for (let i = 0, t = from; i < length; i++, t = nextBarTime(t, timeframe)) {
    const open = price;
    price *= Math.exp(size * prng.normal());
    candles.time[i] = t;
    candles.open[i] = open;
    candles.high[i] = Math.max(open, price) + size * prng.float();
    candles.low[i] = Math.min(open, price) - size * prng.float();
    candles.close[i] = price;
    candles.volume[i] = prng.int(1000);
    candles.spread[i] = prng.float() < 0.1 ? Number.NaN : 0.0001;
  }
  return candles;
}

/** Candles that are all zero, to be filled. */
export function emptyCandles(length: number, timeframe: Timeframe): Candles {
  const column = () => new Float64Array(length);
  return {
    symbol: 'EURUSD',
    timeframe,
    length,
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    spread: column(),
    synthetic: false,
  };
}
