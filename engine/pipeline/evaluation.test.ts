import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import {
  type Figures,
  largestDifference,
  plainFigures,
  plainSimulation,
} from '../backtest/testing/plain-figures.ts';
import { weightedSum } from '../features/kernels/weighted-sum.ts';
import type { FeatureRollout } from '../features/matrix.ts';
import { MemberCombiner } from '../inference/combine.ts';
import { ConfidenceScorer } from '../inference/confidence.ts';
import { signals } from '../inference/signal.ts';
import { type Strategy, strategyGrid } from '../inference/strategy-grid.ts';
import type { Candles } from '../market/candles.ts';
import type { Member } from '../models/model.ts';
import type { EvaluatedModel } from './evaluated-model.ts';
import { Evaluator } from './evaluation.ts';
import { type EvaluationSpan, prepareSpan } from './evaluation-span.ts';
import { ALL_BARS, type EvaluationTable, metricOf } from './evaluation-table.ts';

const ROWS = 330;
const SELECTION = { from: 30, to: 230 };
const HOLDOUT = { from: 230, to: 320 };
const NAMES = ['selection', 'holdout', 'later'];
const HORIZON = 5;
const REGIME_NAMES = ['rising', 'falling', 'unclassified'];
/** Those that strategies are tested in. */
const TESTED = ['rising', 'falling'];
const LOOKBACKS = [25, 60];
const COSTS = {
  spreadPips: 1,
  slippagePips: 0.1,
  commissionPerSide: 0.00001,
  swapLongPips: 0.5,
  swapShortPips: 0.2,
};
const STRATEGIES = strategyGrid({
  predictionMethods: ['direct', 'direct_multi', 'recursive'],
  ensembleMethods: ['mean', 'weighted', 'stacking'],
  confidenceThresholds: [0.3, 0.6],
  lookbackWindows: LOOKBACKS,
});

/** Closes of a random walk; the rest of each bar follows from them. */
function candlesOf(close: Float64Array): Candles {
  // An open that the close before does not give away, or a look one bar ahead would go unnoticed.
  const open = close.map((x, i) => (i === 0 ? x : Math.sqrt(close[i - 1]! * x)));
  return {
    symbol: 'EURUSD',
    timeframe: 'H1',
    length: close.length,
    time: close.map((_, i) => Date.UTC(2024, 0, 1) + i * 3_600_000),
    open,
    high: close.map((x, i) => Math.max(x, open[i]!)),
    low: close.map((x, i) => Math.min(x, open[i]!)),
    close,
    volume: new Float64Array(close.length),
    spread: close.map((_, i) => (i % 3) * 0.0001),
    synthetic: true,
  };
}

function walk(steps: readonly number[]): Float64Array {
  let price = 1.1;
  return Float64Array.from({ length: ROWS }, (_, i) => {
    price *= Math.exp(steps[i % steps.length]! * 0.002);
    return price;
  });
}

/** The only feature: how far the bar closed from the bar before. */
function momentum(close: Float64Array): Float64Array {
  return close.map((x, i) => (i === 0 ? 0 : Math.log(x / close[i - 1]!)));
}

function rolloutOf(feature: Float64Array, first: number, count: number): FeatureRollout {
  const newest = feature.slice(first, first + count);
  return {
    columns: [newest],
    held: Uint8Array.of(0),
    blocks: [{ first: 0, count }],
    place: () => undefined,
    reset: () => newest.set(feature.subarray(first, first + count)),
    advance: (logReturns) => newest.set(logReturns.subarray(0, count)),
    weightedSum: (terms, out) => weightedSum([newest], 0, count, terms, out),
  };
}

/** Members that see momentum, its reversal and a constant drift. */
const PARAMETERS = [
  [1.5, 0],
  [-0.9, 0.0001],
  [0.7, -0.0004],
] as const;

const MEMBERS: Member[] = PARAMETERS.map(([factor, drift]) => ({
  predict(columns, from, count, out) {
    for (let i = 0; i < count; i++) out[i] = factor * columns[0]![from + i]! + drift;
  },
}));

