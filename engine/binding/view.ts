import { timeframeMs } from '../contract/timeframe.ts';
import type { Candles } from '../market/candles.ts';
import { type CellWindows, type WindowDays, windowsBefore } from '../pipeline/windows.ts';

/** The windows of a configuration on a series, up to its end. */
export function windowsOn(candles: Candles, days: WindowDays, daysHistory: number): CellWindows {
  const last = candles.time[candles.length - 1] ?? 0;
  return windowsBefore(last + timeframeMs(candles.timeframe), days, daysHistory);
}
