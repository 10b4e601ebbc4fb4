import type { Candles } from '../market/candles.ts';

/**
 * Log return a trade decided at the close of bar t earns over `horizon` bars, entered and left at the open:
 * y[t] = ln(open[t + 1 + horizon] / open[t + 1]). NaN for the last horizon + 1 bars, whose outcome is not known.
 * One value per bar; `horizon` in bars, at least 1.
 */
export function returnLabels({ open, length }: Candles, horizon: number): Float64Array {
  const labels = new Float64Array(length).fill(NaN);
  for (let t = 0; t + 1 + horizon < length; t++) labels[t] = Math.log(open[t + 1 + horizon]! / open[t + 1]!);
  return labels;
}
