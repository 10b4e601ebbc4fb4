import { timeframeMs } from '../contract/timeframe.ts';
import type { Candles } from '../market/candles.ts';

/** The bars of a higher timeframe as the bars below know them. */
export interface HigherBars {
  readonly candles: Candles;
  /** For every bar of the lower timeframe the last higher bar that is closed when it closes; -1 before the first. */
  readonly closed: Int32Array;
}

/** A higher bar counts as closed once its full duration has passed, whether or not ticks came until then. */
export function alignHigher(base: Candles, higher: Candles): HigherBars {
  const closed = new Int32Array(base.length);
  const baseDuration = timeframeMs(base.timeframe);
  const higherDuration = timeframeMs(higher.timeframe);
  let next = 0;
  for (let t = 0, n = base.length; t < n; t++) {
    const now = base.time[t]! + baseDuration;
    while (next < higher.length && higher.time[next]! + higherDuration <= now) next++;
    closed[t] = next - 1;
  }
  return { candles: higher, closed };
}

/** A higher-timeframe column at the bars below: the value of the last closed bar, NaN before the first. */
export function holdLastClosed(values: Float64Array, { closed }: HigherBars): Float64Array {
  const out = new Float64Array(closed.length);
  for (let t = 0, n = out.length; t < n; t++) out[t] = closed[t]! < 0 ? NaN : values[closed[t]!]!;
  return out;
}
