import { ENSEMBLE_METHODS, PREDICTION_METHODS } from '../../contract/words.ts';
import { defaultIndicatorTimeframes } from '../../features/timeframes.ts';
import { axesOf, DEFAULT_STRATEGY_AXES, type Strategy } from '../../inference/strategy-grid.ts';
import { candlesWithin } from '../../market/candles.ts';
import { randomCandles } from '../../market/testing/random-candles.ts';
import { parseHyperparameters } from '../../models/catalog.ts';
import { decodeModelFile } from '../../models/codec.ts';
import type { AnyModelType } from '../../models/model.ts';
import { type BatchContext, testedRegime } from '../context.ts';
import { ALL_BARS } from '../evaluation-table.ts';
import { fitMembers } from '../fit-members.ts';
import type { CellJob, LoadedContext } from '../job.ts';
import { modelFileOf } from '../model-file.ts';
import type { StrategyTrace } from '../strategy-trace.ts';
import { storedModelIn } from '../target-model.ts';
import { hourlyContext } from './hourly-context.ts';

/** Models of every target on the same hourly bars, and what their backtests say of 500 of them. */

const HOUR = 3_600_000;
/** Bars that are traded. */
export const BARS = 500;
export const TARGETS = ['return', 'direction', 'barrier 1:1', 'outcome 1.5:1'];
const REGIMES = [null, 'calm_ranging', 'volatile_ranging'];

const candles = randomCandles(1900, 'H1', 5);
const newest = candles.time[candles.length - 1]! + HOUR;
const start = candles.time[candles.length - BARS - 80]! + HOUR;
export const full = hourlyContext({
  candles,
  evaluation: { start, windows: [{ name: 'live', from: start, to: newest }] },
  days: 30,
  strategies: {
    predictionMethods: PREDICTION_METHODS,
    ensembleMethods: ENSEMBLE_METHODS,
    confidenceThresholds: [0.4],
    lookbackWindows: [25, 60],
  },
});

/** A stored model, and what a backtest over all bars says of it. */
export interface Asked {
  readonly name: string;
  readonly model: Uint8Array;
  readonly strategy: Strategy;
  readonly alone: string | null;
  readonly trace: StrategyTrace;
}

/** A model that was trained before those bars. */
export function trainedOn(context: BatchContext, type: AnyModelType, target: string, index: number): Asked {
  const small = type.hyperparameters.safeParse({ n_estimators: 4 });
  const configuration: CellJob['configuration'] = {
    modelType: type.name,
    encoder: 'normalized',
    symbol: candles.symbol,
    timeframe: 'H1',
    daysHistory: 30,
    horizon: 4,
    target,
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    hyperparameters: (small.success
      ? small.data
      : parseHyperparameters(type, {})) as CellJob['configuration']['hyperparameters'],
  };
  const training = { from: start - 30 * 24 * HOUR, to: start };
  const job = { index, configuration, training, configHash: 'c', trainingKey: `${type.name} ${target}` };
  const model = modelFileOf(context, job, fitMembers(context, job));
  const methods = axesOf(DEFAULT_STRATEGY_AXES, configuration).predictionMethods;
  const strategy: Strategy = {
    predictionMethod: methods[index % methods.length]!,
    ensembleMethod: ENSEMBLE_METHODS[index % ENSEMBLE_METHODS.length]!,
    confidenceThreshold: 0.3,
    lookbackWindow: [25, 60][index % 2]!,
  };
  const alone = REGIMES[index % REGIMES.length]!;
  const segment = alone === null ? ALL_BARS : 1 + testedRegime(context, alone);
  const [trace] = context.evaluator.evaluateOne(
    storedModelIn(context, decodeModelFile(model, 'test')),
    strategy,
    segment,
  );
  return { name: job.trainingKey, model, strategy, alone, trace: trace! };
}

/** What was known once a bar had closed. */
export function cutAfter(row: number, strategy: Strategy): LoadedContext {
  const { spec } = full;
  const to = full.candles.time[row]! + HOUR;
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  return {
    spec: {
      ...spec,
      series: { ...spec.series, view: { ...spec.series.view, to } },
      evaluation: { start, windows: [{ name: 'live', from: start, to }] },
      settings: {
        ...spec.settings,
        strategies: {
          predictionMethods: [predictionMethod],
          ensembleMethods: [ensembleMethod],
          confidenceThresholds: [confidenceThreshold],
          lookbackWindows: [lookbackWindow],
        },
      },
    },
    candles: candlesWithin(full.candles, { to }),
    higher: full.higher.map((series) => candlesWithin(series, { to })),
  };
}
