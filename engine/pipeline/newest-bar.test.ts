import { expect, test } from 'vitest';
import { ENSEMBLE_METHODS, PREDICTION_METHODS } from '../contract/words.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { axesOf, DEFAULT_STRATEGY_AXES, type Strategy } from '../inference/strategy-grid.ts';
import { candlesWithin } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { MODEL_TYPES, parseHyperparameters } from '../models/catalog.ts';
import { decodeModelFile } from '../models/codec.ts';
import type { AnyModelType } from '../models/model.ts';
import { type BatchContext, createContext, testedRegime } from './context.ts';
import { ALL_BARS } from './evaluation-table.ts';
import { fitMembers } from './fit-members.ts';
import type { CellJob, LoadedContext } from './job.ts';
import { modelFileOf } from './model-file.ts';
import { DecodedModels, NewestBars } from './newest-bar.ts';
import type { StrategyTrace } from './strategy-trace.ts';
import { storedModelIn } from './target-model.ts';
import { hourlyContext } from './testing/hourly-context.ts';

/**
 * What is said at the close of a bar against what a backtest over all later bars says of it: bars are in turn the newest, and every model
 * type is asked with every target. `EVERY_BAR=1` tries each of the 500 bars in place of every ninth, which takes half a minute.
 */

const HOUR = 3_600_000;
const BARS = 500;
const STEP = process.env.EVERY_BAR === undefined ? 9 : 1;
/** Models that are asked at each bar. */
const AT_ONCE = 2;
const TARGETS = ['return', 'direction', 'barrier 1:1', 'outcome 1.5:1'];
const REGIMES = [null, 'calm_ranging', 'volatile_ranging'];

const candles = randomCandles(1900, 'H1', 5);
const newest = candles.time[candles.length - 1]! + HOUR;
const start = candles.time[candles.length - BARS - 80]! + HOUR;
const full = hourlyContext({
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

interface Asked {
  readonly name: string;
  readonly model: Uint8Array;
  readonly strategy: Strategy;
  readonly alone: string | null;
  readonly trace: StrategyTrace;
}

function trained(context: BatchContext, type: AnyModelType, target: string, index: number): Asked {
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
function cutAfter(row: number, strategy: Strategy): LoadedContext {
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

test('is said what a backtest over all later bars says: every target, every model type', {
  timeout: 240_000,
}, () => {
  const context = createContext(full);
  const asked = TARGETS.flatMap((target, t) =>
    MODEL_TYPES.filter(({ acts }) => target === 'return' || acts === undefined).map((type, m) =>
      trained(context, type, target, t * MODEL_TYPES.length + m),
    ),
  );
  const { labels, names } = context.regimes;
  const rows = context.candles.length;
  const seen = { signals: new Set<number>(), models: new Set<string>(), exits: 0, silent: 0 };
  const models = new DecodedModels();
  let next = 0;
  // The last bar of the series is no test: the backtest has nothing later either.
  for (let row = rows - 1 - BARS; row < rows - 1; row += STEP) {
    const bars = new NewestBars(models);
    for (let k = 0; k < AT_ONCE; k++) {
      const { name, model, strategy, alone, trace } = asked[next++ % asked.length]!;
      const said = bars.of({ context: cutAfter(row, strategy), model, file: name, modelName: name, alone });
      const at = row - trace.firstRow;
      expect([name, said.modelKey, said.time]).toEqual([name, name, context.candles.time[row]]);
      for (const [is, was] of [
        [said.forecast, trace.forecast[at]],
        [said.confidence, trace.confidence[at]],
        [said.signal, trace.signal[at]],
        [said.roundTripCost, context.evaluated.roundTripCost[at]],
      ]) {
        if (!Object.is(is, was)) expect.fail(`${name} says ${is} of row ${row}, its backtest ${was}`);
      }
      expect(said.regime).toBe(names[labels[row]!]);
      const first = context.candles.time.indexOf(said.since) - trace.firstRow;
      expect(new Set(trace.signal.subarray(first, at + 1))).toEqual(new Set([said.signal]));
      if (first > 0) expect(trace.signal[first - 1]).not.toBe(said.signal);
      seen.models.add(name);
      seen.signals.add(said.signal);
      if (said.exits !== null) seen.exits++;
      if (alone !== null && said.regime !== alone) seen.silent++;
    }
  }
  expect(seen.models.size).toBe(asked.length);
  expect(seen.signals).toEqual(new Set([-1, 0, 1]));
  expect(seen.exits).toBeGreaterThan(20);
  expect(seen.silent).toBeGreaterThan(20);
});
