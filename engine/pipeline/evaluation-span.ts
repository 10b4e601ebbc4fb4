import { type CostModel, marketFrictions } from '../backtest/costs.ts';
import { barsPerYear } from '../backtest/metrics.ts';
import type { SimulationMarket } from '../backtest/simulator.ts';
import { EngineError } from '../contract/errors.ts';
import { calmSeries } from '../inference/confidence.ts';
import { tradingDay } from '../market/calendar.ts';
import type { Candles } from '../market/candles.ts';
import type { RowRange } from '../models/model.ts';

/** Parts of an evaluation span that are simulated and measured separately, in the order they are stored. */
export const EVALUATION_WINDOWS = ['selection', 'holdout'] as const;
export type EvaluationWindow = (typeof EVALUATION_WINDOWS)[number];

/** Index of the regime of every candle, known at its close. */
export interface RegimeLabels {
  /** Every regime, the unclassified rest included. */
  readonly names: readonly string[];
  /** Per row, an index into `names`. */
  readonly labels: Uint8Array;
}

export interface EvaluationSpanInput {
  readonly candles: Candles;
  readonly selection: RowRange;
  /** Follows the selection window without a gap; empty when nothing is held out. */
  readonly holdout: RowRange;
  readonly costs: CostModel;
  readonly regimes: RegimeLabels;
  /** Lookback windows of the strategies to be evaluated. */
  readonly lookbackWindows: readonly number[];
}

/**
 * The evaluation span: the selection window followed by the holdout, where lane i is row `rows.from + i`. Holds all that
 * depends on the market only, so that one serves every model of a symbol and timeframe.
 */
export interface EvaluationSpan {
  readonly rows: RowRange;
  readonly lanes: number;
  /** Lanes of each of EVALUATION_WINDOWS. */
  readonly windows: readonly RowRange[];
  /** Per lane, the market day that its bar opens on: days since 1970-01-01. */
  readonly marketDay: Int32Array;
  readonly market: SimulationMarket;
  /** Per lane, log return, as known at the close of the bar. */
  readonly roundTripCost: Float64Array;
  /** Per lookback window, one minus the percentile of volatility per lane. */
  readonly calm: ReadonlyMap<number, Float64Array>;
  readonly regimeNames: readonly string[];
  readonly barsPerYear: number;
}

/** @throws EngineError `internal` when the windows do not follow each other or start without the bars before them */
export function prepareSpan(input: EvaluationSpanInput): EvaluationSpan {
  const { candles, selection, holdout, regimes } = input;
  if (selection.to !== holdout.from) {
    throw new EngineError(
      'internal',
      `Expected the holdout to start where selection ends (row ${selection.to}), found row ${holdout.from}.`,
    );
  }
  const rows = { from: selection.from, to: holdout.to };
  const lanes = rows.to - rows.from;
  // calmSeries refuses a span without bars before it, so row - 1 below exists.
  const calm = new Map(input.lookbackWindows.map((w) => [w, calmSeries(candles, rows, w)]));
  const { roundTripCost, ...frictions } = marketFrictions(candles, input.costs, rows);
  const openReturn = new Float64Array(lanes);
  for (let lane = 0; lane < lanes; lane++) {
    const row = rows.from + lane;
    if (row + 1 < candles.length) openReturn[lane] = Math.log(candles.open[row + 1]! / candles.open[row]!);
  }
  const regimeAtOpen = regimes.labels.slice(rows.from - 1, rows.to - 1);
  return {
    rows,
    lanes,
    windows: [
      { from: 0, to: selection.to - selection.from },
      { from: holdout.from - rows.from, to: lanes },
    ],
    marketDay: Int32Array.from(candles.time.subarray(rows.from, rows.to), tradingDay),
    market: { ...frictions, openReturn, regimeAtOpen },
    roundTripCost,
    calm,
    regimeNames: regimes.names,
    barsPerYear: barsPerYear(candles.timeframe),
  };
}
