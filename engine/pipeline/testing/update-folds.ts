import type { Configuration } from '../../contract/configuration.ts';
import { defaultIndicatorTimeframes } from '../../features/timeframes.ts';
import type { Candles } from '../../market/candles.ts';
import { modelType, parseHyperparameters } from '../../models/catalog.ts';
import { decodeModelFile } from '../../models/codec.ts';
import { type BatchContext, createContext, foldContext } from '../context.ts';
import { fitMembers } from '../fit-members.ts';
import type { FittedMembers } from '../fit-sides.ts';
import type { CellJob, RefitJob } from '../job.ts';
import { runRefit } from '../refit.ts';
import { rowsWithin, type TimeRange } from '../windows.ts';
import { hourlyContext } from './hourly-context.ts';

const DAY_MS = 86_400_000;

export interface UpdateFolds {
  readonly candles: Candles;
  readonly modelType: string;
  readonly hyperparameters?: Configuration['hyperparameters'];
  readonly target?: Configuration['target'];
  readonly folds: number;
  /** Calendar days of training, and of each test. */
  readonly trainDays: number;
  readonly testDays: number;
  /** Days before the newest window that the fit and each update were, oldest first, without the newest update. */
  readonly before: readonly number[];
}

/** Root mean squared errors of the members' mean forecast out of sample, over all test bars of all folds. */
export interface UpdateErrors {
  /** Of a fit on the newest window. */
  readonly fresh: number;
  /** Of the fit that was updated. */
  readonly updated: number;
  /** Of that fit as it was, without an update. */
  readonly stale: number;
  /** Of saying the mean of the training rows. */
  readonly none: number;
}

export function fold(
  base: BatchContext,
  of: Pick<UpdateFolds, 'trainDays' | 'testDays' | 'before'> & { readonly at: number },
): { readonly context: BatchContext; readonly training: TimeRange; readonly earlier: TimeRange[] } {
  const { at, trainDays, testDays, before } = of;
  const window = (days: number) => ({ from: at - (trainDays + days) * DAY_MS, to: at - days * DAY_MS });
  const test = { name: 'test', from: at, to: at + testDays * DAY_MS };
  return {
    context: foldContext(base, { start: at, windows: [test] }),
    training: window(0),
    earlier: before.map(window),
  };
}

export function configurationOf({
  modelType: name,
  hyperparameters,
  target = 'return',
}: Pick<UpdateFolds, 'modelType' | 'hyperparameters' | 'target'>): Configuration {
  return {
    modelType: name,
    encoder: 'normalized',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 60,
    horizon: 6,
    target,
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    hyperparameters: parseHyperparameters(
      modelType(name),
      hyperparameters,
    ) as Configuration['hyperparameters'],
  };
}

/** All bars of a series as the context that folds are cut from; the last of them ends where it ends. */
export function baseContext(candles: Candles, testDays: number): BatchContext {
  const end = candles.time[candles.length - 1]! + 3_600_000;
  const evaluation = {
    start: end - testDays * DAY_MS,
    windows: [{ name: 'test', from: end - testDays * DAY_MS, to: end }],
  };
  const strategies = {
    predictionMethods: ['direct'],
    ensembleMethods: ['mean'],
    confidenceThresholds: [0],
    lookbackWindows: [20],
  } as const;
  return createContext(hourlyContext({ candles, evaluation, days: Number.POSITIVE_INFINITY, strategies }));
}

/** A refit some days before the newest bar, and what it goes on from. */
export interface RefitAt {
  /** Where the newest window ends: UTC milliseconds. */
  readonly newest: number;
  /** Before it. */
  readonly days: number;
  readonly model: string;
  readonly hyperparameters?: Record<string, number>;
  readonly target?: string;
  readonly trainDays?: number;
  /** Days before the newest window at which what it goes on from was fitted and updated, oldest first. */
  readonly before: readonly number[];
  readonly update?: RefitJob['update'];
}

export function refitAt(base: BatchContext, of: RefitAt) {
  const { newest, days, model, hyperparameters = {}, target = 'return', before, update = {} } = of;
  const { context, training, earlier } = fold(base, {
    at: newest - days * DAY_MS,
    trainDays: of.trainDays ?? 90,
    testDays: 10,
    before: before.map((one) => one - days),
  });
  const configuration = configurationOf({ modelType: model, hyperparameters, target });
  const job = { index: 0, configuration, training, configHash: 'c', trainingKey: 't' };
  const refit = runRefit(base, {
    ...job,
    evaluation: context.spec.evaluation,
    refit: true,
    ...(earlier.length > 0 && { earlier }),
    update,
  });
  return { refit, context, job, earlier };
}

export const membersOf = ({ artifact }: { readonly artifact: Uint8Array }) =>
  decodeModelFile(artifact, 'test').members;

/** What updates cost or gain out of sample: in each fold a fit, that fit updated, and a fresh one are held to the same bars. */
export function updateErrors(of: UpdateFolds): UpdateErrors {
  const { candles, folds, testDays } = of;
  const base = baseContext(candles, testDays);
  const configuration = configurationOf(of);
  const sums = { fresh: 0, updated: 0, stale: 0, none: 0, rows: 0 };
  for (let f = 1; f <= folds; f++) {
    const at = candles.time[candles.length - 1]! - f * testDays * DAY_MS;
    const { context, training, earlier } = fold(base, { ...of, at });
    const job: CellJob = { index: 0, configuration, training, configHash: 'c', trainingKey: 't' };
    const test = rowsWithin(context.candles, { from: at, to: at + testDays * DAY_MS });
    const rows = { from: test.from, to: test.to - 1 - configuration.horizon };
    const { labels } = context.target(configuration.target, configuration.horizon).sides[0]!;
    const fresh = fitMembers(context, job);
    const models = {
      fresh,
      updated: fitMembers(context, { ...job, earlier }),
      stale: fitMembers(context, { ...job, training: earlier[0]! }),
    };
    for (const [name, fit] of Object.entries(models)) {
      sums[name as keyof typeof models] += squaredError(context, fit, labels, rows);
    }
    const learned = labels.subarray(fresh.window.from, fresh.window.to);
    const mean = learned.reduce((sum, label) => sum + label, 0) / learned.length;
    for (let row = rows.from; row < rows.to; row++) sums.none += (labels[row]! - mean) ** 2;
    sums.rows += rows.to - rows.from;
  }
  const error = (name: keyof UpdateErrors) => Math.sqrt(sums[name] / sums.rows);
  return { fresh: error('fresh'), updated: error('updated'), stale: error('stale'), none: error('none') };
}

function squaredError(
  { features: { matrix } }: BatchContext,
  { fitted }: FittedMembers,
  labels: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const mean = new Float64Array(to - from);
  const own = new Float64Array(to - from);
  for (const { member } of fitted) {
    member.predict(matrix.columns, from, to - from, own);
    own.forEach((value, i) => {
      mean[i]! += value / fitted.length;
    });
  }
  return mean.reduce((sum, value, i) => sum + (value - labels[from + i]!) ** 2, 0);
}
