import { defaultIndicatorTimeframes } from '../../features/timeframes.ts';
import type { Candles } from '../../market/candles.ts';
import { resample } from '../../market/series/resample.ts';
import { DEFAULT_REGIMES } from '../../regimes/defaults.ts';
import type { ContextSpec, LoadedContext, PipelineSettings } from '../job.ts';
import { cellView, loadContext, namedCandles } from '../view.ts';
import type { EvaluationTimes } from '../windows.ts';

export interface HourlyContext extends Pick<PipelineSettings, 'strategies'> {
  readonly candles: Candles;
  readonly evaluation: EvaluationTimes;
  /** Calendar days of training before the evaluation. */
  readonly days: number;
  readonly encoder?: ContextSpec['encoder'];
  readonly indicatorTimeframes?: ContextSpec['indicatorTimeframes'];
  /** Made from the hourly ones where left out: four hours. */
  readonly higher?: readonly Candles[];
  readonly settings?: Partial<PipelineSettings>;
}

/** A context on hourly candles as a grid has it: three members, seed 1, the default regimes, and hardly any costs. */
export function hourlyContext({
  candles,
  evaluation,
  days,
  encoder = 'normalized',
  indicatorTimeframes = defaultIndicatorTimeframes('H1'),
  higher = [resample(candles, 'H4', 'new_york')],
  strategies,
  settings,
}: HourlyContext): LoadedContext {
  const view = cellView({ candles, higher, encoder, indicatorTimeframes, evaluation, days });
  return loadContext(namedCandles(candles), higher.map(namedCandles), view, {
    dataDigest: '',
    evaluation,
    encoder,
    indicatorTimeframes,
    settings: {
      members: 3,
      seed: 1,
      strategies,
      regimes: DEFAULT_REGIMES,
      costs: { spreadPips: 0.1, slippagePips: 0, commissionPerSide: 0, swapLongPips: 0, swapShortPips: 0 },
      ...settings,
    },
  });
}
