import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulation, type SimulationMarket, simulate, simulateRelay } from './simulator.ts';
import { plainSimulation } from './testing/plain-figures.ts';

const COST = 0.001;

/** Every bar returns a power of two in thousandths, so that a sum says which bars it holds. */
function market(lanes: number): SimulationMarket {
  return {
    long: Float64Array.from({ length: lanes }, (_, i) => 2 ** i / 1000),
    short: Float64Array.from({ length: lanes }, (_, i) => -(2 ** i) / 1000),
    costPerSide: new Float64Array(lanes).fill(COST),
    stake: new Float64Array(lanes).fill(0.01),
    regimeAtOpen: Uint8Array.from({ length: lanes }, (_, i) => i % 3),
  };
}

function run(signal: number[], horizon: number, window = { from: 0, to: signal.length }): Simulation {
  const out = new Simulation(signal.length);
  simulate(Int8Array.from(signal), market(signal.length), horizon, window, out);
  return out;
}

const trades = (s: Simulation) =>
  Array.from({ length: s.trades }, (_, k) => [s.entry[k], s.exit[k], s.direction[k]]);

describe('the life of a trade', () => {
  test('fills at the next open, leaves a horizon later, pays at both ends', () => {
    const s = run([0, 1, 0, 0, 0, 0, 0], 2);
    expect(trades(s)).toEqual([[2, 4, 1]]);
    expect([...s.position]).toEqual([0, 0, 1, 1, 0, 0, 0]);
    expect(s.netReturn[2]).toBeCloseTo(0.004 - COST, 15);
    expect(s.netReturn[3]).toBeCloseTo(0.008 - COST, 15);
    expect(s.tradeReturn[0]).toBeCloseTo(0.012 - 2 * COST, 15);
  });

  test('a short earns minus the log return', () => {
    const s = run([-1, 0, 0, 0], 1);
    expect(s.netReturn[1]).toBeCloseTo(-0.002 - 2 * COST, 15);
  });

  test('a reversal turns round at the next open and pays both sides', () => {
    const s = run([1, 0, -1, 0, 0, 0, 0, 0], 4);
    expect(trades(s)).toEqual([
      [1, 3, 1],
      [3, 7, -1],
    ]);
    expect(s.netReturn[2]).toBeCloseTo(0.004 - COST, 15);
    expect(s.netReturn[3]).toBeCloseTo(-0.008 - COST, 15);
  });

  test('a signal in the same direction neither extends nor adds', () => {
    expect(trades(run([1, 1, 0, 0, 0, 0, 0], 2))).toEqual([[1, 3, 1]]);
  });

  test('where time is up, the signal before it enters at the same open', () => {
    expect(trades(run([1, 0, 1, 0, 0, 0, 0], 2))).toEqual([
      [1, 3, 1],
      [3, 5, 1],
    ]);
  });
});

describe('window edges', () => {
  test('nothing is entered whose life would reach beyond the last open', () => {
    expect(trades(run([0, 0, 1, 0, 0, 0], 2))).toEqual([[3, 5, 1]]);
    expect(trades(run([0, 0, 0, 1, 0, 0], 2))).toEqual([]);
  });

  test('a reversal too late to enter still leaves', () => {
    expect(trades(run([0, 1, 0, -1, 0, 0], 3))).toEqual([[2, 4, 1]]);
  });

  test('a window starts flat and ignores the signal before it', () => {
    const s = run([1, 1, 0, 1, 0, 0, 0, 1, 1], 2, { from: 2, to: 7 });
    expect(trades(s)).toEqual([[4, 6, 1]]);
  });

  test('nothing is written outside of the window', () => {
    const out = new Simulation(9);
    out.netReturn.fill(7);
    out.position.fill(7);
    simulate(Int8Array.of(1, 1, 0, 1, 0, 0, 0, 1, 1), market(9), 2, { from: 2, to: 7 }, out);
    const outside = [...out.netReturn.keys()].filter((lane) => out.netReturn[lane] === 7);
    expect(outside).toEqual([0, 1, 7, 8]);
    expect(outside.map((lane) => out.position[lane])).toEqual([7, 7, 7, 7]);
  });
});

