import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../../market/candles.ts';

/** Mulberry32: uniform numbers in [0, 1) from a seed. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 2024-01-01, a Monday. */
const START = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** The bar after the one at `time` in a market that rests on Saturdays and Sundays (UTC). */
export function nextWeekdayBar(time: number, timeframe: Timeframe): number {
  let next = time + timeframeMs(timeframe);
  while ([0, 6].includes(new Date(next).getUTCDay())) next += DAY - (next % DAY);
  return next;
}

/** A random walk around 1.1 with steps of about 1e-3, weekend gaps and whole volumes. */
export function randomCandles(length: number, seed: number, timeframe: Timeframe = 'H1'): Candles {
  const random = uniform(seed);
  const candles = emptyCandles(length, timeframe);
  let time = START;
  let price = 1.1;
  for (let t = 0; t < length; t++) {
    const open = price * (1 + 2e-4 * (random() - 0.5));
    const close = open * Math.exp(2e-3 * (random() - 0.5));
    candles.time[t] = time;
    candles.open[t] = open;
    candles.close[t] = close;
    candles.high[t] = Math.max(open, close) * (1 + 5e-4 * random());
    candles.low[t] = Math.min(open, close) * (1 - 5e-4 * random());
    candles.volume[t] = Math.floor(100 + 3000 * random() * random());
    price = close;
    time = nextWeekdayBar(time, timeframe);
  }
  return candles;
}

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

/** Copies of all columns, to be changed at will. */
export function copyCandles(candles: Candles): Candles {
  return {
    ...candles,
    time: candles.time.slice(),
    open: candles.open.slice(),
    high: candles.high.slice(),
    low: candles.low.slice(),
    close: candles.close.slice(),
    volume: candles.volume.slice(),
    spread: candles.spread.slice(),
  };
}

/** Prices times `price`, volumes times `volume`. */
export function scaleCandles(candles: Candles, price: number, volume: number): Candles {
  const scaled = copyCandles(candles);
  for (const column of [scaled.open, scaled.high, scaled.low, scaled.close]) {
    for (let t = 0; t < column.length; t++) column[t] *= price;
  }
  for (let t = 0; t < scaled.length; t++) scaled.volume[t] *= volume;
  return scaled;
}

/** Every price the same, volume as in `candles`. */
export function flatCandles(candles: Candles, price: number): Candles {
  const flat = copyCandles(candles);
  for (const column of [flat.open, flat.high, flat.low, flat.close]) column.fill(price);
  return flat;
}

/** Bars of a longer timeframe, cut at whole multiples of it since 1970-01-01 UTC. */
export function resample(candles: Candles, timeframe: Timeframe): Candles {
  const duration = timeframeMs(timeframe);
  const starts: number[] = [];
  for (let t = 0; t < candles.length; t++) {
    if (t === 0 || Math.floor(candles.time[t] / duration) !== Math.floor(candles.time[t - 1] / duration)) {
      starts.push(t);
    }
  }
  const higher = emptyCandles(starts.length, timeframe);
  starts.forEach((from, j) => {
    const to = starts[j + 1] ?? candles.length;
    higher.time[j] = Math.floor(candles.time[from] / duration) * duration;
    higher.open[j] = candles.open[from];
    higher.high[j] = Math.max(...candles.high.subarray(from, to));
    higher.low[j] = Math.min(...candles.low.subarray(from, to));
    higher.close[j] = candles.close[to - 1];
    higher.volume[j] = candles.volume.subarray(from, to).reduce((sum, volume) => sum + volume, 0);
  });
  return higher;
}
