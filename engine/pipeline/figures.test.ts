import { expect, test } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import {
  type Figures,
  largestDifference,
  plainFigures,
  plainSimulation,
} from '../backtest/testing/plain-figures.ts';
import { ENSEMBLE_METHODS, PREDICTION_METHODS } from '../contract/words.ts';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { rolloverNights } from '../market/time/calendar.ts';
import { ridge } from '../models/linear/index.ts';
import { memberSplits } from '../models/members.ts';
import { DEFAULT_REGIMES } from '../regimes/defaults.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { createContext, windowRows } from './context.ts';
import { metricOf } from './evaluation-table.ts';
import { hourlyContext } from './testing/hourly-context.ts';
import { trainingRows, windowsBefore } from './windows.ts';

/** From candles to every figure, once by the pipeline, and once again from the definitions alone. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HORIZON = 6;
const PIP = 0.0001;
const COSTS = {
  spreadPips: 0.8,
  slippagePips: 0.1,
  commissionPerSide: 0.00001,
  swapLongPips: 0.6,
  swapShortPips: -0.1,
};
const WINDOWS = { holdoutDays: 20, selectionDays: 60 };

/** Bars around the clock and the week; the same prices. */
function continuous(candles: Candles): Candles {
  return { ...candles, time: candles.time.map((_, i) => Date.UTC(2020, 0, 6) + i * HOUR) };
}

/** Up to the end of the candles. */
function windowsOf({ time, length }: Candles) {
  return windowsBefore(time[length - 1]! + HOUR, WINDOWS, 90);
}

function contextOf(candles: Candles) {
  const { evaluation } = windowsOf(candles);
  const strategies = {
    predictionMethods: PREDICTION_METHODS,
    ensembleMethods: ENSEMBLE_METHODS,
    confidenceThresholds: [0, 0.5],
    lookbackWindows: [50],
  };
  const loaded = hourlyContext({ candles, evaluation, days: 256, strategies, settings: { costs: COSTS } });
  return createContext(loaded);
}

/** Mean of the first 14 true ranges, then each new one with a weight of a fourteenth. */
function plainAtr({ high, low, close }: Candles): number[] {
  const ranges = Array.from(high, (h, i) =>
    i === 0
      ? h - low[i]!
      : Math.max(h - low[i]!, Math.abs(h - close[i - 1]!), Math.abs(low[i]! - close[i - 1]!)),
  );
  const out: number[] = [];
  ranges.forEach((range, i) => {
    if (i === 13) out[i] = ranges.slice(0, 14).reduce((a, b) => a + b) / 14;
    if (i > 13) out[i] = (13 * out[i - 1]! + range) / 14;
  });
  return out;
}

/** What the bars of a window cost and return, from the candles; index 0 is the window's first bar. */
function plainMarket(candles: Candles, { from, to }: { from: number; to: number }) {
  const { open, close, time } = candles;
  const atr = plainAtr(candles);
  const spread = (row: number) => (candles.spread[row]! > 0 ? candles.spread[row]! : COSTS.spreadPips * PIP);
  const rows = Array.from({ length: to - from }, (_, i) => from + i);
  const logReturn = (row: number) => (row + 1 < candles.length ? Math.log(open[row + 1]! / open[row]!) : 0);
  const swap = (row: number, pips: number) =>
    row + 1 < candles.length ? (rolloverNights(time[row]!, time[row + 1]!) * pips * PIP) / open[row]! : 0;
  return {
    long: Float64Array.from(rows, (row) => logReturn(row) - swap(row, COSTS.swapLongPips)),
    short: Float64Array.from(rows, (row) => -logReturn(row) - swap(row, COSTS.swapShortPips)),
    costPerSide: Float64Array.from(
      rows,
      (row) =>
        (Math.max(spread(row), spread(row - 1)) / 2 + COSTS.slippagePips * PIP) / open[row]! +
        COSTS.commissionPerSide,
    ),
    stake: Float64Array.from(rows, (row) => atr[row - 1]! / close[row - 1]!),
    regimeAtOpen: new Uint8Array(rows.length),
  };
}

/** Openings in the 365 days before the end of a window, scaled where there are fewer days. */
function plainBarsPerYear({ time }: Candles, end: number): number {
  const count = Array.from(time).filter((t) => t < end && t >= end - 365 * DAY).length;
  return count * Math.max(1, (365 * DAY) / (end - time[0]!));
}

test.each([
  ['a market that closes at weekends', randomCandles(7000, 'H1', 5), undefined],
  ['a market that never closes', continuous(randomCandles(9500, 'H1', 6)), 8760],
])('the figures of %s are those of the definitions', (_, candles, yearly) => {
  const context = contextOf(candles);
  const { matrix } = context.features;
  const labels = context.labels(HORIZON);
  const rows = trainingRows(context.candles, windowsOf(candles).training, HORIZON);
  const members = memberSplits(rows, 3, HORIZON).map((split) =>
    ridge.fit({ features: matrix, labels, ...split, seed: 1 }, { alpha: 1 }),
  );
  const model = { members, horizon: HORIZON, columns: matrix.columns, labels, rollout: context.rollout };
  const table = context.evaluator.evaluateStrategies(model, context.strategies);
  const regimes = compileRegimes(DEFAULT_REGIMES);
  const view = context.candles;
  let trades = 0;
  context.strategies.forEach((strategy, s) => {
    for (const { window, signal } of context.evaluator.evaluateOne(model, strategy)) {
      const range = windowRows(context, window);
      const { to: end } = windowsOf(candles).evaluation.windows.find(({ name }) => name === window)!;
      const market = plainMarket(view, range);
      const label = labelBars(view, regimes, range.from, range.to);
      const perYear = plainBarsPerYear(view, end);
      if (yearly !== undefined) expect(perYear).toBeCloseTo(yearly, 9);
      table.regimeNames.forEach((_, r) => {
        trades += compare(
          1 + r,
          signal.map((x, i) => (label[i] === r ? x : 0)),
        );
      });
      trades += compare(0, signal);

      function compare(segment: number, own: Int8Array): number {
        const bars = { from: 0, to: own.length };
        const wanted = plainFigures(plainSimulation(own, market, HORIZON, bars), perYear);
        const found = Object.fromEntries(
          METRICS.map((metric) => [metric, metricOf(table, s, window, segment, metric)]),
        ) as Figures;
        expect(largestDifference(found, wanted)).toBeLessThan(1e-9);
        return wanted.trades;
      }
    }
  });
  expect(trades).toBeGreaterThan(1000);
});
