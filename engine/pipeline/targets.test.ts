import { describe, expect, test } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import { configHash } from '../cells/config-hash.ts';
import type { Configuration } from '../contract/configuration.ts';
import { ENSEMBLE_METHODS } from '../contract/words.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { modelType } from '../models/catalog.ts';
import { decodeModelFile } from '../models/codec.ts';
import { rankCorrelation } from '../statistics/ranks.ts';
import { runCell } from './cell.ts';
import { type BatchContext, createContext } from './context.ts';
import { fitMembers } from './fit-members.ts';
import type { FittedMembers } from './fit-sides.ts';
import type { CellJob } from './job.ts';
import { evaluateModel } from './reevaluate.ts';
import { evaluatedModel, storedModelIn } from './target-model.ts';
import { hourlyContext } from './testing/hourly-context.ts';
import { windowsBefore } from './windows.ts';

const BARS = 2200;
const HORIZON = 6;
const DAYS = 40;
const CANDLES = randomCandles(BARS, 'H1', 5);
const WINDOWS = windowsBefore(
  CANDLES.time[BARS - 1]! + 3_600_000,
  { holdoutDays: 5, selectionDays: 20 },
  DAYS,
);

/** All targets that trades have exits for. */
const TARGETS = ['outcome 2:1', 'outcome 0.7:1.5', 'barrier 2:1', 'barrier 1:1.5'];

function contextOf(candles: Candles): BatchContext {
  return createContext(
    hourlyContext({
      candles,
      evaluation: WINDOWS.evaluation,
      days: DAYS,
      strategies: {
        predictionMethods: ['direct', 'direct_multi'],
        ensembleMethods: ENSEMBLE_METHODS,
        confidenceThresholds: [0, 0.4],
        lookbackWindows: [25, 60],
      },
      settings: {
        costs: {
          spreadPips: 0.05,
          slippagePips: 0,
          commissionPerSide: 0,
          swapLongPips: 0.1,
          swapShortPips: -0.05,
        },
      },
    }),
  );
}

function jobOf(target: string): CellJob {
  const configuration: Configuration = {
    modelType: 'xgboost',
    encoder: 'normalized',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: DAYS,
    horizon: HORIZON,
    target,
    indicatorTimeframes: defaultIndicatorTimeframes('H1'),
    hyperparameters: { n_estimators: 6, max_depth: 3 },
  };
  return {
    index: 0,
    configuration,
    training: WINDOWS.training,
    configHash: configHash(configuration),
    trainingKey: 'a key',
  };
}

/** What a member expects of a trade, in ATR, worked out from the definition. */
function expectedOf(context: BatchContext, job: CellJob, fit: FittedMembers, m: number): Float64Array {
  const { member, data } = fit.fitted[m]!;
  const { unit, sides, exits } = context.target(job.configuration.target, HORIZON);
  const { from, to } = context.span;
  const out = new Float64Array(to - from);
  member.predict(context.features.matrix.columns, from, to - from, out);
  const calibration = fit.calibrations?.[m];
  if (calibration?.kind !== 'sigmoid') return out;
  // A probability is worth the take-profit, or what trades came to that did not reach it.
  const missed: number[] = [];
  for (const range of data.train) {
    for (let t = range.from; t < range.to; t++) {
      if (data.labels[t] === 0) missed.push(sides[m < 3 ? 0 : 1]!.outcomes[t]! / unit![t]!);
    }
  }
  const rest = missed.reduce((sum, r) => sum + r, 0) / missed.length;
  expect(rest).toBeLessThan(0);
  return out.map((raw) => {
    const q = 1 / (1 + Math.exp(-(calibration.slope * Math.log(raw / (1 - raw)) + calibration.offset)));
    return q * exits!.takeProfit + (1 - q) * rest;
  });
}

