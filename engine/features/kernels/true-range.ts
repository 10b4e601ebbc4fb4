import type { Candles } from '../../market/candles.ts';

/** Range of each bar, extended to the close before it (Wilder, 1978); the first bar has its plain range. */
export function trueRange({ high, low, close, length }: Candles): Float64Array {
  const out = new Float64Array(length);
  if (length > 0) out[0] = high[0] - low[0];
  for (let t = 1; t < length; t++) {
    const before = close[t - 1];
    const top = high[t] > before ? high[t] : before;
    const bottom = low[t] < before ? low[t] : before;
    out[t] = top - bottom;
  }
  return out;
}
