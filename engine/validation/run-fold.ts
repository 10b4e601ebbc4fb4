import { METRICS } from '../backtest/metrics.ts';
import { EngineError } from '../contract/errors.ts';
import { fitMembers } from '../pipeline/cell.ts';
import { type BatchContext, testedRegime } from '../pipeline/context.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import type { CellJob } from '../pipeline/job.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { type ForecastFigures, forecastFigures } from './fold-figures.ts';
import type { TestedWindow } from './stitched.ts';

/** What a fold's model is followed with: the one strategy of its context. */
export interface FoldJob extends CellJob {
  /** The regime whose signals alone it trades; null: all. */
  readonly scope: string | null;
}

/** One test window of a fold's model. */
export interface FoldResult extends TestedWindow {
  /** Its name; see `testWindowName`. */
  readonly window: string;
  readonly forecasts: ForecastFigures;
  /** METRICS of its trading. */
  readonly metrics: Float64Array;
}

/**
 * Trains a fold's model and follows its strategy through each of its windows. Pure: the same context and job give the same
 * bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained, `invalid-input` for a regime that labels no bar
 */
export function runFold(context: BatchContext, job: FoldJob): FoldResult[] {
  const { horizon } = job.configuration;
  const labels = context.labels(horizon);
  const members = fitMembers(context, job).fitted.map(({ member }) => member);
  const [strategy, ...others] = context.strategies;
  if (strategy === undefined || others.length > 0) {
    throw new EngineError(
      'internal',
      `Expected one strategy for a fold, found ${context.strategies.length}.`,
    );
  }
  const { columns } = context.features.matrix;
  const segment = job.scope === null ? ALL_BARS : 1 + testedRegime(context, job.scope);
  const model = { members, horizon, columns, labels, rollout: context.rollout };
  const scope = segment === ALL_BARS ? undefined : barsOf(context, segment - 1);
  return context.evaluator.evaluateOne(model, strategy, segment).map((trace) => ({
    window: trace.window,
    netReturn: trace.netReturn,
    trades: trace.trades.map(({ entry, exit, direction, stake }) => ({
      entry: entry - trace.firstRow,
      exit: exit - trace.firstRow,
      direction,
      stake,
    })),
    marketDay: trace.marketDay,
    forecasts: forecastFigures(trace, { labels, horizon, ...(scope && { scope }) }),
    metrics: trace.metrics.slice(segment * METRICS.length, (segment + 1) * METRICS.length),
  }));
}

/** Per row of the candles, 1 where its own regime has the word. */
function barsOf({ spec, candles, span }: BatchContext, regime: number): Uint8Array {
  const bars = new Uint8Array(candles.length);
  const labels = labelBars(candles, compileRegimes(spec.settings.regimes), span.from, span.to);
  labels.forEach((label, i) => {
    bars[span.from + i] = label === regime ? 1 : 0;
  });
  return bars;
}