describe.each(TARGETS)('%s', (target) => {
  const context = contextOf(CANDLES);
  const job = jobOf(target);
  const cell = runCell(context, job);

  test('has two models of as many members, in one file, which does again what was evaluated', () => {
    const file = decodeModelFile(cell.artifact, 'm');
    expect(file.members).toHaveLength(6);
    expect(new Set(file.members.map((bytes) => Buffer.from(bytes).toString('base64'))).size).toBe(6);
    const again = evaluateModel(context, {
      index: 0,
      configuration: job.configuration,
      model: cell.artifact,
      file: 'm',
      strategies: context.strategies.map((_, s) => s),
    });
    expect(again.results).toEqual(cell.results);
    expect(cell.results.some((value) => value > 0)).toBe(true);
    // Anew, in a context of its own.
    expect(runCell(contextOf(CANDLES), job).artifact).toEqual(cell.artifact);
  });

  test('a trace is what was measured, and its trades leave for every reason', () => {
    const model = storedModelIn(context, decodeModelFile(cell.artifact, 'm'));
    const reasons = new Set<string>();
    for (const [s, strategy] of context.strategies.entries()) {
      const traces = context.evaluator.evaluateOne(model, strategy);
      traces.forEach((trace, w) => {
        const width = (1 + context.evaluator.testedRegimes.length) * METRICS.length;
        const row = (s * traces.length + w) * width;
        expect(trace.metrics).toEqual(cell.results.subarray(row, row + width));
        const net = trace.trades.reduce((sum, trade) => sum + trade.netReturn, 0);
        expect(trace.netReturn.reduce((sum, r) => sum + r, 0)).toBeCloseTo(net, 12);
        for (const { reason } of trace.trades) reasons.add(reason);
      });
    }
    expect(reasons).toEqual(new Set(['time', 'stop', 'target', 'reversal']));
  });

  test('left-out figures are those of each model against the labels of its own trades', () => {
    const { fitted } = fitMembers(context, job);
    const { sides } = context.target(target, HORIZON);
    const [long, short] = cell.metrics.sides!;
    expect([long!.side, short!.side]).toEqual(['long', 'short']);
    expect(cell.metrics.rankIc).toBe((long!.rankIc + short!.rankIc) / 2);
    [long!, short!].forEach((metrics, s) => {
      if (metrics.classes !== undefined) return;
      const tilts: number[] = [];
      const labels: number[] = [];
      let squares = 0;
      for (const { member, data } of fitted.slice(3 * s, 3 * s + 3)) {
        expect(data.labels).toBe(sides[s]!.labels);
        const { from, to } = data.leftOut;
        const said = new Float64Array(to - from);
        member.predict(data.features.columns, from, to - from, said);
        const learned = data.train.flatMap((range) => [...data.labels.subarray(range.from, range.to)]);
        const mean = learned.reduce((sum, y) => sum + y, 0) / learned.length;
        said.forEach((m, i) => {
          tilts.push(m - mean);
          labels.push(data.labels[from + i]!);
          squares += (m - data.labels[from + i]!) ** 2;
        });
      }
      expect(metrics.rmse).toBeCloseTo(Math.sqrt(squares / labels.length), 12);
      expect(metrics.rankIc).toBeCloseTo(
        rankCorrelation(Float64Array.from(tilts), Float64Array.from(labels)),
        12,
      );
    });
  });

  test('a forecast is the larger of both expected results where it is positive', () => {
    const fit = fitMembers(context, job);
    const { scales, calibrations } = fit;
    const members = fit.fitted.map(({ member }) => member);
    const model = evaluatedModel(context, job.configuration, { members, scales, calibrations });
    const [direct] = context.evaluator.evaluateOne(model, context.strategies[0]!);
    const { unit } = context.target(target, HORIZON);
    const { from } = context.span;
    const said = members.map((_, m) => expectedOf(context, job, fit, m));
    const mean = (of: readonly Float64Array[], i: number) =>
      of.reduce((sum, m) => sum + m[i]!, 0) / of.length;
    direct!.forecast.forEach((p, i) => {
      const long = mean(said.slice(0, 3), i) * unit![from + i]!;
      const short = mean(said.slice(3), i) * unit![from + i]!;
      expect(p).toBeCloseTo(long > short ? Math.max(0, long) : -Math.max(0, short), 12);
    });
    expect(direct!.forecast.some((p) => p !== 0)).toBe(true);
  });

  test('nothing that it says knows the future', () => {
    const type = modelType('xgboost');
    const offset = BARS - context.candles.length;
    const said = (of: BatchContext) => {
      const { fitted, scales, calibrations } = fitMembers(of, job);
      const members = fitted.map(({ member }) => member);
      const model = evaluatedModel(of, job.configuration, { members, scales, calibrations });
      const traces = of.strategies.flatMap((strategy) => of.evaluator.evaluateOne(model, strategy));
      return { bytes: [members.map((member) => type.encode(member)), scales, calibrations], traces };
    };
    const known = said(context);
    for (const [t, seed] of [
      [context.span.from - 1, 31],
      [context.span.from + 130, 32],
      [context.span.from + 300, 33],
    ] as const) {
      const future = randomCandles(BARS, 'H1', seed);
      const tampered = { ...CANDLES };
      for (const name of ['open', 'high', 'low', 'close', 'volume', 'spread'] as const) {
        tampered[name] = CANDLES[name].map((value, i) => (i <= offset + t ? value : future[name][i]!));
      }
      const after = said(contextOf(tampered));
      expect(after.bytes).toEqual(known.bytes);
      let differences = 0;
      after.traces.forEach((trace, k) => {
        const before = known.traces[k]!;
        for (const name of ['forecast', 'confidence', 'signal', 'position'] as const) {
          trace[name].forEach((value, i) => {
            if (Object.is(value, before[name][i])) return;
            // The position of the next bar is entered at its open, after the close of t.
            expect(trace.firstRow + i).toBeGreaterThan(name === 'position' ? t + 1 : t);
            differences++;
          });
        }
      });
      expect(differences).toBeGreaterThan(50);
    }
  });
});

