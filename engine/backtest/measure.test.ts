import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureTrades } from './measure.ts';
import { METRICS } from './metrics.ts';
import { maskWords, SignalLists } from './signal-lists.ts';
import { Simulation, type SimulationMarket, simulate } from './simulator.ts';
import { type Figures, largestDifference, plainFigures, plainSimulation } from './testing/plain-figures.ts';
import { listTrades, TradeList } from './trade-list.ts';

const LANES = 90;
const REGIMES = 2;
const PER_YEAR = 6240;

function figuresAt(out: Float64Array, row: number): Figures {
  const values = out.subarray(row * METRICS.length, (row + 1) * METRICS.length);
  return Object.fromEntries(METRICS.map((name, m) => [name, values[m]])) as Figures;
}

const fraction = fc.integer({ min: -500, max: 500 }).map((x) => x / 10_000);
const column = fc.array(fraction, { minLength: LANES, maxLength: LANES });
const randomMarket = fc
  .record({ openReturn: column, costs: column, stakes: column, swap: column })
  .map(({ openReturn, costs, stakes, swap }) => ({
    long: Float64Array.from(openReturn, (r, i) => r - swap[i] / 100),
    short: Float64Array.from(openReturn, (r, i) => -r + swap[i] / 200),
    // Never a multiple of what the returns are: results that cancel out but for rounding are no example.
    costPerSide: Float64Array.from(costs, (c) => Math.abs(c) / 100 + Math.SQRT2 * 1e-7),
    stake: Float64Array.from(stakes, (s) => 0.001 + Math.abs(s) / 10),
  }));

/** Forecasts that are signals themselves, of any confidence. */
function listsOf(signal: Int8Array, regimeAtOpen: Uint8Array, window: { from: number; to: number }) {
  const lists = new SignalLists(window, REGIMES);
  lists.gather({
    forecast: Float64Array.from(signal),
    confidence: new Float64Array(signal.length),
    roundTripCost: new Float64Array(signal.length),
    regimeAtOpen,
  });
  lists.select(0, new Int32Array(maskWords(signal.length)));
  return lists;
}

