import { describe, expect, test } from 'vitest';
import { barsPerYear } from '../backtest/bars-per-year.ts';
import { METRIC_INDEX, METRICS } from '../backtest/metrics.ts';
import { plainFigures } from '../backtest/testing/plain-figures.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { FoldOptions, ValidationScheme } from '../contract/validation.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { createContext, foldContext } from '../pipeline/context.ts';
import type { FoldResult } from '../pipeline/job.ts';
import { hourlyContext } from '../pipeline/testing/hourly-context.ts';
import { type EvaluationTimes, rowsWithin } from '../pipeline/windows.ts';
import { testOfMean } from '../statistics/long-run-variance.ts';
import { decodeFold, encodeFold } from './fold-blob.ts';
import { foldRules } from './fold-rules.ts';
import { type FoldCell, foldCells } from './fold-windows.ts';
import { type FoldPlan, planFolds } from './folds.ts';
import { runFold } from './run-fold.ts';
import { stitch } from './stitched.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OWN = { daysHistory: 40, selectionDays: 20 };
const LOOKBACK = 100;
const CONFIGURATION: Configuration = {
  modelType: 'ridge',
  encoder: 'normalized',
  symbol: 'EURUSD',
  timeframe: 'H1',
  daysHistory: OWN.daysHistory,
  horizon: 6,
  target: 'return',
  indicatorTimeframes: defaultIndicatorTimeframes('H1'),
  hyperparameters: { alpha: 1 },
};
const CANDLES = randomCandles(5200, 'H1', 11);
const SMALL: Record<ValidationScheme, FoldOptions> = {
  quick: { scheme: 'quick', testPeriodDays: 15, minTrainDays: 45 },
  full: { scheme: 'full', testPeriodDays: 10, minTrainDays: 60, folds: 3 },
  own: { scheme: 'own', testPeriodDays: 12, folds: 3 },
};

interface Planned extends FoldPlan {
  readonly cells: readonly FoldCell[];
}

function planOf(options: FoldOptions, candles = CANDLES): Planned {
  const rules = foldRules(options, OWN);
  const end = candles.time[candles.length - 1]! + HOUR - 5 * DAY;
  const plan = planFolds(rules, { earliest: candles.time[1200]!, end });
  return { ...plan, cells: foldCells(plan.folds, rules, candles, LOOKBACK) };
}

function run(
  { windows }: FoldCell,
  days: number,
  candles = CANDLES,
  scope: string | null = null,
  target = CONFIGURATION.target,
): FoldResult[] {
  const { evaluation, training } = windows;
  const strategies = {
    predictionMethods: ['direct'],
    ensembleMethods: ['mean'],
    confidenceThresholds: [0],
    lookbackWindows: [LOOKBACK],
  } as const;
  const loaded = hourlyContext({ candles, evaluation, days, strategies });
  const job = {
    index: 0,
    configuration: { ...CONFIGURATION, target },
    training,
    configHash: 'c',
    trainingKey: 't',
    evaluation,
    scope,
  };
  return runFold(createContext(loaded), job);
}

