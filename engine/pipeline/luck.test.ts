import { describe, expect, test } from 'vitest';
import { strategyGrid } from '../inference/strategy-grid.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { marketDay } from '../market/time/day-start.ts';
import { noCoinMaxima, raiseCoinMaxima } from '../statistics/coin-maxima.ts';
import { tossCoins } from '../statistics/coins.ts';
import { addStandardized, noStandardizedSum } from '../statistics/effective-tries.ts';
import { momentsOf } from '../statistics/moments.ts';
import { returnLabels } from '../targets/return-label.ts';
import type { EvaluatedModel } from './evaluated-model.ts';
import { Evaluator } from './evaluation.ts';
import { prepareSpan } from './evaluation-span.ts';
import { metricOf } from './evaluation-table.ts';
import { LuckMeter, SAMPLE_WIDTH, shapeIn } from './luck.ts';
import { BLOCKS } from './observer.ts';
import type { StrategyTrace } from './strategy-trace.ts';

const HORIZON = 4;
const MIN_TRADES = 6;
const CANDLES = randomCandles(900);
const change = CANDLES.close.map((x, i) => (i === 0 ? 0 : Math.log(x / CANDLES.close[i - 1]!)));
const STRATEGIES = strategyGrid({
  predictionMethods: ['direct', 'direct_multi'],
  ensembleMethods: ['mean', 'weighted'],
  confidenceThresholds: [0.1, 0.4, 0.9],
  lookbackWindows: [30],
});
const SPAN = prepareSpan({
  candles: CANDLES,
  rows: { from: 105, to: 845 },
  windows: [
    { name: 'selection', from: 105, to: 704, end: CANDLES.time[704]! },
    { name: 'holdout', from: 704, to: 845, end: CANDLES.time[845]! },
  ],
  costs: { spreadPips: 0.1, slippagePips: 0, commissionPerSide: 0, swapLongPips: 0.2, swapShortPips: 0.1 },
  regimes: {
    names: ['up', 'down', 'never', 'unclassified'],
    labels: Uint8Array.from(change, (r) => (r > 0.0002 ? 0 : r < -0.0002 ? 1 : 3)),
  },
  dayStart: 'utc',
  lookbackWindows: [30],
});

const modelOf = (...factors: number[]): EvaluatedModel => ({
  members: factors.map((factor) => ({
    predict(columns, from, count, out) {
      for (let i = 0; i < count; i++) out[i] = factor * columns[0]![from + i]!;
    },
  })),
  horizon: HORIZON,
  columns: [change],
  labels: returnLabels(CANDLES, HORIZON),
});

function measured(meter: LuckMeter, evaluator: Evaluator, model: EvaluatedModel) {
  meter.begin(STRATEGIES.length);
  const table = evaluator.evaluateStrategies(model, STRATEGIES, meter);
  return { table, luck: meter.take() };
}

/** Day sums of the selection window, as a chart of the strategy alone in the scope has its bars. */
function daySums({ netReturn, firstRow }: StrategyTrace): Map<number, number> {
  const sums = new Map<number, number>();
  netReturn.forEach((net, i) => {
    const day = marketDay(CANDLES.time[firstRow + i]!, 'utc');
    sums.set(day, (sums.get(day) ?? 0) + net);
  });
  return sums;
}