test('going from signal to signal gives what going from bar to bar gives, in every regime', () => {
  const trades = new TradeList(LANES); // reused: nothing of an earlier run may show
  const simulation = new Simulation(LANES);
  fc.assert(
    fc.property(
      randomMarket,
      fc.array(fc.constantFrom(-1, 0, 0, 1), { minLength: LANES, maxLength: LANES }),
      // One regime more than is tested: the unclassified rest.
      fc.array(fc.nat(REGIMES), { minLength: LANES, maxLength: LANES }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(30),
      fc.integer({ min: 2, max: 60 }),
      (columns, signals, regimes, horizon, from, length) => {
        const market: SimulationMarket = { ...columns, regimeAtOpen: Uint8Array.from(regimes) };
        const window = { from, to: from + length };
        const signal = Int8Array.from(signals);
        const out = new Float64Array((1 + REGIMES) * METRICS.length);
        const lists = listsOf(signal, market.regimeAtOpen, window);
        for (let list = 0; list <= REGIMES; list++) {
          listTrades(lists.signals[list], lists.counts[list], horizon, window, trades);
          measureTrades(trades, market, { bars: length, barsPerYear: PER_YEAR }, out, list * METRICS.length);

          const flat = signal.map((s, lane) => (list === 0 || regimes[lane + 1] === list - 1 ? s : 0));
          const plain = plainSimulation(flat, market, horizon, window);
          expect(largestDifference(figuresAt(out, list), plainFigures(plain, PER_YEAR))).toBeLessThan(1e-9);

          simulate(flat, market, horizon, window, simulation);
          expect(simulation.trades).toBe(trades.count);
          for (let k = 0; k < trades.count; k++) {
            expect([trades.entry[k], trades.exit[k], trades.direction[k], trades.net[k]]).toEqual([
              simulation.entry[k],
              simulation.exit[k],
              simulation.direction[k],
              simulation.tradeReturn[k],
            ]);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

/** Trades of one bar each with these results, before them a flat bar; stakes of 1 %. */
function figuresOf(
  results: readonly number[],
  bars = results.length + 1,
  perYear = 260,
  stake = 0.01,
): Figures {
  const lanes = Math.max(bars, results.length + 1);
  const market: SimulationMarket = {
    long: Float64Array.from({ length: lanes }, (_, i) => results[i - 1] ?? 0),
    short: new Float64Array(lanes),
    costPerSide: new Float64Array(lanes),
    stake: new Float64Array(lanes).fill(stake),
    regimeAtOpen: new Uint8Array(lanes),
  };
  const trades = new TradeList(lanes);
  results.forEach((_, k) => {
    trades.entry[k] = k + 1;
    trades.exit[k] = k + 2;
    trades.direction[k] = 1;
  });
  trades.count = results.length;
  const out = new Float64Array(METRICS.length);
  measureTrades(
    trades,
    { ...market, costPerSide: new Float64Array(lanes + 1) },
    { bars, barsPerYear: perYear },
    out,
    0,
  );
  return figuresAt(out, 0);
}

describe('what is not defined', () => {
  test('without a trade nothing is, but that there was none', () => {
    const { trades, ...others } = figuresOf([], 50);
    expect(trades).toBe(0);
    expect(new Set(Object.values(others))).toEqual(new Set([Number.NaN]));
  });

  test('a ratio whose denominator is 0', () => {
    expect(figuresOf([0.01, 0.02])).toMatchObject({
      profitFactor: Number.NaN,
      sortino: Number.NaN,
      calmar: Number.NaN,
      averageLoss: Number.NaN,
      maxDrawdown: 0,
      winRate: 1,
      longestLosingStreak: 0,
    });
    expect(figuresOf([-0.01]).averageWin).toBeNaN();
  });

  test('the Sharpe ratio of returns that do not vary, and its error', () => {
    // One trade on every bar of the window.
    for (const [result, bars] of [
      [0.001, 40],
      [0.003, 7], // their variance comes out as little more than 0
      [0.01, 10],
    ] as const) {
      const same = figuresOf(Array<number>(bars).fill(result), bars);
      expect([same.sharpe, same.sharpeError]).toEqual([Number.NaN, Number.NaN]);
    }
    expect(figuresOf([0, 0]).sharpe).toBeNaN();
    // Returns that differ in their sixth digit do vary.
    const close = Array.from({ length: 40 }, (_, i) => 0.01 + (i % 2) * 1e-7);
    expect(figuresOf(close, 40, 1).sharpe / (0.01 / 5e-8)).toBeCloseTo(1, 1);
  });

  test('what is figured per stake, where a trade had none', () => {
    const results = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? -0.01 : 0.01));
    const { kelly, kellyError, scoreStake, composite, sharpe } = figuresOf(results, 31, 260, 0);
    expect([kelly, kellyError, scoreStake, composite]).toEqual(Array(4).fill(Number.NaN));
    expect(sharpe).toBeGreaterThan(0);
  });

  test('a Kelly fraction of fewer than 30 trades', () => {
    const results = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? -0.01 : 0.01));
    expect(figuresOf(results.slice(1)).kelly).toBeNaN();
    // Ten losses and twenty gains of one stake each: mean 1/3, mean square 1.
    expect(figuresOf(results).kelly).toBeCloseTo(1 / 3, 12);
    expect(figuresOf(results).kellyError).toBeCloseTo(1 / Math.sqrt(30), 12);
  });
});

describe('the error of a Sharpe ratio', () => {
  test('is that of the length of the window where trades are many', () => {
    const many = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 0.011 : -0.01));
    expect(figuresOf(many, 800).sharpeError).toBeCloseTo(Math.sqrt(260 / 800), 3);
  });

  test('is sharpe / t where that is larger', () => {
    const lucky = Array.from({ length: 12 }, (_, i) => 0.01 + i / 10_000);
    const { sharpe, sharpeError } = figuresOf(lucky, 15);
    const t = lucky.reduce((a, b) => a + b) / Math.sqrt(lucky.reduce((a, b) => a + b * b, 0));
    expect(sharpeError).toBeCloseTo(sharpe / t, 9);
    expect(sharpeError).toBeGreaterThan(Math.sqrt(260 / 15));
  });

  test('is the former where results cancel out', () => {
    const even = [0.01, -0.01, 0.02, -0.02];
    expect(figuresOf(even, 100).sharpeError).toBe(Math.sqrt(260) / 10);
    // Of four bars each, which are worth twice as much together as apart.
    const long = Float64Array.from({ length: 100 }, (_, i) => (i < 8 ? (i < 4 ? 0.25 : -0.25) : 0));
    const trades = new TradeList(100);
    [0, 4].forEach((entry, k) => {
      trades.entry[k] = entry;
      trades.exit[k] = entry + 4;
      trades.direction[k] = 1;
    });
    trades.count = 2;
    const out = new Float64Array(METRICS.length);
    const none = new Float64Array(100);
    const stake = none.map(() => 0.01);
    const market = { long, short: none, costPerSide: none, stake, regimeAtOpen: new Uint8Array(100) };
    measureTrades(trades, market, { bars: 100, barsPerYear: 260 }, out, 0);
    expect(figuresAt(out, 0)).toMatchObject({ sharpe: 0, sharpeError: Math.sqrt(260) / 10 });
  });
});

test('bars without a position count: the same trades in a window of twice the length', () => {
  const results = [0.01, -0.004, 0.006, 0.002];
  const short = figuresOf(results, 100);
  const long = figuresOf(results, 200);
  expect(long.exposure).toBeCloseTo(short.exposure / 2, 12);
  expect(long.sharpe / short.sharpe).toBeCloseTo(Math.SQRT1_2, 1);
});

test('the longest losing streak, a trade that nets nothing is not won', () => {
  expect(figuresOf([-1, 1, -1, 0, -1, 1, -1]).longestLosingStreak).toBe(3);
});

describe('the composite score', () => {
  test('is 0.5 where every result is 0', () => {
    const { composite, scoreResult, scoreStake, scoreProfit, scoreWins, scoreRunUp } = figuresOf([0, 0, 0]);
    const parts = [scoreResult, scoreStake, scoreProfit, scoreWins, scoreRunUp];
    expect([composite, ...parts]).toEqual(Array(6).fill(0.5));
  });

  test('of one trade stays near the middle, and mirrors its loss', () => {
    const won = figuresOf([0.01]);
    const lost = figuresOf([-0.01]);
    // t 1 twice, ln 2 / 2, one win against 0 in units of 0.5, 2 ln 2.
    const f = (x: number) => 0.5 + (0.5 * x) / (1 + x);
    expect(won.composite).toBeCloseTo((f(1) + f(1) + f(Math.LN2 / 2) + f(2) + f(2 * Math.LN2)) / 5, 12);
    expect(won.composite + lost.composite).toBeCloseTo(1, 12);
  });

  test('knows the break-even win rate: two wins of 1 against one loss of 2 are even', () => {
    expect(figuresOf([0.01, 0.01, -0.02]).scoreWins).toBeCloseTo(0.5, 12);
  });
});