describe('direction', () => {
  const context = createContext(
    hourlyContext({
      candles: CANDLES,
      evaluation: WINDOWS.evaluation,
      days: DAYS,
      strategies: {
        predictionMethods: ['direct', 'recursive'],
        ensembleMethods: ['mean'],
        confidenceThresholds: [0],
        lookbackWindows: [25],
      },
    }),
  );
  const job = jobOf('direction');
  const fit = fitMembers(context, job);
  const members = fit.fitted.map(({ member }) => member);
  const { scales, calibrations } = fit;

  test('a probability of one half is worth nothing, one of 1 the mean size of the returns learned from', () => {
    fit.fitted.forEach(({ data }, k) => {
      const sizes = data.train.flatMap(({ from, to }) =>
        [...context.labels(HORIZON).subarray(from, to)].map(Math.abs),
      );
      const mean = sizes.reduce((sum, y) => sum + y, 0) / sizes.length;
      const { offset, slope } = scales![k]!;
      expect(offset + slope).toBeCloseTo(mean, 15);
      expect(offset + slope / 2).toBeCloseTo(0, 15);
      expect(data.task).toBe('classes');
      const { from, to } = data.leftOut;
      expect([...data.labels.subarray(from, to)]).toEqual(
        [...context.labels(HORIZON).subarray(from, to)].map((y) => (y > 0 ? 1 : 0)),
      );
    });
    expect(calibrations).toHaveLength(3);
  });

  test('is one model, whose strategies trade without exits, recursive ones among them, and do so again from its file', () => {
    const cell = runCell(context, job);
    const again = evaluateModel(context, {
      index: 0,
      configuration: job.configuration,
      model: cell.artifact,
      file: 'm',
      strategies: context.strategies.map((_, s) => s),
    });
    expect(again.results).toEqual(cell.results);
    const model = evaluatedModel(context, job.configuration, { members, scales, calibrations });
    const [direct, recursive] = context.strategies.map(
      (one) => context.evaluator.evaluateOne(model, one)[0]!,
    );
    expect(recursive!.forecast).not.toEqual(direct!.forecast);
    const reasons = new Set(direct!.trades.map(({ reason }) => reason));
    expect([...reasons].every((reason) => reason === 'time' || reason === 'reversal')).toBe(true);
    const [figures, ...others] = cell.metrics.sides!;
    expect(others).toEqual([]);
    expect(figures!.classes!.distribution.positives).toBeGreaterThan(30);
    expect(figures!.rmse).toBeCloseTo(Math.sqrt(figures!.classes!.brier!), 9);
    expect(figures!.classes!.baseRate).toBeGreaterThanOrEqual(0.5);
  });

  test('classes of which one has too few rows are refused with what there is of each', () => {
    // A take-profit that nothing reaches.
    expect(() => fitMembers(contextOf(CANDLES), jobOf('barrier 50:1'))).toThrow(
      /of class 1 and \d+ of class 0/,
    );
  });
});

test('as many strategies as their target has are tested', () => {
  const context = contextOf(CANDLES);
  expect(() => context.target('sharpe', HORIZON)).toThrow(/Expected a target/);
  const { rollout } = evaluatedModel(context, jobOf('outcome 2:1').configuration, { members: [] });
  expect(rollout).toBeUndefined();
});
