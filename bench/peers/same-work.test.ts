import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { METRICS } from '../../engine/backtest/metrics.ts';
import { asOf } from '../../engine/binding/as-of.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';
import { defaultIndicatorTimeframes } from '../../engine/features/timeframes.ts';
import {
  directForecasts,
  directMultiForecasts,
  recursiveForecasts,
} from '../../engine/inference/forecast.ts';
import { DEFAULT_STRATEGY_AXES } from '../../engine/inference/strategy-grid.ts';
import type { Candles } from '../../engine/market/candles.ts';
import { resample } from '../../engine/market/series/resample.ts';
import { randomCandles } from '../../engine/market/testing/random-candles.ts';
import { modelType, parseHyperparameters } from '../../engine/models/catalog.ts';
import { memberSplits } from '../../engine/models/members.ts';
import { leftOutPredictions, trainingMetrics } from '../../engine/models/training-metrics.ts';
import { type BatchContext, createContext } from '../../engine/pipeline/context.ts';
import { cellView, loadContext, namedCandles } from '../../engine/pipeline/view.ts';
import { type CellWindows, trainingRows, windowsBefore } from '../../engine/pipeline/windows.ts';
import { DEFAULT_REGIMES } from '../../engine/regimes/defaults.ts';
import { hasPeers, peersPython } from '../../engine/testing/peers.ts';
import { type PythonAnswer, pythonEnv, RUN, readAnswer, readNumbers, writeGrid } from './python-grid.ts';

/** The Python pipeline of the benchmark computes what Regimen computes: a comparison of different work says nothing. */

const COSTS = {
  spreadPips: 0.8,
  slippagePips: 0.1,
  commissionPerSide: 0.00001,
  swapLongPips: 0.6,
  swapShortPips: -0.1,
};
const MEMBERS = 3;
const DAYS = 60;
const TIMEFRAMES: readonly Timeframe[] = ['H1', 'H4'];
const HORIZONS = [1, 6];
const LINEAR = ['linear_regression', 'ridge', 'lasso', 'elasticnet'];
const TREES = ['random_forest', 'gradient_boosting', 'xgboost', 'lightgbm'];
const MODELS = [...LINEAR, ...TREES];
const HOUR = 3_600_000;

/** Two years and a half in the currency week. */
const candles = randomCandles(16_000, 'H1', 7, Date.UTC(2021, 0, 3, 22));

/** What both sides say of one configuration. */
interface Said {
  /** [method][member][bar]. */
  readonly forecasts: Float64Array;
  /** [strategy][window][segment][metric]. */
  readonly figures: Float64Array;
  readonly metrics: PythonAnswer['metrics'][number];
}

const WINDOWS = windowsBefore(
  asOf(
    candles.symbol,
    { newest: candles.time.at(-1)! + HOUR, newestSeries: 'H1', session: 'currency-week' },
    'week',
  ),
  { holdoutDays: 30, selectionDays: 90 },
  DAYS,
);

function contextOf(series: Candles, timeframe: Timeframe, { evaluation }: CellWindows): BatchContext {
  const indicatorTimeframes = defaultIndicatorTimeframes(timeframe);
  const base = timeframe === 'H1' ? series : resample(series, timeframe, 'new_york');
  const higher = [resample(series, timeframe === 'H1' ? 'H4' : 'D1', 'new_york')];
  const encoder = 'normalized';
  const view = cellView({ candles: base, higher, encoder, indicatorTimeframes, evaluation, days: DAYS });
  const loaded = loadContext(namedCandles(base), higher.map(namedCandles), view, {
    dataDigest: '',
    evaluation,
    encoder,
    indicatorTimeframes,
    settings: {
      members: MEMBERS,
      seed: 1,
      strategies: DEFAULT_STRATEGY_AXES,
      regimes: DEFAULT_REGIMES,
      costs: COSTS,
    },
  });
  return createContext(loaded);
}

function regimen(context: BatchContext, horizon: number, name: string): Said {
  const { span, rollout, strategies } = context;
  const { matrix } = context.features;
  const labels = context.labels(horizon);
  const type = modelType(name);
  const splits = memberSplits(trainingRows(context.candles, WINDOWS.training, horizon), MEMBERS, horizon);
  const data = splits.map((split) => ({ features: matrix, labels, ...split, seed: 1 }));
  const members = data.map((set) => type.fit(set, parseHyperparameters(type, {})));
  const { columns } = matrix;
  const { values: figures } = context.evaluator.evaluateStrategies(
    { members, horizon, columns, labels, rollout },
    strategies,
  );
  const lanes = { first: span.from, count: span.to - span.from };
  const task = { members, columns, lanes, horizon };
  const buffers = () => members.map(() => new Float64Array(lanes.count));
  const [direct, multi, recursive] = [buffers(), buffers(), buffers()];
  directForecasts(task, direct);
  directMultiForecasts(direct, task, multi);
  recursiveForecasts(task, direct, rollout, new Float64Array(lanes.count), recursive);
  const forecasts = Float64Array.from([...direct, ...multi, ...recursive].flatMap((list) => [...list]));
  const { rankIc, ...errors } = trainingMetrics(
    members.map((member, k) => leftOutPredictions(member, data[k]!)),
  );
  return { forecasts, figures, metrics: { ...errors, rank_ic: rankIc } };
}