describe('the luck of a cell', () => {
  const evaluator = new Evaluator(SPAN, 2);
  const meter = new LuckMeter('EURUSD', SPAN, 0, MIN_TRADES);
  const model = modelOf(3, -2);
  measured(meter, evaluator, modelOf(-1, -5));
  const { table, luck } = measured(meter, evaluator, model);

  test('costs no figure anything, and nothing of the model before is left', () => {
    expect(table).toEqual(new Evaluator(SPAN, 2).evaluateStrategies(model, STRATEGIES));
    expect(luck).toEqual(measured(new LuckMeter('EURUSD', SPAN, 0, MIN_TRADES), evaluator, model).luck);
  });

  test('is what the bars of each strategy alone in each scope come to', () => {
    let tried = 0;
    for (const [scope, { count, maxima, standardized, sample, sharpeSum }] of luck.scopes.entries()) {
      const seen = new Map<string, number>();
      const all = STRATEGIES.map((strategy, s) => {
        const trace = new Evaluator(SPAN, 2).evaluateOne(model, strategy, scope)[0]!;
        const sums = daySums(trace);
        expect([...sums.keys()]).toEqual([...luck.days]);
        const denominator = Math.sqrt(trace.netReturn.reduce((sum, net) => sum + net * net, 0));
        const trades = metricOf(table, s, 'selection', scope, 'trades');
        const text = [...sums.values()].map((x) => x.toFixed(12)).join();
        const isTried = trades >= MIN_TRADES && !seen.has(text);
        if (isTried) seen.set(text, s);
        const score = [...sums.values()].reduce((a, b) => a + b, 0) / denominator;
        if (trades > 0) {
          const { skewness, kurtosis } = momentsOf(trace.netReturn)!;
          expect(shapeIn(luck, s, scope, 'score')).toBeCloseTo(score, 9);
          expect(shapeIn(luck, s, scope, 'skewness')).toBeCloseTo(skewness, 6);
          expect(shapeIn(luck, s, scope, 'kurtosis')).toBeCloseTo(kurtosis, 5);
        } else expect(shapeIn(luck, s, scope, 'score')).toBeNaN();
        return {
          sums: [...sums.values()],
          denominator: isTried ? denominator : 0,
          netReturn: trace.netReturn,
        };
      });
      expect(count).toBe(seen.size);
      tried += count;
      if (count === 0) {
        expect(maxima).toHaveLength(0);
        continue;
      }
      const plain = noCoinMaxima(500);
      const wanted = noStandardizedSum(luck.days.length);
      raiseCoinMaxima(
        tossCoins('EURUSD', luck.days),
        Float64Array.from(all.flatMap(({ sums }) => sums)),
        Float64Array.from(all, ({ denominator }) => denominator),
        plain,
        new Float64Array(all.length),
      );
      plain.forEach((highest, coin) => void expect(maxima[coin]).toBeCloseTo(highest, 8));
      for (const s of seen.values()) addStandardized(wanted, Float64Array.from(all[s]!.sums), 1);
      expect(standardized.count).toBe(wanted.count);
      standardized.sum.forEach((z, day) => void expect(z).toBeCloseTo(wanted.sum[day]!, 4));
      const sharpes = [...seen.values()].map((s) => metricOf(table, s, 'selection', scope, 'sharpe'));
      expect(sharpeSum).toBeCloseTo(
        sharpes.reduce((a, b) => a + b, 0),
        1,
      );
      // Kept in single precision.
      [...seen.values()].forEach((s, k) => {
        const { netReturn } = all[s]!;
        const own = sample.subarray(k * SAMPLE_WIDTH, (k + 1) * SAMPLE_WIDTH);
        expect(own[0]).toBe(s);
        for (let block = 0; block < BLOCKS; block++) {
          const from = Math.ceil((block * netReturn.length) / BLOCKS);
          const bars = netReturn.subarray(from, Math.ceil(((block + 1) * netReturn.length) / BLOCKS));
          expect(own[1 + block]).toBeCloseTo(
            bars.reduce((a, b) => a + b, 0),
            8,
          );
          expect(own[1 + BLOCKS + block]).toBeCloseTo(
            bars.reduce((a, b) => a + b * b, 0),
            10,
          );
        }
      });
    }
    expect(tried).toBeGreaterThan(8);
    expect(luck.scopes.map(({ count }) => count > 0)).toEqual([true, true, true, false]);
  });

  test('asks for so many trades, and for those that trade alike once', () => {
    const strict = measured(new LuckMeter('EURUSD', SPAN, 0, 1000), evaluator, model);
    expect(strict.luck.scopes.map(({ count, maxima }) => count + maxima.length)).toEqual([0, 0, 0, 0]);
    expect(luck.scopes[0]!.count).toBeLessThan(STRATEGIES.length);
    expect(strict.luck.shapes).toEqual(luck.shapes);
  });
});
