import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { modelType } from '../models/catalog.ts';
import type { Member } from '../models/model.ts';
import { createContext } from '../pipeline/context.ts';
import type { TrialFold, TrialJob } from '../pipeline/job.ts';
import { hourlyContext } from '../pipeline/testing/hourly-context.ts';
import { rowsWithin } from '../pipeline/windows.ts';
import { rankCorrelation } from '../statistics/ranks.ts';
import { shuffledFolds, trialFolds } from './folds.ts';
import { runTrial } from './run-trial.ts';

const DAY = 86_400_000;
const HORIZON = 6;
const CANDLES = randomCandles(4200, 'H1', 5);
const END = CANDLES.time[4100]!;
const TRAINING = { from: END - 60 * DAY, to: END };
const FOLDS = trialFolds(TRAINING, 4);

function contextOf(candles: Candles) {
  const start = FOLDS[0]!.test.from;
  const evaluation = { start, windows: [{ name: 'test', from: start, to: END }] };
  const strategies = {
    predictionMethods: ['direct'],
    ensembleMethods: ['mean'],
    confidenceThresholds: [0],
    lookbackWindows: [20],
  } as const;
  return createContext(hourlyContext({ candles, evaluation, days: 60, strategies }));
}

function jobOf(
  type: string,
  hyperparameters: TrialJob['configuration']['hyperparameters'] = {},
  target = 'return',
): TrialJob {
  return {
    index: 3,
    configuration: {
      modelType: type,
      encoder: 'normalized',
      symbol: 'EURUSD',
      timeframe: 'H1',
      daysHistory: 60,
      horizon: HORIZON,
      target,
      indicatorTimeframes: defaultIndicatorTimeframes('H1'),
      hyperparameters,
    },
    training: TRAINING,
    configHash: 'c',
    trainingKey: 't',
    objective: 'spearman',
    folds: FOLDS,
    reference: { kind: 'none' },
  };
}

/** The same bars before a time, other prices from there on. */
function changedFrom(candles: Candles, time: number): Candles {
  const other = { ...candles };
  for (const key of ['open', 'high', 'low', 'close'] as const) {
    other[key] = candles[key].map((price, i) =>
      candles.time[i]! >= time ? price * (1 + 0.2 * Math.sin(i)) : price,
    );
  }
  return other;
}

afterEach(() => void vi.restoreAllMocks());

describe('folds of trials', () => {
  it('are equal spans, each learned from what lies before it', () => {
    expect(FOLDS.map(({ test }) => (test.to - test.from) / DAY)).toEqual([12, 12, 12, 12]);
    for (const [k, { training, test }] of FOLDS.entries()) {
      expect(training).toEqual({ from: TRAINING.from, to: test.from });
      expect(test.to).toBe(FOLDS[k + 1]?.test.from ?? END);
    }
  });

  it('come in an order that the seed gives', () => {
    const numbers = (seed: number) => shuffledFolds(FOLDS, seed).map(({ number }) => number);
    expect(numbers(1)).toEqual(numbers(1));
    expect(new Set(Array.from({ length: 20 }, (_, seed) => numbers(seed).join())).size).toBeGreaterThan(5);
    expect(numbers(1).toSorted()).toEqual([0, 1, 2, 3]);
  });
});