/** The same bars up to t, and after it other ones. */
function withOtherFuture(candles: Candles, t: number): Candles {
  const future = randomCandles(candles.length, 'H1', 12);
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') =>
    candles[name].map((value, i) => (candles.time[i]! <= t ? value : future[name][i]!));
  return {
    ...candles,
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

describe.each(['quick', 'full', 'own'] as const)('%s', (scheme) => {
  const { folds, cells } = planOf(SMALL[scheme]);
  const days = scheme === 'full' ? Number.POSITIVE_INFINITY : 45;
  const [first, second] = cells as [FoldCell, FoldCell];
  const results = run(second, days);

  test('a model is tested on every bar of its windows, and on no other', () => {
    for (const [cell, ran] of [
      [first, run(first, days)],
      [second, results],
    ] as const) {
      expect(ran.map(({ window }) => window)).toEqual(
        cell.windows.evaluation.windows.map(({ name }) => name),
      );
      for (const [i, range] of cell.windows.evaluation.windows.entries()) {
        const { from, to } = rowsWithin(CANDLES, range);
        expect(ran[i]!.netReturn).toHaveLength(to - from);
        expect(ran[i]!.marketDay).toHaveLength(to - from);
      }
    }
    const tested = results.find(({ window }) => window === `fold ${second.fold}`)!;
    expect(tested.trades.length).toBeGreaterThan(10);
    // All bars have a forecast from the first one on: the lead-in, or the selection window, lies before them.
    expect(tested.forecasts.classes.count).toBe(tested.netReturn.length - 1 - CONFIGURATION.horizon);
  });

  test('what happens after a fold changes nothing of it, by a bit', () => {
    const end = Math.max(...second.windows.evaluation.windows.map(({ to }) => to));
    expect(run(second, days, withOtherFuture(CANDLES, end - HOUR))).toEqual(results);
    // And there is something to change.
    const tampered = run(second, days, withOtherFuture(CANDLES, end - 30 * HOUR));
    expect(tampered).not.toEqual(results);
    const shorter = sliceCandles(CANDLES, 0, rowsWithin(CANDLES, { from: 0, to: end }).to);
    expect(run(second, days, shorter)).toEqual(results);
  });

  test('what happens in a test changes nothing of how its model forecasts and was trained', () => {
    const { test } = folds[second.fold]!;
    const forecastAtStart = (candles: Candles) => {
      const [ran] = run(second, days, candles).slice(-1) as [FoldResult];
      return [ran.trades.filter(({ exit }) => exit < 24), ran.netReturn.slice(0, 24)];
    };
    expect(forecastAtStart(withOtherFuture(CANDLES, test.from + 30 * HOUR))).toEqual(
      forecastAtStart(CANDLES),
    );
  });
});

describe('on bars that go on, which it shares with later folds,', () => {
  const { cells } = planOf({ scheme: 'full', testPeriodDays: 10, minTrainDays: 60, folds: 4 });
  const ends = cells.at(-1)!.windows.evaluation;
  const KINDS = [
    ['ridge', 'direct', 'mean'],
    ['lasso', 'direct_multi', 'weighted'],
    ['xgboost', 'direct', 'stacking'],
    ['ridge', 'recursive', 'mean'],
  ] as const;

  test.each(KINDS)('%s, %s, %s is the same as alone, by a bit', (modelType, method, ensemble) => {
    const strategies = {
      predictionMethods: [method],
      ensembleMethods: [ensemble],
      confidenceThresholds: [0.2],
      lookbackWindows: [LOOKBACK],
    } as const;
    const configuration = {
      ...CONFIGURATION,
      modelType,
      hyperparameters: modelType === 'xgboost' ? { n_estimators: 10 } : {},
    };
    const days = Number.POSITIVE_INFINITY;
    const contextUpTo = (evaluation: EvaluationTimes) =>
      createContext(hourlyContext({ candles: CANDLES, evaluation, days, strategies, encoder: 'time_delta' }));
    const shared = contextUpTo(ends);
    // The last fold first: what is summed up of rows for one is there for the others.
    for (const { windows } of cells.toReversed()) {
      const { training, evaluation } = windows;
      const job = {
        index: 0,
        configuration,
        training,
        evaluation,
        scope: null,
        configHash: 'c',
        trainingKey: 't',
      };
      const alone = runFold(contextUpTo(evaluation), job);
      expect(runFold(shared, job)).toEqual(alone);
      expect(alone[0]!.trades.length).toBeGreaterThan(0);
    }
  });

  test('sums of products are shared: rows of one fold are those of the next', () => {
    const strategies = {
      predictionMethods: ['direct'],
      ensembleMethods: ['mean'],
      confidenceThresholds: [0],
      lookbackWindows: [LOOKBACK],
    } as const;
    const base = createContext(
      hourlyContext({ candles: CANDLES, evaluation: ends, days: Number.POSITIVE_INFINITY, strategies }),
    );
    const [first, last] = [cells[0]!, cells.at(-1)!].map(
      ({ windows }) => foldContext(base, windows.evaluation).features.matrix,
    );
    expect(first!.rows).toBeLessThan(last!.rows);
    expect(first!.part).toEqual(last!.part);
    const { from, to } = first!.part!.centers;
    expect(to - from).toBe(256);
    expect(to).toBeLessThanOrEqual(first!.fitEnd);
  });
});

describe('costs', () => {
  const [cell] = planOf(SMALL.quick).cells as [FoldCell];

  test('are what its trades earn less than without them', () => {
    const [ran] = run(cell, 45) as [FoldResult];
    const net = (result: FoldResult) => result.netReturn.reduce((sum, r) => sum + r, 0);
    const gross = ran.trades.reduce((sum, { entry, exit, direction }) => {
      const { from } = rowsWithin(CANDLES, cell.windows.evaluation.windows[0]!);
      return sum + direction * Math.log(CANDLES.open[from + exit]! / CANDLES.open[from + entry]!);
    }, 0);
    expect(ran.costs).toBeGreaterThan(0);
    expect(gross - ran.costs).toBeCloseTo(net(ran), 12);
  });
});

describe('a target whose trades have a take-profit', () => {
  const [cell] = planOf(SMALL.quick).cells as [FoldCell];

  test('says how many reached it, within the life of a trade, beside those entered on every bar', () => {
    const [ran] = run(cell, 45, CANDLES, null, 'outcome 2:1') as [FoldResult];
    const { trades, reached, base } = ran.forecasts.takeProfit!;
    expect(trades).toBe(ran.trades.length);
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThan(trades);
    // Twice as far as the stop, it is reached by less than every third trade of a random walk.
    expect(base).toBeGreaterThan(0.02);
    expect(base).toBeLessThan(1 / 3);
    expect(run(cell, 45)[0]!.forecasts).not.toHaveProperty('takeProfit');
  });
});

describe('stored', () => {
  const [cell] = planOf(SMALL.quick).cells as [FoldCell];
  const [{ window: _window, ...ran }] = run(cell, 45) as [FoldResult];

  test('it comes back to the bit, figures that are not defined included', () => {
    const undefinedOnes = { ...ran, metrics: ran.metrics.map((value, i) => (i === 3 ? Number.NaN : value)) };
    for (const fold of [ran, undefinedOnes]) {
      const bytes = encodeFold(fold);
      expect(decodeFold(bytes)).toEqual(fold);
      expect(encodeFold(decodeFold(bytes))).toEqual(bytes);
    }
  });

  test('cut off, or of a newer version, it is refused', () => {
    const bytes = encodeFold(ran);
    expect(() => decodeFold(bytes.subarray(0, bytes.length - 9))).toThrow('is not what was written');
    const text = new TextDecoder('latin1').decode(bytes).replace('"version":1', '"version":9');
    expect(() => decodeFold(Buffer.from(text, 'latin1'))).toThrow('Update Regimen');
  });
});

describe('a regime alone', () => {
  const [cell] = planOf(SMALL.quick).cells as [FoldCell];

  test('has trades of its own, and is judged on its own bars', () => {
    const [all] = run(cell, 45) as [FoldResult];
    const [alone] = run(cell, 45, CANDLES, 'calm_ranging') as [FoldResult];
    expect(alone.forecasts.classes.count).toBeGreaterThan(20);
    expect(alone.forecasts.classes.count).toBeLessThan(all.forecasts.classes.count);
    expect(alone.trades.length).toBeGreaterThan(0);
    expect(alone.trades.length).toBeLessThan(all.trades.length);
    expect(alone.metrics[METRIC_INDEX.trades]).toBe(alone.trades.length);
  });

  test('that is not there is refused by name', () => {
    expect(() => run(cell, 45, CANDLES, 'sideways')).toThrow(
      'There is no active regime "sideways". There are bull_trending',
    );
  });
});

describe('stitched', () => {
  const { cells } = planOf(SMALL.full);
  const windows = cells.map((cell) => run(cell, Number.POSITIVE_INFINITY)[0]!);
  const perYear = barsPerYear(CANDLES.time, cells.at(-1)!.windows.evaluation.windows[0]!.to);

  test('one window has the figures that it was measured with', () => {
    const [window] = windows as [FoldResult];
    const range = cells[0]!.windows.evaluation.windows[0]!;
    const { figures } = stitch([window], barsPerYear(CANDLES.time, range.to));
    for (const name of METRICS) {
      const measured = window.metrics[METRIC_INDEX[name]]!;
      if (Number.isNaN(measured)) expect(figures[name]).toBeNull();
      else expect(figures[name]! - measured).toBeCloseTo(0, 9);
    }
  });

  test('several have those of one curve, by the definitions', () => {
    const net = windows.flatMap(({ netReturn }) => [...netReturn]);
    const trades = windows.flatMap(({ trades, netReturn }) =>
      trades.map(({ entry, exit, stake }) => ({
        stake,
        result: netReturn.subarray(entry, exit).reduce((sum, r) => sum + r, 0),
      })),
    );
    const expected = plainFigures(
      {
        bars: net.map((r) => ({ net: r, position: 0 })),
        results: trades.map(({ result }) => result),
        stakes: trades.map(({ stake }) => stake),
      },
      perYear,
    );
    const { figures, bars } = stitch(windows, perYear);
    expect(bars).toBe(net.length);
    expect(figures.trades).toBe(trades.length);
    for (const name of METRICS) {
      if (name === 'exposure') continue; // of positions, which only trades tell here
      expect(figures[name] ?? Number.NaN, name).toBeCloseTo(expected[name], 8);
    }
    const held = windows.flatMap(({ trades }) => trades.map(({ entry, exit }) => exit - entry));
    expect(figures.exposure).toBeCloseTo(held.reduce((a, b) => a + b) / net.length, 12);
  });

  test('its t is that of the net sums of market days, flat ones included', () => {
    const byDay = new Map<number, number>();
    for (const { netReturn, marketDay } of windows) {
      for (const [i, day] of marketDay.entries()) byDay.set(day, (byDay.get(day) ?? 0) + netReturn[i]!);
    }
    const { t, p, days, daySums } = stitch(windows, perYear);
    expect([...days]).toEqual([...byDay.keys()]);
    const { t: expected, p: chance } = testOfMean(Float64Array.from(byDay.values()))!;
    expect(t).toBeCloseTo(expected, 9);
    expect(p).toBeCloseTo(chance, 9);
    expect(daySums.reduce((a, b) => a + b)).toBeCloseTo(
      Math.log1p(stitch(windows, perYear).figures.totalReturn!),
      12,
    );
  });

  test('nothing traded has no figure but the number of trades', () => {
    const flat = {
      netReturn: new Float64Array(50),
      trades: [],
      marketDay: new Int32Array(50).map((_, i) => i >> 3),
    };
    const { figures, t, p } = stitch([flat], 6000);
    expect(figures.trades).toBe(0);
    expect([figures.sharpe, figures.maxDrawdown, t, p]).toEqual([null, null, null, null]);
  });
});
