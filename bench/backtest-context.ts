import { defaultIndicatorTimeframes } from '../engine/features/timeframes.ts';
import { DEFAULT_STRATEGY_AXES } from '../engine/inference/strategy-grid.ts';
import { seriesRef } from '../engine/market/candle-source.ts';
import type { Candles } from '../engine/market/candles.ts';
import { resample } from '../engine/market/resample.ts';
import { type BatchContext, createContext } from '../engine/pipeline/context.ts';
import type { ContextSpec } from '../engine/pipeline/job.ts';
import type { WindowDays } from '../engine/pipeline/windows.ts';
import { DEFAULT_REGIMES } from '../engine/regimes/defaults.ts';

export const MEMBERS = 3;

/** As a queue with the default configuration prepares hourly candles, H4 for the indicators included. */
export function backtestContext(candles: Candles, windows: WindowDays): BatchContext {
  const higher = [resample(candles, 'H4')];
  const spec: ContextSpec = {
    series: seriesRef(candles),
    higher: higher.map(seriesRef),
    encoder: 'normalized',
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    tier: 256,
    settings: {
      windows,
      members: MEMBERS,
      seed: 1,
      strategies: DEFAULT_STRATEGY_AXES,
      regimes: DEFAULT_REGIMES,
      costs: {
        spreadPips: 1,
        slippagePips: 0.2,
        commissionPerSide: 0,
        swapLongPips: 0.8,
        swapShortPips: 0.2,
      },
    },
  };
  return createContext({ spec, candles, higher });
}
