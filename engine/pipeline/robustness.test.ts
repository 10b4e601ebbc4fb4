import { describe, expect, test } from 'vitest';
import { RandomEntries } from '../backtest/random-entries.ts';
import type { SimulationMarket } from '../backtest/simulator.ts';
import { type PlainSimulation, plainFigures, plainSimulation } from '../backtest/testing/plain-figures.ts';
import { TradeList } from '../backtest/trade-list.ts';
import type { Configuration } from '../contract/configuration.ts';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import { neighborsOf } from '../inference/neighbors.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { modelType } from '../models/catalog.ts';
import { decodeModelFile } from '../models/codec.ts';
import { createPrng } from '../random/prng.ts';
import { runCell } from './cell.ts';
import { type BatchContext, createContext, testedRegime } from './context.ts';
import { ALL_BARS } from './evaluation-table.ts';
import { type RobustnessJob, testRobustness } from './robustness.ts';
import { hourlyContext } from './testing/hourly-context.ts';
import { windowsBefore } from './windows.ts';

const CANDLES = randomCandles(6000, 'H1', 3);
const { training, evaluation } = windowsBefore(
  CANDLES.time.at(-1)! + 3_600_000,
  { holdoutDays: 10, selectionDays: 60 },
  60,
);
const HORIZON = 6;
const CONFIGURATION: Configuration = {
  modelType: 'ridge',
  encoder: 'normalized',
  symbol: 'EURUSD',
  timeframe: 'H1',
  daysHistory: 60,
  horizon: HORIZON,
  target: 'return',
  indicatorTimeframes: defaultIndicatorTimeframes('H1'),
  hyperparameters: { alpha: 1 },
};
const STRATEGIES = {
  predictionMethods: ['direct', 'recursive'],
  ensembleMethods: ['mean', 'weighted'],
  confidenceThresholds: [0, 0.3, 0.5],
  lookbackWindows: [50, 100],
} as const;
/** A broker that pays for holding short. */
const COSTS = {
  spreadPips: 0.2,
  slippagePips: 0.1,
  commissionPerSide: 0.000005,
  swapLongPips: 0.3,
  swapShortPips: -0.2,
};

/** `factor`: of what the data says of spreads. */
const contextWith = (costs: typeof COSTS, factor = 1): BatchContext =>
  createContext(
    hourlyContext({
      candles: { ...CANDLES, spread: CANDLES.spread.map((spread) => factor * spread) },
      evaluation,
      days: 60,
      strategies: STRATEGIES,
      settings: { costs },
    }),
  );
const CONTEXT = contextWith(COSTS);
const SECOND = contextWith(COSTS);
/** Where all costs are so many times as high, but for what the broker pays. */
const DEARER = [1.5, 2].map((factor) => {
  const dearer = contextWith(
    {
      spreadPips: factor * COSTS.spreadPips,
      slippagePips: factor * COSTS.slippagePips,
      commissionPerSide: factor * COSTS.commissionPerSide,
      swapLongPips: factor * COSTS.swapLongPips,
      swapShortPips: COSTS.swapShortPips,
    },
    factor,
  );
  return dearer.tested.market;
});
const MODEL = runCell(CONTEXT, {
  index: 0,
  configuration: CONFIGURATION,
  training,
  configHash: 'c',
  trainingKey: 'key',
}).artifact;

const jobOf = (change: Partial<RobustnessJob> = {}): RobustnessJob => ({
  model: MODEL,
  file: 'model',
  strategyIndex: 4,
  alone: 'calm_ranging',
  score: { metric: 'sharpe', breakEven: 0 },
  seed: 7,
  ...change,
});

const WINDOW = CONTEXT.tested.windows[0]!;
const MARKET = CONTEXT.tested.market;

/** What a strategy of the model does, in a context of its own. */
function traced(strategyIndex: number, alone: string | null) {
  const context = SECOND;
  const members = decodeModelFile(MODEL, 'model').members.map((bytes) => modelType('ridge').decode(bytes));
  const { columns } = context.features.matrix;
  const model = {
    members,
    horizon: HORIZON,
    columns,
    labels: context.labels(HORIZON),
    rollout: context.rollout,
  };
  const segment = alone === null ? ALL_BARS : 1 + testedRegime(context, alone);
  return context.evaluator.evaluateOne(model, context.strategies[strategyIndex]!, segment)[0]!;
}