test('what holding costs is paid on every bar held, by side', () => {
  const m = market(6);
  for (let i = 0; i < 6; i++) {
    m.long[i] -= 0.0002;
    m.short[i] += 0.0001;
  }
  const out = new Simulation(6);
  simulate(Int8Array.of(1, 0, -1, 0, 0, 0), m, 2, { from: 0, to: 6 }, out);
  expect(out.tradeReturn[0]).toBeCloseTo(0.002 + 0.004 - 2 * COST - 2 * 0.0002, 15);
  expect(out.tradeReturn[1]).toBeCloseTo(-0.008 - 0.016 - 2 * COST + 2 * 0.0001, 15);
});

test('equals a plain simulation on random markets', () => {
  const LANES = 60;
  const returns = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), {
    minLength: LANES,
    maxLength: LANES,
  });
  const arbitrary = fc.record({
    signal: fc.array(fc.constantFrom(-1, 0, 0, 1), { minLength: LANES, maxLength: LANES }),
    long: returns,
    short: returns,
    costPerSide: returns,
    horizon: fc.integer({ min: 1, max: 20 }),
    from: fc.nat(30),
    length: fc.nat(30),
  });
  const out = new Simulation(LANES); // reused: nothing of an earlier run may show
  fc.assert(
    fc.property(arbitrary, ({ signal, horizon, from, length, long, short, costPerSide }) => {
      const m: SimulationMarket = {
        long: Float64Array.from(long),
        short: Float64Array.from(short),
        costPerSide: Float64Array.from(costPerSide, Math.abs),
        stake: new Float64Array(LANES),
        regimeAtOpen: new Uint8Array(LANES),
      };
      const window = { from, to: from + length };
      simulate(Int8Array.from(signal), m, horizon, window, out);
      const plain = plainSimulation(signal, m, horizon, window);
      expect(trades(out)).toEqual(plain.trades.map((p) => [p.entry, p.exit, p.direction]));
      plain.bars.forEach((bar, index) => {
        expect(out.netReturn[from + index]).toBeCloseTo(bar.net, 14);
        expect(out.position[from + index]).toBe(bar.position);
      });
      plain.results.forEach((result, k) => {
        expect(out.tradeReturn[k]).toBeCloseTo(result, 14);
      });
    }),
    { numRuns: 500 },
  );
});

describe('signals of several, each with the word on some bars', () => {
  function relay(bars: readonly (readonly [way: number, horizon: number])[]): Simulation {
    const out = new Simulation(bars.length);
    const signal = Int8Array.from(bars, ([way]) => way);
    const horizon = Uint16Array.from(bars, ([, of]) => of);
    simulateRelay(signal, horizon, market(bars.length), { from: 0, to: bars.length }, out);
    return out;
  }
  const FLAT = [0, 1] as const;

  test('a position keeps the horizon of whoever opened it', () => {
    const s = relay([[1, 4], [1, 1], FLAT, FLAT, FLAT, [1, 1], FLAT, FLAT, FLAT]);
    expect(trades(s)).toEqual([
      [1, 5, 1],
      [6, 7, 1],
    ]);
  });

  test('an opposite signal of another turns it round, and the new position has the horizon of that one', () => {
    const s = relay([[1, 5], FLAT, [-1, 2], FLAT, FLAT, FLAT, FLAT, FLAT]);
    expect(trades(s)).toEqual([
      [1, 3, 1],
      [3, 5, -1],
    ]);
  });

  test('one whose horizon still fits may enter where that of another does not', () => {
    const s = relay([FLAT, FLAT, FLAT, [1, 3], [-1, 1], FLAT, FLAT]);
    expect(trades(s)).toEqual([[5, 6, -1]]);
  });
});
