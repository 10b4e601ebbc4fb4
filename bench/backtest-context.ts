import { plainLoops } from '../engine/features/loops/plain.ts';
import type { FeatureRollout } from '../engine/features/matrix.ts';
import { defaultIndicatorTimeframes } from '../engine/features/timeframes.ts';
import { DEFAULT_STRATEGY_AXES } from '../engine/inference/strategy-grid.ts';
import { nextBarTime } from '../engine/market/calendar.ts';
import type { Candles } from '../engine/market/candles.ts';
import { resample } from '../engine/market/resample.ts';
import { type BatchContext, createContext } from '../engine/pipeline/context.ts';
import type { LuckSettings } from '../engine/pipeline/luck.ts';
import { cellView, loadContext, namedCandles } from '../engine/pipeline/view.ts';
import { type CellWindows, type WindowDays, windowsBefore } from '../engine/pipeline/windows.ts';
import { DEFAULT_REGIMES } from '../engine/regimes/defaults.ts';

export const MEMBERS = 3;

/** Up to the end of hourly candles. */
export function windowsOf({ time, length }: Candles, days: WindowDays, daysHistory: number): CellWindows {
  return windowsBefore(time[length - 1]! + 3_600_000, days, daysHistory);
}

/**
 * As a queue with the default configuration prepares hourly candles, H4 for the indicators included; `luck` as a spec says
 * how it is measured.
 */
export function backtestContext(
  candles: Candles,
  { evaluation }: CellWindows,
  luck?: LuckSettings,
): BatchContext {
  const encoder = 'normalized';
  const indicatorTimeframes = defaultIndicatorTimeframes('H1');
  const higher = [resample(candles, 'H4', 'new_york')];
  const view = cellView({ candles, higher, encoder, indicatorTimeframes, evaluation, days: 256 });
  const loaded = loadContext(namedCandles(candles), higher.map(namedCandles), view, {
    dataDigest: '',
    evaluation,
    encoder,
    indicatorTimeframes,
    settings: {
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
  });
  return createContext(luck === undefined ? loaded : { ...loaded, spec: { ...loaded.spec, luck } });
}

/** The context's rollout with its loops in plain TypeScript, as they were before they were compiled. */
export function plainRollout({ candles, features, span }: BatchContext): FeatureRollout {
  return features.createRollout(
    { first: span.from, count: span.to - span.from },
    (time) => nextBarTime(time, candles.timeframe),
    (lanes, make) => make(plainLoops(), lanes),
  );
}
