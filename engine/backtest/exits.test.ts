import { describe, expect, it } from 'vitest';
import { randomCandles } from '../features/testing/candles.ts';
import { createPrng } from '../random/prng.ts';
import { exitReason, INSIDE } from '../targets/trade-exits.ts';
import { type TradeOutcomes, tradeOutcomes } from '../targets/trade-outcomes.ts';
import { type CostModel, marketFrictions } from './costs.ts';
import { dearerMarket } from './dearer.ts';
import { createTester } from './kernel/compiled-tester.ts';
import { marketWithExits } from './lane-exits.ts';
import { METRIC_INDEX, METRICS } from './metrics.ts';
import { relayedMarket } from './relayed-market.ts';
import { Simulation, type SimulationMarket, simulate, simulateRelay } from './simulator.ts';
import { type PlainSimulation, plainFigures } from './testing/plain-figures.ts';

const ROWS = 600;
const FROM = 40;
const LANES = ROWS - FROM;
const WINDOW = { from: 3, to: LANES - 2 };
const COSTS: CostModel = {
  spreadPips: 1,
  slippagePips: 0.2,
  commissionPerSide: 0.00001,
  swapLongPips: 0.7,
  swapShortPips: -0.3,
};
const CANDLES = randomCandles(ROWS, 8);
const ALL = { from: 0, to: ROWS };
const SPAN = { from: FROM, to: ROWS };

function world(exits: { takeProfit: number; stopLoss: number }, horizon: number) {
  const swaps = marketFrictions(CANDLES, COSTS, SPAN);
  const long = new Float64Array(LANES);
  const short = new Float64Array(LANES);
  for (let lane = 0; lane + 1 < LANES; lane++) {
    const r = Math.log(CANDLES.open[FROM + lane + 1]! / CANDLES.open[FROM + lane]!);
    long[lane] = r - swaps.swapLong[lane]!;
    short[lane] = -r - swaps.swapShort[lane]!;
  }
  const plain: SimulationMarket = {
    long,
    short,
    costPerSide: swaps.costPerSide,
    stake: new Float64Array(LANES).fill(0.002),
    regimeAtOpen: Uint8Array.from({ length: LANES }, (_, i) => i % 3),
  };
  const trades = tradeOutcomes(CANDLES, marketFrictions(CANDLES, COSTS, ALL), exits, horizon);
  const market = marketWithExits(plain, CANDLES, swaps, trades, exits, { from: FROM, lanes: LANES });
  return { plain, market, trades, swaps };
}

const RULES = { takeProfit: 2, stopLoss: 1 };

function signalsOf(seed: number, share: number): Int8Array {
  const prng = createPrng(seed);
  return Int8Array.from({ length: LANES }, () => (prng.float() < share ? (prng.int(2) === 0 ? 1 : -1) : 0));
}

describe('a position with exits', () => {
  it('comes to what the label of its signal says, where no signal turns it', () => {
    const { market, trades } = world(RULES, 9);
    const out = new Simulation(LANES);
    const seen = new Set<string>();
    for (let lane = 5; lane < LANES - 20; lane++) {
      for (const way of [1, -1] as const) {
        const signal = new Int8Array(LANES);
        signal[lane] = way;
        simulate(signal, market, 9, WINDOW, out);
        const side: TradeOutcomes['long'] = way > 0 ? trades.long : trades.short;
        const row = FROM + lane;
        expect(out.trades).toBe(1);
        expect(out.exit[0]).toBe(side.exits.exit[row + 1]! - FROM);
        expect(out.how[0]).toBe(side.exits.how[row + 1]);
        expect(out.tradeReturn[0]).toBeCloseTo(side.net[row]!, 13);
        expect(market.stake[lane + 1]).toBe(0.002 * RULES.stopLoss);
        seen.add(`${exitReason(out.how[0]!)} ${out.how[0]! >= INSIDE}`);
      }
    }
    expect(seen.size).toBeGreaterThanOrEqual(3);
  });

  it('is turned by an opposite signal before, and after it has left another may enter at the next open', () => {
    const { market } = world({ takeProfit: 50, stopLoss: 50 }, 9);
    const signal = new Int8Array(LANES);
    signal[10] = 1;
    signal[13] = -1;
    const out = new Simulation(LANES);
    simulate(signal, market, 9, WINDOW, out);
    expect([out.trades, out.exit[0], exitReason(out.how[0]!)]).toEqual([2, 14, 'reversal']);
    expect([out.entry[1], out.exit[1], exitReason(out.how[1]!)]).toEqual([14, 23, 'time']);
    const every = new Int8Array(LANES).fill(1);
    const tight = world({ takeProfit: 0.1, stopLoss: 0.1 }, 9).market;
    simulate(every, tight, 9, WINDOW, out);
    expect(out.trades).toBeGreaterThan(300);
    for (let k = 1; k < out.trades; k++) expect(out.entry[k]).toBe(out.exit[k - 1]);
  });

  it('has its exits as wide as nothing where they are never reached: the market without them', () => {
    const { plain, market } = world({ takeProfit: 50, stopLoss: 50 }, 7);
    const [a, b] = [new Simulation(LANES), new Simulation(LANES)];
    for (const seed of [1, 2, 3]) {
      const signal = signalsOf(seed, 0.3);
      simulate(signal, plain, 7, WINDOW, a);
      simulate(signal, market, 7, WINDOW, b);
      expect([b.trades, b.netReturn, b.tradeReturn, b.how]).toEqual([
        a.trades,
        a.netReturn,
        a.tradeReturn,
        a.how,
      ]);
    }
  });
});