function simulated(signal: Int8Array, market: SimulationMarket = MARKET): PlainSimulation {
  const lanes = new Int8Array(CONTEXT.tested.lanes);
  lanes.set(signal, WINDOW.from);
  return plainSimulation(lanes, market, HORIZON, WINDOW);
}

const sharpeOf = (simulation: Pick<PlainSimulation, 'bars' | 'results' | 'stakes'>) =>
  plainFigures(simulation, CONTEXT.tested.barsPerYear[0]!).sharpe;

/** Each figure again, from the signals of the strategy, on lists. */
describe.each([
  [4, 'calm_ranging'],
  [4, null],
  [13, 'volatile_ranging'],
] as const)('strategy %d in %s', (strategyIndex, alone) => {
  const { signal, confidence } = traced(strategyIndex, alone);
  const own = simulated(signal);
  const report = testRobustness(CONTEXT, jobOf({ strategyIndex, alone }));

  test('its own score is that of the selection window', () => {
    expect(report.modelKey).toBe('key');
    expect(own.trades.length).toBeGreaterThan(20);
    expect(report.own.trades).toBe(own.trades.length);
    expect(report.own.score).toBeCloseTo(sharpeOf(own), 9);
  });

  test('neighbors are strategies of the grid, each tested by itself', () => {
    const grid = CONTEXT.strategies;
    const scores = neighborsOf(grid[strategyIndex]!, STRATEGIES).map(({ axis, strategy }, k) => {
      const index = grid.findIndex((one) => JSON.stringify(one) === JSON.stringify(strategy));
      const other = simulated(traced(index, alone).signal);
      const score = sharpeOf(other);
      expect(report.neighbors[k]).toEqual({
        axis,
        value: strategy[axis],
        score: expect.closeTo(score, 9),
        trades: other.trades.length,
      });
      return score;
    });
    expect(report.neighbors).toHaveLength(scores.length);
    const ascending = scores.sort((a, b) => a - b);
    const middle = (scores.length - 1) / 2;
    const median = (ascending[Math.floor(middle)]! + ascending[Math.ceil(middle)]!) / 2;
    expect(report.neighborMedian).toBeCloseTo(median, 9);
  });

  test('dearer fills and nights cost the same trades more; what is paid for a night stays', () => {
    [0, 1].forEach((k) => {
      const score = sharpeOf(simulated(signal, DEARER[k]));
      expect(report.costs[k]).toEqual({ score: expect.closeTo(score, 9), trades: own.trades.length });
    });
    const [more, most] = report.costs;
    expect(more!.score).toBeLessThan(report.own.score);
    expect(most!.score).toBeLessThan(more!.score);
  });

  test('one bar late is each signal given a bar later', () => {
    const late = simulated(Int8Array.from([0, ...signal.slice(0, -1)]));
    expect(report.late).toEqual({
      score: expect.closeTo(sharpeOf(late), 9),
      trades: late.trades.length,
    });
  });

  test('without the best twentieth of its trades those bars are flat', () => {
    const best = own.results
      .map((result, k) => ({ result, k }))
      .sort((a, b) => b.result - a.result)
      .slice(0, Math.ceil(own.results.length / 20))
      .map(({ k }) => k);
    const score = sharpeOf(without(own, new Set(best)));
    expect(report.withoutBest).toEqual({
      score: expect.closeTo(score, 9),
      trades: own.trades.length - best.length,
    });
    expect(score).toBeLessThan(report.own.score);
  });

  test('random sets are entered where the strategy could have been, and cost what it cost', () => {
    const allowed = Uint8Array.from({ length: CONTEXT.tested.lanes }, (_, lane) => {
      const bar = lane - 1 - WINDOW.from;
      const isRegime = alone === null || CONTEXT.tested.regimeNames[MARKET.regimeAtOpen[lane]!] === alone;
      return bar >= 0 && lane < WINDOW.to && isRegime && confidence[bar]! >= 0 ? 1 : 0;
    });
    for (const { entry } of own.trades) expect(allowed[entry]).toBe(1);
    const trades = listOf(own);
    const random = new RandomEntries(trades, allowed, WINDOW, createPrng(7));
    const drawn = new TradeList(CONTEXT.tested.lanes);
    const scores = Array.from({ length: 1000 }, () => {
      random.draw(drawn);
      return bookedSharpe(drawn);
    });
    const ownScore = sharpeOf(own);
    const below = scores.filter((score) => score < ownScore).length;
    expect(report.random.sets).toBe(1000);
    expect(report.random.percentile).toBeCloseTo(below / 1000, 3);
    scores.sort((a, b) => a - b);
    [0.05, 0.25, 0.5, 0.75, 0.95].forEach((part, k) => {
      const place = part * 999;
      const [low, high] = [scores[Math.floor(place)]!, scores[Math.ceil(place)]!];
      expect(report.random.quantiles[k]).toBeCloseTo(low + (place % 1) * (high - low), 8);
    });
  });
});

