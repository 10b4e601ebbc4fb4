import { METRIC_INDEX, METRICS } from '../backtest/metrics.ts';
import { neighborsOf, STRATEGY_AXES } from '../inference/neighbors.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import { CONTENDER_FIGURES, type ContenderOutcome, FIGURE_INDEX } from './contender-figure-names.ts';
import { type BatchContext, windowRows } from './context.ts';
import { type EvaluationTable, metricOf } from './evaluation-table.ts';
import type { StrategyTrace, Trade } from './strategy-trace.ts';
import { costsOf } from './trade-costs.ts';

/** Part of the trades, those with the best results, that are taken away; rounded up. */
const BEST_TRADES = 0.05;

const SELECTION = 'selection';

/** A strategy of a model, and the regime it is alone in. */
export interface Contending {
  readonly strategy: Strategy;
  /** ALL_BARS, or 1 + the index of the regime. */
  readonly segment: number;
  /** What it did on the selection window. */
  readonly trace: StrategyTrace;
  /** NaN where it is not known. */
  readonly familyWiseP: number;
}

/**
 * `CONTENDER_FIGURES` of a contender. They are of the bars of the selection window and before; what came later changes none of them.
 *
 * @param table of the same model: has at least the strategies one step away from the contender's
 */
export function contenderFigures(
  context: BatchContext,
  table: EvaluationTable,
  { strategy, segment, trace, familyWiseP }: Contending,
): Float64Array {
  const figures = new Float64Array(CONTENDER_FIGURES.length);
  figures.set(trace.metrics.subarray(segment * METRICS.length, (segment + 1) * METRICS.length));
  const own = figures[METRIC_INDEX.sharpe]!;
  const results = trace.trades.map(({ netReturn }) => netReturn);
  const paid = costsOf(context);
  const dearer = trace.trades.map((trade) => trade.netReturn - paid(trade));
  const more = {
    confidence: confidenceOf(trace),
    familyWiseP,
    neighbors: neighborMedian(context, table, strategy, segment) / own,
    tResult: tOf(results),
    tDoubled: tOf(dearer),
    tWithoutBest: tOf(withoutBest(results)),
    ...marketFigures(context, segment - 1),
  };
  for (const [name, value] of Object.entries(more)) {
    figures[FIGURE_INDEX[name as keyof typeof more]] = value;
  }
  return figures;
}

/** What a strategy did in a window that lies behind all that it was chosen by. */
export function outcomeOf(trades: readonly Pick<Trade, 'netReturn' | 'stake'>[]): ContenderOutcome {
  return {
    trades: trades.length,
    net: trades.reduce((sum, { netReturn }) => sum + netReturn, 0),
    staked: trades.reduce((sum, { stake }) => sum + stake, 0),
  };
}

/** NaN without signals. */
function confidenceOf({ signal, confidence }: StrategyTrace): number {
  let sum = 0;
  let count = 0;
  signal.forEach((way, i) => {
    if (way === 0) return;
    sum += confidence[i]!;
    count++;
  });
  return sum / count;
}

/** Median Sharpe of the strategies one step away; NaN where there are none. */
function neighborMedian(
  { spec }: BatchContext,
  table: EvaluationTable,
  strategy: Strategy,
  segment: number,
): number {
  const scores = neighborsOf(strategy, spec.settings.strategies).flatMap((neighbor) => {
    const index = table.strategies.findIndex((of) => isSame(of, neighbor.strategy));
    if (index < 0) return [];
    const sharpe = metricOf(table, index, SELECTION, segment, 'sharpe');
    return [Number.isNaN(sharpe) ? 0 : sharpe];
  });
  scores.sort((a, b) => a - b);
  const middle = (scores.length - 1) / 2;
  return (scores[Math.floor(middle)]! + scores[Math.ceil(middle)]!) / 2;
}

function isSame(a: Strategy, b: Strategy): boolean {
  return STRATEGY_AXES.every((axis) => a[axis] === b[axis]);
}

/** NaN where all results are 0, or there are none. */
function tOf(results: readonly number[]): number {
  let sum = 0;
  let squares = 0;
  for (const y of results) {
    sum += y;
    squares += y * y;
  }
  return sum / Math.sqrt(squares);
}

function withoutBest(results: readonly number[]): number[] {
  const removed = Math.ceil(BEST_TRADES * results.length);
  return results.toSorted((a, b) => a - b).slice(0, results.length - removed);
}

/** Of the bars of the selection window. */
function marketFigures(context: BatchContext, regime: number) {
  const { candles, regimes, evaluated } = context;
  const { from, to } = windowRows(context, SELECTION);
  const window = context.windows.findIndex(({ name }) => name === SELECTION);
  const deviation = deviationOf(candles.close, from, to);
  const late = deviationOf(candles.close, to - Math.max(2, Math.floor((to - from) / 4)), to);
  let share = 0;
  let cost = 0;
  for (let row = from; row < to; row++) {
    share += regime < 0 || regimes.labels[row] === regime ? 1 : 0;
    cost += evaluated.roundTripCost[row - context.span.from]!;
  }
  const bars = to - from;
  return {
    volatility: deviation * Math.sqrt(evaluated.barsPerYear[window]!),
    volatilityChange: Math.log(late / deviation),
    trend: Math.log(candles.close[to - 1]! / candles.close[from]!) / (deviation * Math.sqrt(bars)),
    regimeShare: share / bars,
    spread: cost / bars / deviation,
  };
}

/** Standard deviation of the log returns of the bars from `from` + 1 up to but without `to`. */
function deviationOf(close: Float64Array, from: number, to: number): number {
  let sum = 0;
  let squares = 0;
  for (let row = from + 1; row < to; row++) {
    const r = Math.log(close[row]! / close[row - 1]!);
    sum += r;
    squares += r * r;
  }
  const count = to - from - 1;
  return Math.sqrt((squares - (sum * sum) / count) / (count - 1));
}
