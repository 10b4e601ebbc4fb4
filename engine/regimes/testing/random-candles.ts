import type { Candles } from '../../market/candles.ts';
import { createPrng } from '../../random/prng.ts';

/** Random hourly bars: stretches of drift and of differing volatility, some flat bars, some without volume. */
export function randomCandles(length: number, seed: number): Candles {
  const random = createPrng(seed);
  const time = new Float64Array(length);
  const open = new Float64Array(length);
  const high = new Float64Array(length);
  const low = new Float64Array(length);
  const close = new Float64Array(length);
  const volume = new Float64Array(length);
  const spread = new Float64Array(length);
  let price = 1.1;
  let drift = 0;
  let scale = 0.001;
  for (let t = 0; t < length; t++) {
    if (t % 70 === 0) {
      drift = random.normal() * 0.0007;
      scale = 0.0002 + random.float() * 0.002;
    }
    time[t] = t * 3_600_000;
    open[t] = price;
    if (random.float() > 0.02) price *= Math.exp(drift + scale * random.normal());
    close[t] = price;
    high[t] = Math.max(open[t]!, price) * (1 + scale * random.float());
    low[t] = Math.min(open[t]!, price) * (1 - scale * random.float());
    volume[t] = random.int(20) === 0 ? 0 : random.int(1000);
    spread[t] = Number.NaN;
  }
  const shape = { symbol: 'EURUSD', timeframe: 'H1', length, synthetic: true } as const;
  return { ...shape, time, open, high, low, close, volume, spread };
}