describe('a trial', () => {
  const context = contextOf(CANDLES);

  it.each(['ridge', 'xgboost'])('%s: a fold knows nothing of what comes after it', (type) => {
    const first = (fold: TrialFold, candles = CANDLES) =>
      runTrial(candles === CANDLES ? context : contextOf(candles), {
        ...jobOf(type, type === 'xgboost' ? { n_estimators: 5 } : {}),
        folds: [fold],
      }).folds[0];
    const fold = FOLDS[1]!;
    expect(first(fold, changedFrom(CANDLES, fold.test.to))).toEqual(first(fold));
    expect(first(fold, changedFrom(CANDLES, fold.test.to - 3 * DAY))).not.toEqual(first(fold));
  });

  it('learns from no label that reaches into the test', () => {
    const fit = vi.spyOn(modelType('ridge'), 'fit');
    runTrial(context, jobOf('ridge'));
    expect(fit).toHaveBeenCalledTimes(4);
    for (const [k, [set]] of fit.mock.calls.entries()) {
      const test = rowsWithin(CANDLES, FOLDS[k]!.test);
      expect(set.train).toHaveLength(1);
      expect(set.train[0]!.to).toBe(test.from - 1 - HORIZON);
      expect(set.leftOut.to - set.leftOut.from).toBe(0);
      expect(set.features).toBe(context.features.matrix);
    }
    expect(new Set(fit.mock.calls.map(([{ seed }]) => seed)).size).toBe(4);
  });

  it('is judged by one model of a target that has two, or by the mean of both', () => {
    const fit = vi.spyOn(modelType('ridge'), 'fit');
    const [first] = runTrial(context, {
      ...jobOf('ridge', {}, 'outcome 2:1'),
      folds: FOLDS.slice(0, 1),
    }).folds;
    expect(fit).toHaveBeenCalledTimes(2);
    const sides = fit.mock.results.map(({ value }, i) => {
      const { labels } = fit.mock.calls[i]![0];
      const { from, to } = rowsWithin(CANDLES, FOLDS[0]!.test);
      const count = to - 1 - HORIZON - from;
      const out = new Float64Array(count);
      (value as Member).predict(context.features.matrix.columns, from, count, out);
      return rankCorrelation(out, labels.subarray(from, from + count));
    });
    expect(-first!.loss).toBeCloseTo((sides[0]! + sides[1]!) / 2, 12);
    // Apart, each is the model that it is beside the other.
    for (const [s, side] of (['long', 'short'] as const).entries()) {
      const apart = { ...jobOf('ridge', {}, 'outcome 2:1'), folds: FOLDS.slice(0, 1), side };
      expect(-runTrial(context, apart).folds[0]!.loss).toBeCloseTo(sides[s]!, 12);
    }
    expect(sides[0]).not.toBeCloseTo(sides[1]!, 3);
    expect(fit).toHaveBeenCalledTimes(4);
    expect(fit.mock.calls.map(([{ seed }]) => seed).slice(2)).toEqual(
      fit.mock.calls.map(([{ seed }]) => seed).slice(0, 2),
    );
  });

  it('of classes knows the ROC AUC of each fold, whatever it is judged by', () => {
    const [loss] = runTrial(context, { ...jobOf('ridge', {}, 'direction'), folds: FOLDS.slice(0, 1) }).folds;
    const byAuc = {
      ...jobOf('ridge', {}, 'direction'),
      objective: 'roc_auc' as const,
      folds: FOLDS.slice(0, 1),
    };
    // The loss by ROC AUC is its negative, computed on a way of its own.
    expect(loss!.auc).toBe(-runTrial(context, byAuc).folds[0]!.loss);
    expect(loss!.loss).not.toBe(-loss!.auc!);
    expect(runTrial(context, jobOf('ridge')).folds[0]).not.toHaveProperty('auc');
  });

  it('watches the end of what it learns from where boosting may stop early, never the test', () => {
    const fit = vi.spyOn(modelType('xgboost'), 'fit');
    runTrial(context, jobOf('xgboost', { n_estimators: 5, early_stopping_rounds: 2 }));
    for (const [k, [{ train, leftOut }]] of fit.mock.calls.entries()) {
      expect(leftOut.to).toBe(rowsWithin(CANDLES, FOLDS[k]!.test).from - 1 - HORIZON);
      expect(train[0]!.to).toBe(leftOut.from - 1 - HORIZON);
    }
  });

  it('gives the same losses in whatever order, and on bits of another run', () => {
    const all = runTrial(context, jobOf('ridge'));
    const reversed = runTrial(contextOf(CANDLES), { ...jobOf('ridge'), folds: FOLDS.toReversed() });
    expect(reversed.folds.toReversed()).toEqual(all.folds);
    expect(all).toMatchObject({ status: 'tried', index: 3, isPruned: false });
  });

  it('is given up once it is hopeless, and not after its last fold', () => {
    const best = FOLDS.map(() => ({ loss: -1, parts: [-1, -1, -1, -1] }));
    const reference = { kind: 'wilcoxon', best } as const;
    expect(runTrial(context, { ...jobOf('ridge'), reference })).toMatchObject({ isPruned: true });
    expect(runTrial(context, { ...jobOf('ridge'), reference }).folds).toHaveLength(2);
    const short = { ...jobOf('ridge'), reference, folds: FOLDS.slice(0, 2) };
    expect(runTrial(context, short)).toMatchObject({ isPruned: false });
  });

  it('says where a fold has too few bars', () => {
    const folds = trialFolds({ from: END - 4 * DAY, to: END }, 4);
    expect(() => runTrial(context, { ...jobOf('ridge'), folds })).toThrow(
      /Fold 1 has \d+ bars to learn from/,
    );
  });
});
