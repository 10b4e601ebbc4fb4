import { describe, expect, test } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { tradingDay } from '../market/time/calendar.ts';
import { returnLabels } from '../targets/return-label.ts';
import type { EvaluatedModel } from './evaluated-model.ts';
import { Evaluator } from './evaluation.ts';
import { prepareSpan } from './evaluation-span.ts';
import { ALL_BARS, rowIndex } from './evaluation-table.ts';
import { BLOCKS, type Observed, SumsRecorder } from './observer.ts';

const HORIZON = 4;
const CANDLES = randomCandles(700);
const REGIMES = ['up', 'down', 'unclassified'];
const STRATEGIES = strategyGrid({
  predictionMethods: ['direct', 'direct_multi'],
  ensembleMethods: ['mean'],
  confidenceThresholds: [0.1, 0.4],
  lookbackWindows: [30],
});
const change = CANDLES.close.map((x, i) => (i === 0 ? 0 : Math.log(x / CANDLES.close[i - 1]!)));
// 299 and 141 bars: neither is a multiple of the number of blocks, and both begin within a day.
const SPAN = prepareSpan({
  candles: CANDLES,
  rows: { from: 105, to: 545 },
  windows: [
    { name: 'selection', from: 105, to: 404, end: CANDLES.time[404]! },
    { name: 'holdout', from: 404, to: 545, end: CANDLES.time[545]! },
  ],
  costs: {
    spreadPips: 0.1,
    slippagePips: 0,
    commissionPerSide: 0.000003,
    swapLongPips: 0.2,
    swapShortPips: 0.1,
  },
  regimes: {
    names: REGIMES,
    labels: Uint8Array.from(change, (r) => (r > 0.0002 ? 0 : r < -0.0002 ? 1 : 2)),
  },
  lookbackWindows: [30],
});
const MODEL: EvaluatedModel = {
  members: [3, -2].map((factor) => ({
    predict(columns, from, count, out) {
      for (let i = 0; i < count; i++) out[i] = factor * columns[0]![from + i]!;
    },
  })),
  horizon: HORIZON,
  columns: [change],
  labels: returnLabels(CANDLES, HORIZON),
};

/** A result with its sums copied: they hold during the call only. */
function observeAll() {
  const seen: Observed[] = [];
  const table = new Evaluator(SPAN, 2).evaluateStrategies(MODEL, STRATEGIES, {
    observe({ sums, ...result }) {
      seen.push({ ...result, sums: structuredClone(sums) });
    },
  });
  return { seen, table };
}

const sumOf = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const metric = ({ values, row }: Observed, name: (typeof METRICS)[number]) =>
  values[row + METRICS.indexOf(name)]!;

describe('an observer', () => {
  const { seen, table } = observeAll();

  test('changes no figure', () => {
    expect(table).toEqual(new Evaluator(SPAN, 2).evaluateStrategies(MODEL, STRATEGIES));
  });

  test('is told of each strategy, window and segment once, with its figures', () => {
    const { regimeNames, values } = table;
    const expected = STRATEGIES.flatMap((_, strategy) =>
      [0, 1].flatMap((window) =>
        [ALL_BARS, ...regimeNames.map((_, r) => 1 + r)].map((segment) => ({
          strategy,
          window,
          segment,
          row: rowIndex(regimeNames.length, strategy, window) + segment * METRICS.length,
        })),
      ),
    );
    expect(seen.map(({ strategy, window, segment, row }) => ({ strategy, window, segment, row }))).toEqual(
      expected,
    );
    for (const result of seen) expect(result.values).toBe(values);
  });

  test('gets the sums of the net returns by market day and by block', () => {
    for (const { strategy, window, segment, sums } of seen) {
      if (segment !== ALL_BARS) continue;
      const traces = new Evaluator(SPAN, 2).evaluateOne(MODEL, STRATEGIES[strategy]!);
      const { firstRow, netReturn } = traces[window]!;
      const bars = netReturn.length;
      const byDay = new Map<number, number>();
      const byBlock = new Float64Array(BLOCKS);
      netReturn.forEach((net, i) => {
        const day = tradingDay(CANDLES.time[firstRow + i]!);
        byDay.set(day, (byDay.get(day) ?? 0) + net);
        for (let b = 0; b < BLOCKS; b++) {
          if (i >= Math.ceil((b * bars) / BLOCKS) && i < Math.ceil(((b + 1) * bars) / BLOCKS))
            byBlock[b]! += net;
        }
      });
      expect([...sums.days]).toEqual([...byDay.keys()]);
      [...byDay.values()].forEach((sum, d) => void expect(sums.byDay[d]).toBeCloseTo(sum, 14));
      byBlock.forEach((sum, b) => void expect(sums.byBlock[b]).toBeCloseTo(sum, 14));
      expect(sums.squares).toBeCloseTo(sumOf(netReturn.map((net) => net * net)), 14);
      expect(sumOf(sums.blockSquares)).toBeCloseTo(sums.squares, 14);
      expect(sums.cubes).toBeCloseTo(sumOf(netReturn.map((net) => net ** 3)), 16);
      expect(sums.fourths).toBeCloseTo(sumOf(netReturn.map((net) => net ** 4)), 18);
      expect(sums.bars).toBe(bars);
    }
  });

  test('gets sums that make the figures of each segment', () => {
    let traded = 0;
    for (const result of seen) {
      const { byDay, byBlock, squares } = result.sums;
      const total = sumOf(byDay);
      expect(sumOf(byBlock)).toBeCloseTo(total, 13);
      if (metric(result, 'trades') === 0) {
        expect([total, squares]).toEqual([0, 0]);
        continue;
      }
      traded++;
      expect(Math.expm1(total)).toBeCloseTo(metric(result, 'totalReturn'), 13);
      expect(squares).toBeGreaterThan(0);
    }
    expect(traded).toBeGreaterThan(20);
  });
});

test('is told only of the windows that it wants, and of strategies that repeat an earlier one', () => {
  const seen: number[] = [];
  const repeated: [number, number][] = [];
  const twice = [STRATEGIES[0]!, STRATEGIES[1]!, STRATEGIES[1]!];
  new Evaluator(SPAN, 2).evaluateStrategies(MODEL, twice, {
    windows: [1],
    observe: ({ window }) => void seen.push(window),
    repeats: (strategy, earlier) => void repeated.push([strategy, earlier]),
  });
  expect(new Set(seen)).toEqual(new Set([1]));
  expect(repeated).toContainEqual([2, 1]);
});

test('an empty window has no days', () => {
  const recorder = new SumsRecorder(
    Int32Array.of(7, 7, 8),
    [
      { from: 0, to: 3 },
      { from: 3, to: 3 },
    ],
    1,
  );
  recorder.segments[0]!.add(2, -3);
  expect(recorder.sums(0, 0)).toMatchObject({ days: Int32Array.of(7, 8), byDay: Float64Array.of(0, -3) });
  recorder.clear();
  expect(recorder.sums(1, 0)).toMatchObject({ days: Int32Array.of(), squares: 0, bars: 0 });
});