function modelOf(candles: Candles): EvaluatedModel {
  const { open, close } = candles;
  const feature = momentum(close);
  return {
    members: MEMBERS,
    horizon: HORIZON,
    columns: [feature],
    labels: open.map((_, t) =>
      t + 1 + HORIZON < ROWS ? Math.log(open[t + 1 + HORIZON]! / open[t + 1]!) : NaN,
    ),
    rollout: rolloutOf(feature, SELECTION.from, HOLDOUT.to - SELECTION.from),
  };
}

function spanOf(candles: Candles, ranges = [SELECTION, HOLDOUT]): EvaluationSpan {
  const labels = Uint8Array.from(momentum(candles.close), (r) => (r > 0.001 ? 0 : r < -0.001 ? 1 : 2));
  return prepareSpan({
    candles,
    rows: { from: SELECTION.from, to: HOLDOUT.to },
    windows: ranges.map((range, w) => ({ name: NAMES[w] ?? '', ...range, end: candles.time[range.to]! })),
    costs: COSTS,
    regimes: { names: REGIME_NAMES, labels },
    lookbackWindows: LOOKBACKS,
  });
}

const fixedCandles = candlesOf(
  walk(Array.from({ length: ROWS }, (_, i) => Math.sin(i * i) + 0.5 * Math.sin(i / 9))),
);

