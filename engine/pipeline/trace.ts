import { type TradeDetails, tradeDetails, tradeUnit } from '../backtest/trade-details.ts';
import type { ExitMultiples } from '../contract/target-names.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import { INDICATOR_CATALOG } from '../features/indicators/index.ts';
import { decodeModelFile } from '../models/codec.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import type { ExitReason } from '../targets/trade-exits.ts';
import { type BatchContext, createContext, testedRegime, windowRows } from './context.ts';
import { EVALUATION_WINDOWS, type EvaluationWindow } from './evaluation-span.ts';
import { ALL_BARS } from './evaluation-table.ts';
import type { LoadedContext } from './job.ts';
import type { StrategyTrace, Trade } from './strategy-trace.ts';
import { storedModelIn } from './target-model.ts';

/** A stored model, and the strategy to follow it with. */
export interface TraceJob {
  /** As the model was trained and evaluated. */
  readonly context: LoadedContext;
  /** The model file, and what messages call it. */
  readonly model: Uint8Array;
  readonly file: string;
  /** Position in canonical order. */
  readonly strategyIndex: number;
  /** Name of the regime whose signals alone it trades; null: all. */
  readonly alone: string | null;
}

export interface TracedTrade extends TradeDetails {
  readonly direction: 1 | -1;
  readonly reason: ExitReason;
  /** Net log return. */
  readonly netReturn: number;
  /** Of the signal's bar. */
  readonly regime: string;
  readonly entryTime: number;
  readonly exitTime: number;
  /** Held. */
  readonly bars: number;
  readonly window: EvaluationWindow;
  /** Prices that it would have been left at, as quoted; null where its target has no exits. */
  readonly stop: number | null;
  readonly takeProfit: number | null;
}

/** What one strategy of a model did over selection and holdout; every series has one value per bar of both. */
export interface ModelTrace {
  readonly modelKey: string;
  /** Opening time, ms since 1970-01-01 UTC. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Combined, log return over the horizon, and how confident it is; NaN where there is none. */
  readonly forecast: Float64Array;
  readonly confidence: Float64Array;
  /** At the next open; starts at 1 in each window. */
  readonly equity: Float64Array;
  /** Known at the close of the bar; index into `regimeNames`. */
  readonly regime: Uint8Array;
  readonly regimeNames: readonly string[];
  /** One pip in price units. */
  readonly pip: number;
  /** Bars from here on are the holdout. */
  readonly holdoutFrom: number;
  /** Oldest first; times are the opening times of the bars entered and left at. */
  readonly trades: readonly TracedTrade[];
  /** Per window: all bars, then alone in each regime that strategies are tested in, METRICS each. */
  readonly metrics: Readonly<Record<EvaluationWindow, Float64Array>>;
}

/**
 * Follows one strategy of a stored model bar by bar; its metrics are bit-identical to those the model was selected by.
 * @throws EngineError `artifact-damaged` or `artifact-newer` for a model file that can't be read
 */
export function traceModel(job: TraceJob): ModelTrace {
  const file = decodeModelFile(job.model, job.file);
  const context = createContext(job.context);
  const segment = job.alone === null ? ALL_BARS : 1 + testedRegime(context, job.alone);
  const windows = context.evaluator.evaluateOne(
    storedModelIn(context, file),
    context.strategies[job.strategyIndex]!,
    segment,
  );
  const { target, horizon } = file.configuration;
  const exits = exitLevels(context, context.target(target, horizon).exits);
  return { modelKey: file.modelKey, ...bars(context), ...outcome(context, windows, exits) };
}

function bars(context: BatchContext) {
  const { spec, candles } = context;
  const { from } = windowRows(context, 'selection');
  const { from: holdoutFrom, to } = windowRows(context, 'holdout');
  const regimes = compileRegimes(spec.settings.regimes);
  return {
    regimeNames: [...regimes.map(({ name }) => name), UNCLASSIFIED],
    time: candles.time.slice(from, to),
    open: candles.open.slice(from, to),
    high: candles.high.slice(from, to),
    low: candles.low.slice(from, to),
    close: candles.close.slice(from, to),
    regime: labelBars(candles, regimes, from, to),
    holdoutFrom: holdoutFrom - from,
    pip: tradeUnit(candles.symbol, spec.settings.costs),
  };
}

/** Stop and take-profit of a trade that is entered at the open of a row, by the range at the close before. */
type ExitLevels = (trade: Pick<Trade, 'entry' | 'direction'>) => Pick<TracedTrade, 'stop' | 'takeProfit'>;

function exitLevels({ candles }: BatchContext, exits: ExitMultiples | null): ExitLevels {
  if (exits === null) return () => ({ stop: null, takeProfit: null });
  const [range] = INDICATOR_CATALOG.atr.compute(candles).outputs;
  return ({ entry, direction }) => {
    const unit = direction * range![entry - 1]!;
    const open = candles.open[entry]!;
    return { stop: open - exits.stopLoss * unit, takeProfit: open + exits.takeProfit * unit };
  };
}

function outcome({ candles, spec }: BatchContext, traces: readonly StrategyTrace[], levelsOf: ExitLevels) {
  const of = (window: EvaluationWindow) => ({ ...traces.find((trace) => trace.window === window)!, window });
  const windows = EVALUATION_WINDOWS.map(of);
  return {
    forecast: Float64Array.from(windows.flatMap(({ forecast }) => Array.from(forecast))),
    confidence: Float64Array.from(windows.flatMap(({ confidence }) => Array.from(confidence))),
    equity: Float64Array.from(windows.flatMap((window) => equityOf(window.netReturn))),
    trades: windows.flatMap(({ window, trades }) =>
      trades.map(({ entry, exit, direction, netReturn, regime, price, reason }) => ({
        ...tradeDetails(candles, spec.settings.costs, { entry, exit, direction, price }),
        ...levelsOf({ entry, direction }),
        reason,
        direction,
        netReturn,
        regime,
        entryTime: candles.time[entry]!,
        exitTime: candles.time[exit]!,
        bars: exit - entry,
        window,
      })),
    ),
    metrics: { selection: of('selection').metrics, holdout: of('holdout').metrics },
  };
}

function equityOf(netReturn: Float64Array): number[] {
  let sum = 0;
  return Array.from(netReturn, (r) => {
    sum += r;
    return Math.exp(sum);
  });
}
