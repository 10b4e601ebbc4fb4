import type { IndicatorTimeframes } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { timeframeMs } from '../contract/timeframe.ts';
import type { EncoderName } from '../contract/words.ts';
import { warmupBars } from '../features/warmup.ts';
import { type Candles, candlesWithin, lowerBound } from '../market/candles.ts';
import { type SeriesRef, seriesRef } from '../market/series/candle-source.ts';
import type { ContextSpec, LoadedContext } from './job.ts';
import { type EvaluationTimes, evaluationEnd, type TimeRange } from './windows.ts';

const DAY_MS = 86_400_000;

/** Lengths of history that feature matrices come in, so that cells with much the same history share one. */
const HISTORY_TIERS_DAYS = [256, 1024, 4096];

function historyTier(daysHistory: number): number {
  return HISTORY_TIERS_DAYS.find((tier) => tier >= daysHistory) ?? daysHistory;
}

export interface ViewRequest {
  /** The whole series, and those of the higher timeframes that the indicators use. */
  readonly candles: Candles;
  readonly higher: readonly Candles[];
  readonly encoder: EncoderName;
  readonly indicatorTimeframes: IndicatorTimeframes;
  readonly evaluation: EvaluationTimes;
  /** Calendar days of training before the evaluation; Infinity for a training window that begins with the data. */
  readonly days: number;
}

/**
 * What a cell may see of its series, see `candlesWithin`: from the latest 1 January 00:00 UTC from which on its indicators, on
 * whatever timeframe, are warm a tier of days before the evaluation starts (where the data does not reach back so far, from
 * the year on in which it begins), up to the end of the last window. Smoothers, on-balance volume and running sums start
 * there. So the features of a bar are the same bits for every as-of date until the next 1 January is far enough back, whatever
 * else is in a grid, while a long series does not cost a short training window its time.
 */
export function cellView(request: ViewRequest): TimeRange {
  const { candles, higher, encoder, indicatorTimeframes, evaluation, days } = request;
  const warmup = warmupBars(encoder, indicatorTimeframes, candles.timeframe);
  const needed = evaluation.start - historyTier(days) * DAY_MS;
  const starts = [candles, ...higher].map((series) => {
    const first = lowerBound(series.time, needed - timeframeMs(series.timeframe) + 1);
    // Of a higher timeframe, the last bar that is closed by then is the one in use.
    const used = series === candles ? first : first - 1;
    return series.time[Math.max(0, used - (warmup.get(series.timeframe) ?? 0))] ?? needed;
  });
  const year = new Date(Math.min(...starts)).getUTCFullYear();
  return { from: Date.UTC(year, 0, 1), to: evaluationEnd(evaluation) };
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
  return { series: { ...series, view }, higher: higher.map((ref) => ({ ...ref, view })) };
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
    higher: higher.map(({ candles }) => candlesWithin(candles, view)),
  };
}

/**
 * A context on candles that another one has: its views are parts of theirs.
 * @throws EngineError `internal` for a timeframe that is not among them
 */
export function viewedContext(whole: LoadedContext, spec: ContextSpec): LoadedContext {
  const known = new Map<Timeframe, Candles>(
    [whole.candles, ...whole.higher].map((candles) => [candles.timeframe, candles]),
  );
  const seen = ({ timeframe, view = {} }: SeriesRef): Candles => {
    const candles = known.get(timeframe);
    if (candles === undefined)
      throw new EngineError('internal', `Expected candles of ${timeframe}, found none.`);
    return candlesWithin(candles, view);
  };
  return { spec, candles: seen(spec.series), higher: spec.higher.map(seen) };
}