test('the same seed gives the same sets whatever was tested before, another one others', () => {
  const first = testRobustness(SECOND, jobOf());
  expect(testRobustness(CONTEXT, jobOf())).toEqual(first);
  const other = testRobustness(CONTEXT, jobOf({ seed: 8 }));
  expect(other.random.quantiles).not.toEqual(first.random.quantiles);
  expect({ ...other, random: null }).toEqual({ ...first, random: null });
});

test('the score is the one that champions are chosen by; what has none counts as break-even', () => {
  const score = { metric: 'composite', breakEven: 0.5 } as const;
  const { own, random } = testRobustness(CONTEXT, jobOf({ score }));
  expect(own.score).toBeGreaterThan(0);
  expect(own.score).toBeLessThan(1);
  expect(random.quantiles[2]).toBeGreaterThan(0.2);
  // At costs that nothing is worth there is no trade, for whichever strategy, and no set but that without one.
  const idle = testRobustness(contextWith({ ...COSTS, commissionPerSide: 1 }), jobOf({ score }));
  expect(idle.own).toEqual({ score: Number.NaN, trades: 0 });
  expect(idle.neighbors.every(({ trades }) => trades === 0)).toBe(true);
  expect(idle.neighborMedian).toBe(0.5);
  expect(idle.random).toEqual({ sets: 1000, percentile: 0.5, quantiles: Array(5).fill(0.5) });
});

function without({ trades, bars, results, stakes }: PlainSimulation, gone: ReadonlySet<number>) {
  const left = <T>(list: readonly T[]) => list.filter((_, k) => !gone.has(k));
  const flat = bars.map((bar, i) => {
    const holder = trades.findIndex(({ entry, exit }) => entry <= WINDOW.from + i && WINDOW.from + i < exit);
    return gone.has(holder) ? { net: 0, position: 0 } : bar;
  });
  return { bars: flat, results: left(results), stakes: left(stakes) };
}

function listOf({ trades }: PlainSimulation): TradeList {
  const list = new TradeList(CONTEXT.tested.lanes);
  trades.forEach(({ entry, exit, direction }, k) => {
    list.entry[k] = entry;
    list.exit[k] = exit;
    list.direction[k] = direction;
  });
  list.count = trades.length;
  return list;
}

/** Of a list of trades, bar by bar. */
function bookedSharpe({ count, entry, exit, direction }: TradeList): number {
  const bars = new Float64Array(WINDOW.to - WINDOW.from);
  for (let k = 0; k < count; k++) {
    for (let lane = entry[k]!; lane < exit[k]!; lane++) {
      const gross = direction[k] === 1 ? MARKET.long[lane]! : MARKET.short[lane]!;
      const atEntry = lane === entry[k] ? MARKET.costPerSide[lane]! : 0;
      const atExit = lane === exit[k]! - 1 ? MARKET.costPerSide[exit[k]!]! : 0;
      bars[lane - WINDOW.from] = gross - atEntry - atExit;
    }
  }
  const mean = bars.reduce((sum, r) => sum + r, 0) / bars.length;
  const variance = bars.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (bars.length - 1);
  return (mean / Math.sqrt(variance)) * Math.sqrt(CONTEXT.tested.barsPerYear[0]!);
}
