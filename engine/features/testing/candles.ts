import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../../market/candles.ts';
import { emptyCandles, randomCandles as walk } from '../../market/testing/random-candles.ts';
import { createPrng } from '../../random/prng.ts';

/** Uniform numbers in [0, 1) from a seed. */
export function uniform(seed: number): () => number {
  return createPrng(seed).float;
}

/** A random walk in the currency week, from a seed. */
export function randomCandles(length: number, seed: number, timeframe: Timeframe = 'H1'): Candles {
  return walk(length, timeframe, seed);
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
    for (let t = 0; t < column.length; t++) column[t]! *= price;
  }
  for (let t = 0; t < scaled.length; t++) scaled.volume[t]! *= volume;
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
    if (t === 0 || Math.floor(candles.time[t]! / duration) !== Math.floor(candles.time[t - 1]! / duration)) {
      starts.push(t);
    }
  }
  const higher = emptyCandles(starts.length, timeframe);
  starts.forEach((from, j) => {
    const to = starts[j + 1] ?? candles.length;
    higher.time[j] = Math.floor(candles.time[from]! / duration) * duration;
    higher.open[j] = candles.open[from]!;
    higher.high[j] = Math.max(...candles.high.subarray(from, to));
    higher.low[j] = Math.min(...candles.low.subarray(from, to));
    higher.close[j] = candles.close[to - 1]!;
    higher.volume[j] = candles.volume.subarray(from, to).reduce((sum, volume) => sum + volume, 0);
  });
  return higher;
}