describe('the evaluation table', () => {
  const span = spanOf(fixedCandles);
  const model = modelOf(fixedCandles);
  const table = new Evaluator(span, 3).evaluateStrategies(model, STRATEGIES);

  const regimeOf = (row: number) => {
    const r = model.columns[0]![row]!;
    return r > 0.001 ? 'rising' : r < -0.001 ? 'falling' : 'unclassified';
  };
  const figuresOf = (t: EvaluationTable, s: number, window: string, segment: number) =>
    Object.fromEntries(METRICS.map((metric) => [metric, metricOf(t, s, window, segment, metric)])) as Figures;

  test('holds what one simulation per strategy, window and regime gives', () => {
    const lanes = span.lanes;
    const steps = (factor: number, drift: number, x: number) => {
      let sum = 0;
      let r = x;
      for (let s = 0; s < HORIZON; s++) {
        r = (factor * r + drift) / HORIZON;
        sum += r;
      }
      return sum;
    };
    const feature = (lane: number) => model.columns[0]![SELECTION.from + lane]!;
    const direct = PARAMETERS.map(([f, d]) =>
      Float64Array.from({ length: lanes }, (_, lane) => f * feature(lane) + d),
    );
    const forecasts: Record<string, Float64Array[]> = {
      direct,
      direct_multi: direct.map((x) =>
        x.map((_, lane) => {
          const last = x.slice(Math.max(0, lane - HORIZON + 1), lane + 1);
          return last.reduce((a, b) => a + b, 0) / last.length;
        }),
      ),
      recursive: PARAMETERS.map(([f, d]) =>
        Float64Array.from({ length: lanes }, (_, lane) => steps(f, d, feature(lane))),
      ),
    };
    let traded = 0;
    STRATEGIES.forEach((strategy, s) => {
      const combiner = new MemberCombiner(lanes, 3);
      const scorer = new ConfidenceScorer(lanes);
      const p = new Float64Array(lanes);
      const confidence = new Float64Array(lanes);
      const signal = new Int8Array(lanes);
      combiner.load(forecasts[strategy.predictionMethod]!, model.labels.slice(30, 320), HORIZON);
      combiner.combine(strategy.ensembleMethod, strategy.lookbackWindow, p);
      scorer.load(forecasts[strategy.predictionMethod]!);
      const calm = span.calm.get(strategy.lookbackWindow);
      if (calm === undefined) throw new Error('the span was not prepared for this lookback');
      scorer.score(p, calm, strategy.lookbackWindow, confidence);
      signals(p, confidence, span.roundTripCost, strategy.confidenceThreshold, signal);
      (['selection', 'holdout'] as const).forEach((window, w) => {
        const bounds = w === 0 ? { from: 0, to: 200 } : { from: 200, to: 290 };
        for (let segment = 0; segment <= TESTED.length; segment++) {
          const own = signal.map((x, lane) =>
            segment === ALL_BARS || regimeOf(SELECTION.from + lane) === TESTED[segment - 1] ? x : 0,
          );
          const plain = plainSimulation(own, span.market, HORIZON, bounds);
          const wanted = plainFigures(plain, span.barsPerYear[w]!);
          expect(largestDifference(figuresOf(table, s, window, segment), wanted)).toBeLessThan(1e-9);
        }
        traded += metricOf(table, s, window, ALL_BARS, 'trades');
      });
    });
    expect(traded).toBeGreaterThan(STRATEGIES.length * 4); // or the comparison would say little
  });

  test('a position from elsewhere blocks no entry in a regime', () => {
    // Alone in each regime, strategies find trades that they had no hands free for on all bars.
    const freed = STRATEGIES.filter((_, s) => {
      const trades = (segment: number) => metricOf(table, s, 'selection', segment, 'trades');
      return trades(1) + trades(2) > trades(ALL_BARS);
    });
    expect(freed.length).toBeGreaterThan(0);
  });

  test('strategies whose signals are the same share their figures', () => {
    const twice = [STRATEGIES[3]!, STRATEGIES[0]!, STRATEGIES[3]!];
    const doubled = new Evaluator(span, 3).evaluateStrategies(model, twice);
    const size = doubled.values.length / 3;
    expect(doubled.values.slice(2 * size)).toEqual(doubled.values.slice(0, size));
    expect(doubled.values.slice(0, size)).toEqual(table.values.slice(3 * size, 4 * size));
  });

  test('does not depend on the order of the strategies, nor on what was evaluated before', () => {
    const evaluator = new Evaluator(span, 3);
    const other = modelOf(candlesOf(walk([1, -2, 0.5, 0.7])));
    evaluator.evaluateStrategies(other, STRATEGIES);
    const reversed = evaluator.evaluateStrategies(model, STRATEGIES.toReversed());
    const rows = (values: Float64Array) => {
      const size = values.length / STRATEGIES.length;
      return STRATEGIES.map((_, s) => values.slice(s * size, (s + 1) * size));
    };
    expect(rows(reversed.values).toReversed()).toEqual(rows(table.values));
  });

  test('evaluateOne agrees with it bit for bit, and its trades with its bars', () => {
    const evaluator = new Evaluator(span, 3);
    const size = (1 + TESTED.length) * METRICS.length;
    STRATEGIES.forEach((strategy, s) => {
      const traces = evaluator.evaluateOne(model, strategy);
      expect(traces.map((t) => [t.window, t.firstRow, t.netReturn.length])).toEqual([
        ['selection', 30, 200],
        ['holdout', 230, 90],
      ]);
      traces.forEach((trace, w) => {
        expect(trace.metrics).toEqual(table.values.slice((2 * s + w) * size, (2 * s + w + 1) * size));
        for (const trade of trace.trades) {
          const held = trace.netReturn.slice(trade.entry - trace.firstRow, trade.exit - trace.firstRow);
          expect(held.reduce((a, b) => a + b, 0)).toBeCloseTo(trade.netReturn, 12);
          const signalBar = trade.entry - 1;
          expect(trace.signal[signalBar - trace.firstRow]).toBe(trade.direction);
          expect(trade.regime).toBe(regimeOf(signalBar));
        }
      });
    });
  });

  test('evaluateOne follows a strategy alone in a regime', () => {
    const evaluator = new Evaluator(span, 3);
    let followed = 0;
    STRATEGIES.forEach((strategy, s) => {
      TESTED.forEach((regime, r) => {
        for (const trace of evaluator.evaluateOne(model, strategy, 1 + r)) {
          const figures = figuresOf(table, s, trace.window, 1 + r);
          expect(trace.trades.every((trade) => trade.regime === regime)).toBe(true);
          expect(trace.trades.length).toBe(figures.trades);
          if (trace.trades.length === 0) continue;
          expect(Math.expm1(trace.netReturn.reduce((a, b) => a + b, 0))).toBeCloseTo(figures.totalReturn, 12);
          followed++;
        }
      });
    });
    expect(followed).toBeGreaterThan(20);
  });
});

