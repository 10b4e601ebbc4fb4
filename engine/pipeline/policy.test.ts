import { expect, test } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import type { Configuration } from '../contract/configuration.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { POLICY_AXES } from '../inference/strategy-grid.ts';
import { dailyCycle } from '../market/testing/daily-cycle.ts';
import { decodeModelFile } from '../models/codec.ts';
import { runCell } from './cell.ts';
import { type BatchContext, createContext } from './context.ts';
import { metricOf, rowIndex } from './evaluation-table.ts';
import { BESIDE, type BesideFigures } from './policy-beside.ts';
import { testRobustness } from './robustness.ts';
import { storedModelIn } from './target-model.ts';
import { hourlyContext } from './testing/hourly-context.ts';
import { windowsBefore } from './windows.ts';

const DAYS = 90;
const CONFIGURATION: Configuration = {
  modelType: 'q_agent',
  encoder: 'time_delta',
  symbol: 'EURUSD',
  timeframe: 'H1',
  daysHistory: DAYS,
  horizon: 6,
  target: 'return',
  indicatorTimeframes: defaultIndicatorTimeframes('H1'),
  hyperparameters: { n_estimators: 20, min_samples_leaf: 40, max_features: 0.7, caution: 2 },
};

/** An agent on a market that leans upwards in the first half of each day, and on one that leans nowhere. */
function cell(lean: number) {
  const candles = dailyCycle(6000, lean, 5);
  const end = candles.time[candles.length - 1]! + 3_600_000;
  const { training, evaluation } = windowsBefore(end, { holdoutDays: 10, selectionDays: 40 }, DAYS);
  const context: BatchContext = createContext(
    hourlyContext({
      candles,
      evaluation,
      days: DAYS,
      encoder: 'time_delta',
      strategies: POLICY_AXES,
      settings: {
        costs: { spreadPips: 1, slippagePips: 0, commissionPerSide: 0, swapLongPips: 0, swapShortPips: 0 },
      },
    }),
  );
  const job = { index: 0, configuration: CONFIGURATION, training, configHash: 'c', trainingKey: 'key' };
  return { context, result: runCell(context, job) };
}

const planted = cell(0.4);
const [side] = planted.result.metrics.sides!;
const beside = new Map<BesideFigures['name'], BesideFigures>(side!.beside!.map((one) => [one.name, one]));

test('an agent is one row, which is followed to the same figures in all regimes and alone in each', () => {
  const { context, result } = planted;
  expect(context.strategies).toHaveLength(1);
  expect(context.strategies[0]).toMatchObject({ predictionMethod: 'policy' });
  const model = storedModelIn(context, decodeModelFile(result.artifact, 'model'));
  const regimes = context.evaluator.testedRegimes.length;
  expect(result.results).toHaveLength(rowIndex(regimes, 1, 0));
  for (let segment = 0; segment <= regimes; segment++) {
    const traces = context.evaluator.evaluateOne(model, context.strategies[0]!, segment);
    traces.forEach((trace, w) => {
      const at = rowIndex(regimes, 0, w) + segment * METRICS.length;
      const own = result.results.subarray(at, at + METRICS.length);
      expect(trace.metrics.subarray(segment * METRICS.length, (segment + 1) * METRICS.length)).toEqual(own);
      const net = trace.netReturn.reduce((sum, r) => sum + r, 0);
      const table = {
        strategies: context.strategies,
        windows: ['selection', 'holdout'],
        regimeNames: context.evaluator.testedRegimes,
        values: result.results,
      };
      const total = metricOf(table, 0, trace.window, segment, 'totalReturn');
      expect(trace.trades).toHaveLength(metricOf(table, 0, trace.window, segment, 'trades'));
      if (trace.trades.length > 0) expect(Math.log1p(total)).toBeCloseTo(net, 12);
      // Alone in a regime it enters on that regime's bars only.
      const names = new Set(trace.trades.map(({ regime }) => regime));
      if (segment > 0)
        expect([...names]).toEqual(names.size === 0 ? [] : [context.evaluator.testedRegimes[segment - 1]]);
      else expect(trace.trades.length).toBeGreaterThan(5);
    });
  }
});

test('it stands beside what can be had without it: on a market that leans, above all but hindsight', () => {
  expect([...beside.keys()]).toEqual([...BESIDE]);
  const [policy, hold, random, best] = (['policy', 'buy_and_hold', 'random', 'hindsight'] as const).map(
    (name) => beside.get(name)!,
  );
  expect(policy!.totalReturn).toBeGreaterThan(0.03);
  expect(policy!.totalReturn).toBeGreaterThan(hold!.totalReturn);
  expect(policy!.totalReturn).toBeGreaterThan(random!.totalReturn);
  expect(best!.totalReturn).toBeGreaterThan(policy!.totalReturn);
  expect(random!.trades).toBe(policy!.trades);
  // It knows nothing: costs and half of the drift, give or take.
  expect(random!.totalReturn).toBeLessThan(0.2 * policy!.totalReturn);
  expect(random!.exposure).toBeCloseTo(policy!.exposure, 12);
  expect(beside.get('flat')).toMatchObject({ totalReturn: 0, trades: 0, sharpe: null });
  expect(hold!.trades).toBe(1);
  expect(side!.rankIc).toBeGreaterThan(0.03);
});

test('where nothing leans it stays flat, and so does its forest one bar ahead', () => {
  const [none] = cell(0).result.metrics.sides!;
  for (const name of ['policy', 'one_step', 'random'] as const) {
    expect(none!.beside!.find((one) => one.name === name)).toMatchObject({ trades: 0, exposure: 0 });
  }
});

test('its robustness is tested as that of others, without neighbors', () => {
  const { context, result } = planted;
  const report = testRobustness(context, {
    model: result.artifact,
    file: 'model',
    strategyIndex: 0,
    alone: null,
    score: { metric: 'totalReturn', breakEven: 0 },
    seed: 1,
  });
  expect(report.own.score).toBeCloseTo(beside.get('policy')!.totalReturn, 12);
  expect(report.neighbors).toEqual([]);
  expect(report.costs[1]!.score).toBeLessThan(report.own.score);
  expect(report.late.trades).toBeGreaterThan(0);
  expect(report.random.percentile).toBeGreaterThan(0.95);
});
