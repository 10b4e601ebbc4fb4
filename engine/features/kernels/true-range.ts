/** Range of each bar, extended to the close before it (Wilder, 1978); the first bar has its plain range. */
export function trueRange(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  const { length } = close;
  const out = new Float64Array(length);
  if (length > 0) out[0] = high[0] - low[0];
  for (let t = 1; t < length; t++) {
    out[t] = Math.max(high[t], close[t - 1]) - Math.min(low[t], close[t - 1]);
  }
  return out;
}