function typicalSize(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}

/** The largest difference in units of the second list's typical size. */
function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0) / typicalSize(b);
}

/** The largest difference between figures, in units of the larger of 1 and the figure; those not defined agree. */
function figureDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, x, i) => {
    const y = b[i]!;
    if (Number.isNaN(x) && Number.isNaN(y)) return most;
    const difference = Math.abs(x - y) / Math.max(1, Math.abs(y));
    return Math.max(most, Number.isNaN(difference) ? Infinity : difference);
  }, 0);
}

function trades(figures: Float64Array): number {
  const at = METRICS.indexOf('trades');
  return figures.reduce((sum, x, i) => sum + (i % METRICS.length === at ? x : 0), 0);
}

describe.skipIf(!hasPeers())('the Python pipeline beside Regimen', () => {
  let folder: string;
  let answer: PythonAnswer;
  const contexts = new Map<Timeframe, BatchContext>();
  beforeAll(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'regimen-peers-')), 'grid');
    const spec = writeGrid(folder, {
      symbols: [{ candles, costs: COSTS }],
      timeframes: TIMEFRAMES,
      daysHistory: [DAYS],
      horizons: HORIZONS,
      modelTypes: MODELS,
      processes: 1,
      forecasts: true,
    });
    execFileSync(peersPython(), [RUN, spec], { env: pythonEnv(process.env), stdio: 'pipe' });
    answer = readAnswer(folder);
    for (const timeframe of TIMEFRAMES) contexts.set(timeframe, contextOf(candles, timeframe, WINDOWS));
    // The kernels are compiled once for their sources, in half a minute on a quiet machine.
  }, 900_000);
  afterAll(() => rmSync(join(folder, '..'), { recursive: true }));

  function python(index: number): Said {
    const all = readNumbers(join(folder, 'figures.f64'));
    const size = all.length / answer.configurations;
    return {
      forecasts: readNumbers(join(folder, `${index}.forecasts`)),
      figures: all.subarray(index * size, (index + 1) * size),
      metrics: answer.metrics[index]!,
    };
  }

  const cells = TIMEFRAMES.flatMap((timeframe) =>
    HORIZONS.flatMap((horizon) => MODELS.map((model) => ({ timeframe, horizon, model }))),
  ).map((cell, index) => ({ ...cell, index }));
  const cellsOf = (models: readonly string[]) => cells.filter(({ model }) => models.includes(model));

  test.each(cellsOf(LINEAR))(
    '$model, $timeframe, horizon $horizon: the same forecasts and figures',
    (cell) => {
      const { timeframe, horizon, model, index } = cell;
      const theirs = python(index);
      const ours = regimen(contexts.get(timeframe)!, horizon, model);
      // Two solvers of a lasso agree to the root of the duality gap that they leave.
      const iterated = model === 'lasso' || model === 'elasticnet';
      expect(largestDifference(theirs.forecasts, ours.forecasts)).toBeLessThan(iterated ? 1e-5 : 1e-9);
      expect(figureDifference(theirs.figures, ours.figures)).toBeLessThan(iterated ? 1e-6 : 1e-9);
      for (const name of ['rmse', 'mae', 'r2', 'rank_ic'] as const) {
        expect(theirs.metrics[name]).toBeCloseTo(ours.metrics[name], iterated ? 6 : 9);
      }
      expect(trades(ours.figures)).toBeGreaterThan(10_000);
    },
  );

  // Each library grows its own trees: only their size and what they are good for can agree.
  test.each(cellsOf(TREES))('$model, $timeframe, horizon $horizon: as many trades, errors alike', (cell) => {
    const { timeframe, horizon, model, index } = cell;
    const theirs = python(index);
    const ours = regimen(contexts.get(timeframe)!, horizon, model);
    expect(trades(theirs.figures) / trades(ours.figures)).toBeCloseTo(1, 1);
    expect(Math.abs(theirs.metrics.rmse / ours.metrics.rmse - 1)).toBeLessThan(0.1);
    expect(typicalSize(theirs.forecasts) / typicalSize(ours.forecasts)).toBeGreaterThan(0.8);
    expect(typicalSize(theirs.forecasts) / typicalSize(ours.forecasts)).toBeLessThan(1.25);
  });
});
