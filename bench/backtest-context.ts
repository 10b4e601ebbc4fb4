import type { Configuration } from '../engine/contract/configuration.ts';
import { rollFeatures } from '../engine/features/build.ts';
import { plainLoops } from '../engine/features/loops/plain.ts';
import type { FeatureRollout } from '../engine/features/matrix.ts';
import { defaultIndicatorTimeframes } from '../engine/features/timeframes.ts';
import { DEFAULT_STRATEGY_AXES } from '../engine/inference/strategy-grid.ts';
import type { Candles } from '../engine/market/candles.ts';
import { resample } from '../engine/market/series/resample.ts';
import { nextBarTime } from '../engine/market/time/calendar.ts';
import { runCell } from '../engine/pipeline/cell.ts';
import { type BatchContext, createContext } from '../engine/pipeline/context.ts';
import type { LoadedContext } from '../engine/pipeline/job.ts';
import type { LuckSettings } from '../engine/pipeline/luck.ts';
import { cellView, loadContext, namedCandles } from '../engine/pipeline/view.ts';
import {
  type CellWindows,
  evaluationEnd,
  rowsWithin,
  type WindowDays,
  windowsBefore,
} from '../engine/pipeline/windows.ts';
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
export function backtestContext(candles: Candles, windows: CellWindows, luck?: LuckSettings): BatchContext {
  const loaded = loadHourly(candles, windows);
  return createContext(luck === undefined ? loaded : { ...loaded, spec: { ...loaded.spec, luck } });
}

/** The model file that such a context gives of a configuration with default hyper-parameters. */
export function trainedModel(
  context: BatchContext,
  { training }: Pick<CellWindows, 'training'>,
  { modelType, daysHistory, horizon }: Pick<Configuration, 'modelType' | 'daysHistory' | 'horizon'>,
): Uint8Array {
  const { encoder, indicatorTimeframes } = context.spec;
  return runCell(context, {
    index: 0,
    configuration: {
      modelType,
      encoder,
      symbol: context.candles.symbol,
      timeframe: 'H1',
      daysHistory,
      horizon,
      target: 'return',
      indicatorTimeframes,
      hyperparameters: {},
    },
    training,
    configHash: modelType,
    trainingKey: modelType,
  }).artifact;
}

/** The same with its candles, before anything is computed. */
export function loadHourly(candles: Candles, { evaluation }: CellWindows): LoadedContext {
  const encoder = 'normalized';
  const indicatorTimeframes = defaultIndicatorTimeframes('H1');
  const higher = [resample(candles, 'H4', 'new_york')];
  const view = cellView({ candles, higher, encoder, indicatorTimeframes, evaluation, days: 256 });
  return loadContext(namedCandles(candles), higher.map(namedCandles), view, {
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
}

/** The rollout of `backtestContext` with its loops in plain TypeScript, as they were before they were compiled. */
export function plainRollout(all: Candles, windows: CellWindows): FeatureRollout {
  const { spec, candles, higher } = loadHourly(all, windows);
  const { evaluation, encoder, indicatorTimeframes } = spec;
  const { from, to } = rowsWithin(candles, { from: evaluation.start, to: evaluationEnd(evaluation) });
  return rollFeatures(
    {
      candles,
      encoder,
      indicatorTimeframes,
      higher: new Map(higher.map((series) => [series.timeframe, series])),
      fitEnd: from,
    },
    {
      lanes: { first: from, count: to - from },
      nextBarTime: (time) => nextBarTime(time, candles.timeframe),
      inLoops: plainLoops,
    },
  ).rollout;
}