/** A simulation as the plain figures take it. */
function booked(out: Simulation, market: SimulationMarket): PlainSimulation {
  const each = Array.from({ length: out.trades }, (_, k) => k);
  return {
    trades: each.map((k) => ({ direction: out.direction[k]!, entry: out.entry[k]!, exit: out.exit[k]! })),
    bars: Array.from({ length: WINDOW.to - WINDOW.from }, (_, i) => ({
      net: out.netReturn[WINDOW.from + i]!,
      position: out.position[WINDOW.from + i]!,
    })),
    results: each.map((k) => out.tradeReturn[k]!),
    stakes: each.map((k) => market.stake[out.entry[k]!]!),
  };
}

describe('from signal to signal', () => {
  it.each([
    [RULES, 9],
    [{ takeProfit: 0.3, stopLoss: 0.2 }, 4],
    [{ takeProfit: 3, stopLoss: 5 }, 30],
    [{ takeProfit: 1, stopLoss: 1 }, 1],
  ])('it is, to the bit, what goes from bar to bar: %j, %i bars', (exits, horizon) => {
    const { market } = world(exits, horizon);
    const roundTripCost = new Float64Array(LANES).fill(0.0001);
    const span = { lanes: LANES, market, roundTripCost, windows: [WINDOW], barsPerYear: [6000], regimes: 2 };
    const tester = createTester(span);
    const out = new Simulation(LANES);
    let trades = 0;
    for (const [seed, share] of [
      [1, 0.05],
      [2, 0.4],
      [3, 1],
    ] as const) {
      const signal = signalsOf(seed, share);
      tester.gather(
        Float64Array.from(signal, (way) => 0.01 * way),
        new Float64Array(LANES).fill(0.5),
      );
      tester.select(0);
      const row = new Float64Array(3 * METRICS.length);
      tester.measure(0, horizon, row, 0);
      for (const segment of [0, 1, 2]) {
        const own = signal.map((way, i) =>
          i + 1 < LANES && (segment === 0 || market.regimeAtOpen[i + 1] === segment - 1) ? way : 0,
        );
        simulate(own, market, horizon, WINDOW, out);
        const expected = plainFigures(booked(out, market), 6000);
        const found = row.subarray(segment * METRICS.length, (segment + 1) * METRICS.length);
        expect(found[METRIC_INDEX.trades]).toBe(out.trades);
        for (const name of METRICS) {
          const value = expected[name];
          const close = Number.isNaN(value) ? value : expect.closeTo(value, 9);
          expect([name, found[METRIC_INDEX[name]]]).toEqual([name, close]);
        }
        trades += out.trades;
        const sum = out.tradeReturn.subarray(0, out.trades).reduce((total, y) => total + y, 0);
        expect(found[METRIC_INDEX.expectancy]).toBe(sum / out.trades);
      }
    }
    expect(trades).toBeGreaterThan(100);
  });
});

it('costs more where each fill and each night does', () => {
  const { market, swaps } = world(RULES, 9);
  const dear = dearerMarket(market, swaps, 2);
  const lone = new Int8Array(LANES);
  const [a, b] = [new Simulation(LANES), new Simulation(LANES)];
  for (let lane = 5; lane < LANES - 20; lane++) {
    lone.fill(0);
    lone[lane] = 1;
    simulate(lone, market, 9, WINDOW, a);
    simulate(lone, dear, 9, WINDOW, b);
    const [entry, exit] = [a.entry[0]!, a.exit[0]!];
    const left = a.how[0]! >= INSIDE ? exit - 1 : exit;
    let paid = market.costPerSide[entry]! + market.costPerSide[left]!;
    for (let i = entry; i < exit; i++) paid += swaps.swapLong[i]!;
    expect(a.tradeReturn[0]! - b.tradeReturn[0]!).toBeCloseTo(paid, 13);
  }
});

it('where several trade in turn, each position has the exits and the stake of whoever opened it', () => {
  const { plain, market } = world(RULES, 9);
  const signal = new Int8Array(LANES);
  const horizon = new Uint16Array(LANES);
  const isFirst = (lane: number) => lane % 40 < 20;
  for (let lane = 5; lane < LANES - 20; lane += 20) {
    signal[lane] = lane % 3 === 0 ? 1 : -1;
    horizon[lane] = isFirst(lane) ? 9 : 4;
  }
  const joint = relayedMarket(plain, [
    { market, horizon: 9, hasWord: (lane) => isFirst(lane - 1) },
    { market: undefined, horizon: 4, hasWord: (lane) => !isFirst(lane - 1) },
  ]);
  const [together, alone] = [new Simulation(LANES), new Simulation(LANES)];
  simulateRelay(signal, horizon, joint, WINDOW, together);
  let k = 0;
  for (let lane = 5; lane < LANES - 20; lane += 20, k++) {
    const own = new Int8Array(LANES);
    own[lane] = signal[lane]!;
    const [itsMarket, bars] = isFirst(lane) ? [market, 9] : [plain, 4];
    simulate(own, itsMarket, bars, WINDOW, alone);
    expect([together.entry[k], together.exit[k], together.how[k], together.tradeReturn[k]]).toEqual([
      alone.entry[0],
      alone.exit[0],
      alone.how[0],
      alone.tradeReturn[0],
    ]);
    expect(joint.stake[lane + 1]).toBe(itsMarket.stake[lane + 1]);
  }
  expect(together.trades).toBe(k);
  expect(relayedMarket(plain, [{ market: undefined, horizon: 9, hasWord: () => true }])).toBe(plain);
});