test('each of any number of windows is simulated by itself, on the same predictions', () => {
  const ranges = [SELECTION, { from: 230, to: 270 }, { from: 280, to: 320 }];
  const model = modelOf(fixedCandles);
  const together = new Evaluator(spanOf(fixedCandles, ranges), 3);
  const table = together.evaluateStrategies(model, STRATEGIES);
  expect(table.windows).toEqual(NAMES);
  const size = table.values.length / STRATEGIES.length;
  STRATEGIES.forEach((strategy, s) => {
    const traces = together.evaluateOne(model, strategy);
    expect(traces.flatMap(({ metrics }) => [...metrics])).toEqual([
      ...table.values.slice(s * size, (s + 1) * size),
    ]);
    ranges.forEach((range, w) => {
      const [alone] = new Evaluator(spanOf(fixedCandles, [range]), 3).evaluateOne(model, strategy);
      expect({ ...alone, window: NAMES[w] }).toEqual(traces[w]);
      // Nothing that is entered in a window is left in the next one.
      for (const trade of traces[w]!.trades) expect(trade.exit).toBeLessThan(range.to);
    });
  });
});

test('a candle after t changes nothing that was known at t', () => {
  const walks = fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 40, maxLength: ROWS })
    .map((steps) => walk(steps));
  const known = (close: Float64Array, strategy: Strategy, t: number) => {
    const candles = candlesOf(close);
    const traces = new Evaluator(spanOf(candles), 3).evaluateOne(modelOf(candles), strategy);
    return traces.map(({ firstRow, forecast, confidence, signal }) => {
      const end = Math.max(0, t + 1 - firstRow);
      return [forecast.slice(0, end), confidence.slice(0, end), signal.slice(0, end)];
    });
  };
  fc.assert(
    fc.property(
      walks,
      walks,
      fc.oneof(
        fc.integer({ min: SELECTION.from, max: HOLDOUT.to - 1 }),
        fc.integer({ min: 4, max: 28 }).map((n) => SELECTION.from + 10 * n), // bars on which stacking is fitted
      ),
      fc.constantFrom(...STRATEGIES),
      (a, b, t, strategy) => {
        const changed = a.map((x, row) => (row <= t ? x : b[row]!));
        expect(known(changed, strategy, t)).toEqual(known(a, strategy, t));
      },
    ),
    { numRuns: 150 },
  );
});

describe('broken promises are named', () => {
  const span = spanOf(fixedCandles);
  const model = modelOf(fixedCandles);
  const strategy = STRATEGIES[0]!;
  const evaluate = (changes: Partial<EvaluatedModel>, s: Strategy = strategy) =>
    new Evaluator(span, 3).evaluateStrategies({ ...model, ...changes }, [s]);

  test('a number of members other than the evaluator was made for', () => {
    expect(() => evaluate({ members: MEMBERS.slice(1) })).toThrow(/model of 3 members, found 2/);
  });

  test('an unknown outcome in the middle of the span', () => {
    const labels = model.labels.slice();
    labels[100] = NaN;
    expect(() => evaluate({ labels })).toThrow(/known outcome at row 100.*found NaN/);
  });

  test('a recursive strategy without a rollout', () => {
    const recursive = { ...strategy, predictionMethod: 'recursive' } as const;
    const { rollout: _, ...without } = model;
    expect(() => new Evaluator(span, 3).evaluateStrategies(without, [recursive])).toThrow(/feature rollout/);
  });

  test('a lookback window the span was not prepared for', () => {
    expect(() => evaluate({}, { ...strategy, lookbackWindow: 77 })).toThrow(/\(25, 60\), found 77/);
  });

  test.each([
    ['overlap', [SELECTION, { from: 229, to: 320 }]],
    ['begin before the first prediction', [{ from: 29, to: 230 }, HOLDOUT]],
    ['end after the last one', [SELECTION, { from: 230, to: 321 }]],
    ['run backwards', [{ from: 230, to: 30 }, HOLDOUT]],
  ])('windows that %s', (_, ranges) => {
    expect(() => spanOf(fixedCandles, ranges)).toThrow(
      /^Expected window (selection|holdout) within rows \d+ to 320, found rows/,
    );
  });
});
