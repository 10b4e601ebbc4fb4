import { describe, expect, test } from 'vitest';
import { configHash } from '../cells/config-hash.ts';
import type { Configuration, ConfiguredHyperparameters } from '../contract/configuration.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { decodeModelFile } from '../models/codec.ts';
import { runCell } from './cell.ts';
import { createContext } from './context.ts';
import { evaluateModel } from './reevaluate.ts';
import { hourlyContext } from './testing/hourly-context.ts';
import { windowsBefore } from './windows.ts';

/** A LONG and a SHORT model with hyper-parameters of their own, beside the same models trained apart. */

const BARS = 1800;
const CANDLES = randomCandles(BARS, 'H1', 5);
const WINDOWS = windowsBefore(CANDLES.time[BARS - 1]! + 3_600_000, { holdoutDays: 5, selectionDays: 15 }, 40);
const contextOf = () =>
  createContext(
    hourlyContext({
      candles: CANDLES,
      evaluation: WINDOWS.evaluation,
      days: 40,
      strategies: {
        predictionMethods: ['direct'],
        ensembleMethods: ['mean'],
        confidenceThresholds: [0],
        lookbackWindows: [25],
      },
    }),
  );

const MEMBERS = 3;
const LONG = { n_estimators: 6, max_depth: 3, subsample: 0.7 };
const SHORT = { n_estimators: 4, max_depth: 2, subsample: 0.8 };

describe.each(['outcome 2:1', 'barrier 2:1'])('%s', (target) => {
  const context = contextOf();
  function trained(hyperparameters: ConfiguredHyperparameters, of = context) {
    const configuration: Configuration = {
      modelType: 'xgboost',
      encoder: 'normalized',
      symbol: 'EURUSD',
      timeframe: 'H1',
      daysHistory: 40,
      horizon: 6,
      target,
      indicatorTimeframes: defaultIndicatorTimeframes('H1'),
      hyperparameters,
    };
    const { training } = WINDOWS;
    const job = {
      index: 0,
      configuration,
      training,
      configHash: configHash(configuration),
      trainingKey: 'k',
    };
    const cell = runCell(of, job);
    return { configuration, cell, file: decodeModelFile(cell.artifact, 'm') };
  }
  const pair = trained({ long: LONG, short: SHORT });
  const long = trained(LONG);
  const short = trained(SHORT);

  test('each model is, byte by byte, that of a run in which both have its hyper-parameters', () => {
    const { members, scales, calibrations } = pair.file;
    expect(members).toHaveLength(2 * MEMBERS);
    const joined = <T>(of: (file: typeof pair.file) => readonly T[] | undefined) => [
      ...(of(long.file) ?? []).slice(0, MEMBERS),
      ...(of(short.file) ?? []).slice(MEMBERS),
    ];
    expect(members).toEqual(joined((file) => file.members));
    expect(scales).toEqual(joined((file) => file.scales));
    expect(calibrations ?? []).toEqual(joined((file) => file.calibrations));
    expect(pair.cell.metrics.sides).toEqual([long.cell.metrics.sides![0], short.cell.metrics.sides![1]]);
    expect(members.slice(MEMBERS)).not.toEqual(long.file.members.slice(MEMBERS));
  });

  test('the file says both, and does again what was evaluated', () => {
    expect(pair.file.configuration).toEqual(pair.configuration);
    const again = evaluateModel(context, {
      index: 0,
      configuration: pair.configuration,
      model: pair.cell.artifact,
      file: 'm',
      strategies: [0],
    });
    expect(again.results).toEqual(pair.cell.results);
    expect(trained({ short: SHORT, long: LONG }, contextOf()).cell.artifact).toEqual(pair.cell.artifact);
  });

  test('of equal hyper-parameters it is the run that has them once', () => {
    const { cell, file } = trained({ long: LONG, short: { ...LONG } });
    expect(file.members).toEqual(long.file.members);
    expect(file.configHash).toBe(long.file.configHash);
    expect(cell.results).toEqual(long.cell.results);
  });
});

test('a target with one model is refused a pair', () => {
  const configuration: Configuration = {
    ...{ modelType: 'ridge', encoder: 'normalized', symbol: 'EURUSD', timeframe: 'H1', daysHistory: 40 },
    ...{ horizon: 6, target: 'direction', indicatorTimeframes: defaultIndicatorTimeframes('H1') },
    hyperparameters: { long: { alpha: 1 }, short: { alpha: 2 } },
  } as const;
  const job = { index: 0, configuration, training: WINDOWS.training, configHash: 'c', trainingKey: 'k' };
  expect(() => runCell(contextOf(), job)).toThrow(/one model, found LONG and SHORT/);
});
