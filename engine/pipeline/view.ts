import type { IndicatorTimeframes } from '../contract/configuration.ts';
import { timeframeMs } from '../contract/timeframe.ts';
import type { EncoderName } from '../contract/words.ts';
import { warmupBars } from '../features/warmup.ts';
import { type SeriesRef, seriesRef } from '../market/candle-source.ts';
import { type Candles, candlesWithin, lowerBound } from '../market/candles.ts';
import type { ContextSpec, LoadedContext } from './job.ts';
import { type EvaluationTimes, evaluationEnd, type TimeRange } from './windows.ts';

const DAY_MS = 86_400_000;

/** Lengths of history that feature matrices come in; see `viewStart`. */
const HISTORY_TIERS_DAYS = [256, 1024, 4096];

/** The tier that covers a training window; cells of the same tier can share a feature matrix. */
export function historyTier(daysHistory: number): number {
  return HISTORY_TIERS_DAYS.find((tier) => tier >= daysHistory) ?? daysHistory;
}

export interface ViewRequest {
  /** The whole series, and those of the higher timeframes that the indicators use. */
  readonly candles: Candles;
  readonly higher: readonly Candles[];
  readonly encoder: EncoderName;
  readonly indicatorTimeframes: IndicatorTimeframes;
  readonly evaluation: EvaluationTimes;
  /** Calendar days of training before the evaluation. */
  readonly days: number;
}

/** What a cell may see of its series, see `candlesWithin`. */
export function cellView(request: ViewRequest): TimeRange {
  return { from: viewStart(request), to: evaluationEnd(request.evaluation) };
}

/**
 * Opening time of the first bar that features are computed from. It depends on the tier, not on the exact days or on what
 * else is in the grid: a configuration's features, hence its model, are the same bits in every batch it can be
 * part of, while a long series does not cost a short training window its time.
 */
function viewStart({ candles, encoder, indicatorTimeframes, evaluation, days }: ViewRequest): number {
  const { time, timeframe } = candles;
  const warmup = warmupBars(encoder, indicatorTimeframes, timeframe).get(timeframe)!;
  const needed = evaluation.start - historyTier(days) * DAY_MS;
  return time[Math.max(0, lowerBound(time, needed - timeframeMs(timeframe) + 1) - warmup)] ?? needed;
}

/** A series that is at hand, and its name. */
export interface NamedCandles {
  readonly ref: SeriesRef;
  readonly candles: Candles;
}

export function namedCandles(candles: Candles): NamedCandles {
  return { ref: seriesRef(candles), candles };
}

/** What a spec says of its series, seen as far as a view goes. */
export function viewRefs(
  series: SeriesRef,
  higher: readonly SeriesRef[],
  view: TimeRange,
): Pick<ContextSpec, 'series' | 'higher'> {
  return { series: { ...series, view }, higher: higher.map((ref) => ({ ...ref, view: { to: view.to } })) };
}

/** A context on series that are at hand. */
export function loadContext(
  series: NamedCandles,
  higher: readonly NamedCandles[],
  view: TimeRange,
  spec: Omit<ContextSpec, 'series' | 'higher'>,
): LoadedContext {
  const refs = viewRefs(
    series.ref,
    higher.map(({ ref }) => ref),
    view,
  );
  return {
    spec: { ...refs, ...spec },
    candles: candlesWithin(series.candles, view),
    higher: higher.map(({ candles }) => candlesWithin(candles, { to: view.to })),
  };
}
