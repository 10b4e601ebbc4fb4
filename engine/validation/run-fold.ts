import { marketFrictions } from '../backtest/costs.ts';
import { METRICS } from '../backtest/metrics.ts';
import { EngineError } from '../contract/errors.ts';
import { type BatchContext, foldContext, testedRegime } from '../pipeline/context.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import { classSettingsOf, type FittedMembers, fitMembers } from '../pipeline/fit-members.ts';
import type { FoldJob, FoldResult } from '../pipeline/job.ts';
import type { StrategyTrace, Trade } from '../pipeline/strategy-trace.ts';
import { evaluatedModel } from '../pipeline/target-model.ts';
import { meanOver } from '../targets/rows.ts';
import { lastSwap } from '../targets/trade-outcomes.ts';
import { forecastFigures, tradeFigures } from './fold-figures.ts';
import { takeProfitFigures } from './take-profit.ts';

/**
 * Trains a fold's model and follows its one strategy through each of its windows, on the bars up to their end, whatever `base` has
 * beyond it. Pure: the same bars and job give the same bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained, `invalid-input` for a regime that labels no bar
 */
export function runFold(base: BatchContext, job: FoldJob): FoldResult[] {
  const context = foldContext(base, job.evaluation);
  const { horizon } = job.configuration;
  const fit = fitMembers(context, job);
  const { fitted, scales, calibrations } = fit;
  const members = fitted.map(({ member }) => member);
  const [strategy, ...others] = context.strategies;
  if (strategy === undefined || others.length > 0) {
    throw new EngineError(
      'internal',
      `Expected one strategy for a fold, found ${context.strategies.length}.`,
    );
  }
  const segment = job.scope === null ? ALL_BARS : 1 + testedRegime(context, job.scope);
  const model = evaluatedModel(context, job.configuration, { members, scales, calibrations });
  const target = context.target(job.configuration.target, horizon);
  const paid = costsOf(context);
  const scope = segment === ALL_BARS ? undefined : barsOf(context, segment - 1);
  const inScope = { horizon, ...(scope && { scope }) };
  const cuts = classCuts(context, fit, target.sides.length);
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

/**
 * Per model of a target, what its members expect of a row of which they know nothing, in units: of classes what the base rate of their
 * training rows is worth, or a half where they were balanced and no calibration brought it back; else 0.
 */
function classCuts(context: BatchContext, { fitted, scales }: FittedMembers, sides: number): number[] {
  const { calibration, classWeight } = classSettingsOf(context);
  const sayHalf = classWeight === 'balanced' && calibration === 'none';
  const each = fitted.length / sides;
  return Array.from({ length: sides }, (_, s) => {
    const known = fitted.slice(s * each, (s + 1) * each).map(({ data }, k) => {
      if (data.task !== 'classes') return 0;
      const { offset, slope } = scales![s * each + k]!;
      return offset + slope * (sayHalf ? 0.5 : meanOver(data.train, (row) => data.labels[row]!));
    });
    return known.reduce((sum, cut) => sum + cut, 0) / each;
  });
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
function barsOf({ regimes, span }: BatchContext, regime: number): Uint8Array {
  const bars = new Uint8Array(span.to);
  for (let row = span.from; row < span.to; row++) bars[row] = regimes.labels[row] === regime ? 1 : 0;
  return bars;
}
