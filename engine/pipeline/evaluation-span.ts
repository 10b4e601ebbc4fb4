import { barsPerYear } from '../backtest/bars-per-year.ts';
import { type CostModel, marketFrictions } from '../backtest/costs.ts';
import type { SimulationMarket } from '../backtest/simulator.ts';
import { stakes } from '../backtest/stake.ts';
import { EngineError } from '../contract/errors.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import { calmSeries, volatilitySeries } from '../inference/confidence.ts';
import type { Candles } from '../market/candles.ts';
import { type DayStart, marketDay } from '../market/time/day-start.ts';
import type { RowRange } from '../models/model.ts';

/** The windows of a grid's cell, simulated and measured separately, in the order they are stored. */
export const EVALUATION_WINDOWS = ['selection', 'holdout'] as const;
export type EvaluationWindow = (typeof EVALUATION_WINDOWS)[number];

/** Index of the regime of every candle, known at its close. */
export interface RegimeLabels {
  /** Every regime, the unclassified rest included. */
  readonly names: readonly string[];
  /** Per row, an index into `names`. */
  readonly labels: Uint8Array;
}

export interface NamedRows extends RowRange {
  readonly name: string;
}

export interface TimedRows extends NamedRows {
  /** When the window ends, ms UTC. */
  readonly end: number;
}

export interface EvaluationSpanInput {
  readonly candles: Candles;
  /** What is predicted: all windows, and what comes before the first of them. */
  readonly rows: RowRange;
  /** In order, without overlap. */
  readonly windows: readonly TimedRows[];
  readonly costs: CostModel;
  readonly regimes: RegimeLabels;
  /** By which market days are told; in New York where it does not say. */
  readonly dayStart?: DayStart;
  /** Lookback windows of the strategies to be evaluated. */
  readonly lookbackWindows: readonly number[];
}

/**
 * The evaluation span, from the first prediction to the end of the last window, where lane i is row `rows.from + i`. Holds
 * all that depends on the market only, so that one serves every model of a symbol and timeframe.
 */
export interface EvaluationSpan {
  readonly rows: RowRange;
  readonly lanes: number;
  /** In lanes. */
  readonly windows: readonly NamedRows[];
  /** Per lane, the market day that its bar opens on: days since 1970-01-01. */
  readonly marketDay: Int32Array;
  readonly market: SimulationMarket;
  /** Per lane, log return, as known at the close of the bar. */
  readonly roundTripCost: Float64Array;
  /** Per lookback window, one minus the percentile of volatility per lane. */
  readonly calm: ReadonlyMap<number, Float64Array>;
  /** Every regime, the unclassified rest last: what `market.regimeAtOpen` indexes. */
  readonly regimeNames: readonly string[];
  /** Of them, those that strategies are tested in: all but the unclassified rest. */
  readonly testedRegimes: readonly string[];
  /** Per window, openings in the 365 days before its end. */
  readonly barsPerYear: readonly number[];
}

/** @throws EngineError `internal` when the windows overlap, leave the rows or start without the bars before them */
export function prepareSpan(input: EvaluationSpanInput): EvaluationSpan {
  const { candles, rows, regimes } = input;
  checkOrder(rows, input.windows);
  const lanes = rows.to - rows.from;
  // This refuses a span without bars before it, so row - 1 below exists.
  const volatility = volatilitySeries(candles, rows);
  const calm = new Map(input.lookbackWindows.map((w) => [w, calmSeries(volatility, w)]));
  const { roundTripCost, costPerSide, swapLong, swapShort } = marketFrictions(candles, input.costs, rows);
  const long = new Float64Array(lanes);
  const short = new Float64Array(lanes);
  for (let lane = 0; lane < lanes; lane++) {
    const row = rows.from + lane;
    const logReturn = row + 1 < candles.length ? Math.log(candles.open[row + 1]! / candles.open[row]!) : 0;
    long[lane] = logReturn - swapLong[lane]!;
    short[lane] = -logReturn - swapShort[lane]!;
  }
  const regimeAtOpen = regimes.labels.slice(rows.from - 1, rows.to - 1);
  return {
    rows,
    lanes,
    windows: input.windows.map(({ name, from, to }) => ({
      name,
      from: from - rows.from,
      to: to - rows.from,
    })),
    marketDay: Int32Array.from(candles.time.subarray(rows.from, rows.to), (time) =>
      marketDay(time, input.dayStart ?? 'new_york'),
    ),
    market: { long, short, costPerSide, stake: stakes(candles, rows), regimeAtOpen },
    roundTripCost,
    calm,
    regimeNames: regimes.names,
    testedRegimes: regimes.names.filter((name) => name !== UNCLASSIFIED),
    barsPerYear: input.windows.map(({ end }) => barsPerYear(candles.time, end)),
  };
}

function checkOrder(rows: RowRange, windows: readonly NamedRows[]): void {
  let end = rows.from;
  for (const { name, from, to } of windows) {
    if (from < end || to < from || to > rows.to) {
      throw new EngineError(
        'internal',
        `Expected window ${name} within rows ${end} to ${rows.to}, found rows ${from} to ${to}.`,
      );
    }
    end = to;
  }
}
