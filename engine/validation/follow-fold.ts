import { METRICS } from '../backtest/metrics.ts';
import { EngineError } from '../contract/errors.ts';
import { type BatchContext, testedRegime } from '../pipeline/context.ts';
import type { EvaluatedModel } from '../pipeline/evaluated-model.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import type { FoldJob, FoldResult } from '../pipeline/job.ts';
import type { StrategyTrace } from '../pipeline/strategy-trace.ts';
import { costsOf } from '../pipeline/trade-costs.ts';
import { forecastFigures, tradeFigures } from './fold-figures.ts';
import { takeProfitFigures } from './take-profit.ts';

/** A model that is there, wherever it is from. */
export interface FollowedModel {
  readonly model: EvaluatedModel;
  /** Per model of a target with two, what its members expect of a row of which they know nothing, in units. */
  readonly cuts: readonly number[];
}

/**
 * Follows the one strategy of a context through each of its windows, whatever the model learned from.
 * @throws EngineError `invalid-input` for a regime that labels no bar
 */
export function followFold(
  context: BatchContext,
  job: Pick<FoldJob, 'scope'> & {
    readonly configuration: Pick<FoldJob['configuration'], 'target' | 'horizon'>;
  },
  { model, cuts }: FollowedModel,
): FoldResult[] {
  const { horizon } = job.configuration;
  const [strategy, ...others] = context.strategies;
  if (strategy === undefined || others.length > 0) {
    throw new EngineError(
      'internal',
      `Expected one strategy for a fold, found ${context.strategies.length}.`,
    );
  }
  const segment = job.scope === null ? ALL_BARS : 1 + testedRegime(context, job.scope);
  const target = context.target(job.configuration.target, horizon);
  const paid = costsOf(context);
  const scope = segment === ALL_BARS ? undefined : barsOf(context, segment - 1);
  const inScope = { horizon, ...(scope && { scope }) };
  const exits = model.market?.exits;
  const entries = exits && { exits, firstLane: context.span.from, ...(scope && { scope }) };
  const forecastsOf = (trace: StrategyTrace) =>
    trace.sides === null
      ? forecastFigures(trace, { labels: context.labels(horizon), ...inScope })
      : tradeFigures(trace, {
          ...inScope,
          sides: target.sides,
          unit: target.unit!,
          areClasses: target.task === 'classes',
          cuts,
        });
  const figuresOf = (trace: StrategyTrace) => ({
    ...forecastsOf(trace),
    ...(entries && { takeProfit: takeProfitFigures(trace, entries) }),
  });
  return context.evaluator.evaluateOne(model, strategy, segment).map((trace, w) => ({
    window: trace.window,
    netReturn: trace.netReturn,
    trades: trace.trades.map(({ entry, exit, direction, stake }) => ({
      entry: entry - trace.firstRow,
      exit: exit - trace.firstRow,
      direction,
      stake,
    })),
    marketDay: trace.marketDay,
    forecasts: figuresOf(trace),
    metrics: trace.metrics.slice(segment * METRICS.length, (segment + 1) * METRICS.length),
    barsPerYear: context.evaluated.barsPerYear[w]!,
    costs: trace.trades.reduce((sum, trade) => sum + paid(trade), 0),
  }));
}

/** Per row of the candles, 1 where its own regime has the word. */
function barsOf({ regimes, span }: BatchContext, regime: number): Uint8Array {
  const bars = new Uint8Array(span.to);
  for (let row = span.from; row < span.to; row++) bars[row] = regimes.labels[row] === regime ? 1 : 0;
  return bars;
}
