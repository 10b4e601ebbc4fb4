import { marketFrictions } from '../backtest/costs.ts';
import { METRICS } from '../backtest/metrics.ts';
import { EngineError } from '../contract/errors.ts';
import { fitMembers } from '../pipeline/cell.ts';
import { type BatchContext, foldContext, testedRegime } from '../pipeline/context.ts';
import type { Trade } from '../pipeline/evaluation.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import type { FoldJob, FoldResult } from '../pipeline/job.ts';
import { evaluatedModel } from '../pipeline/target-model.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { lastSwap } from '../targets/trade-outcomes.ts';
import { forecastFigures } from './fold-figures.ts';

/**
 * Trains a fold's model and follows its one strategy through each of its windows, on the bars up to their end, whatever `base` has
 * beyond it. Pure: the same bars and job give the same bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained, `invalid-input` for a regime that labels no bar
 */
export function runFold(base: BatchContext, job: FoldJob): FoldResult[] {
  const context = foldContext(base, job.evaluation);
  const { horizon } = job.configuration;
  const { fitted, scales } = fitMembers(context, job);
  const members = fitted.map(({ member }) => member);
  const [strategy, ...others] = context.strategies;
  if (strategy === undefined || others.length > 0) {
    throw new EngineError(
      'internal',
      `Expected one strategy for a fold, found ${context.strategies.length}.`,
    );
  }
  const segment = job.scope === null ? ALL_BARS : 1 + testedRegime(context, job.scope);
  const model = evaluatedModel(context, job.configuration, { members, scales });
  const labels = context.labels(horizon);
  const paid = costsOf(context);
  const scope = segment === ALL_BARS ? undefined : barsOf(context, segment - 1);
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
    forecasts: forecastFigures(trace, { labels, horizon, ...(scope && { scope }) }),
    metrics: trace.metrics.slice(segment * METRICS.length, (segment + 1) * METRICS.length),
    barsPerYear: context.evaluated.barsPerYear[w]!,
    costs: trace.trades.reduce((sum, trade) => sum + paid(trade), 0),
  }));
}

/** What a trade paid in costs and swaps, log return. */
export function costsOf({
  spec,
  candles,
  span,
}: BatchContext): (trade: Pick<Trade, 'entry' | 'exit' | 'direction' | 'inside'>) => number {
  const { costPerSide, swapLong, swapShort } = marketFrictions(candles, spec.settings.costs, span);
  return ({ entry, exit, direction, inside }) => {
    const swaps = direction > 0 ? swapLong : swapShort;
    const last = exit - 1;
    let sum = costPerSide[entry - span.from]! + costPerSide[(inside ? last : exit) - span.from]!;
    for (let row = entry; row < last; row++) sum += swaps[row - span.from]!;
    const swap = swaps[last - span.from]!;
    return sum + (inside ? lastSwap(swap) : swap);
  };
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
