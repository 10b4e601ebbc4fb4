import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulation, type SimulationMarket, simulate } from './simulator.ts';

const COST = 0.001;

/** Every bar returns a power of two in thousandths, so that a sum says which bars it holds. */
function market(lanes: number): SimulationMarket {
  return {
    openReturn: Float64Array.from({ length: lanes }, (_, i) => 2 ** i / 1000),
    costPerSide: new Float64Array(lanes).fill(COST),
    swapLong: new Float64Array(lanes),
    swapShort: new Float64Array(lanes),
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
    // Regime of bar 1, which gave the signal: known at the open of bar 2. Flat bars keep their own.
    expect(s.tradeRegime[0]).toBe(2);
    expect([...s.regime]).toEqual([0, 1, 2, 2, 1, 2, 0]);
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
});

test('swap is paid on every bar held, by side', () => {
  const m = market(6);
  m.swapLong.fill(0.0002);
  m.swapShort.fill(-0.0001);
  const out = new Simulation(6);
  simulate(Int8Array.of(1, 0, -1, 0, 0, 0), m, 2, { from: 0, to: 6 }, out);
  expect(out.tradeReturn[0]).toBeCloseTo(0.002 + 0.004 - 2 * COST - 2 * 0.0002, 15);
  expect(out.tradeReturn[1]).toBeCloseTo(-0.008 - 0.016 - 2 * COST + 2 * 0.0001, 15);
});

interface Position {
  direction: number;
  entry: number;
  exit: number;
}

/** Decides first which trades there are, then books each bar by asking who held it. */
function plainSimulation(signal: number[], m: SimulationMarket, horizon: number, from: number, to: number) {
  const positions: Position[] = [];
  for (let t = from; t + 1 < to; t++) {
    const fill = t + 1;
    const open = positions.find((p) => p.entry < fill && p.exit > fill);
    if (open && signal[t] === -open.direction) open.exit = fill;
    const busy = positions.some((p) => p.exit > fill);
    if (signal[t] !== 0 && !busy && fill + horizon < to) {
      positions.push({ direction: signal[t], entry: fill, exit: fill + horizon });
    }
  }
  const bars = Array.from({ length: to - from }, (_, index) => {
    const i = from + index;
    const holder = positions.find((p) => p.entry <= i && i < p.exit);
    if (!holder) return { net: 0, position: 0, regime: m.regimeAtOpen[i] };
    let net = holder.direction * m.openReturn[i];
    net -= holder.direction === 1 ? m.swapLong[i] : m.swapShort[i];
    if (i === holder.entry) net -= m.costPerSide[i];
    if (i === holder.exit - 1) net -= m.costPerSide[holder.exit];
    return { net, position: holder.direction, regime: m.regimeAtOpen[holder.entry] };
  });
  return { positions, bars };
}

test('equals a plain simulation on random markets', () => {
  const LANES = 60;
  const returns = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), {
    minLength: LANES,
    maxLength: LANES,
  });
  const arbitrary = fc.record({
    signal: fc.array(fc.constantFrom(-1, 0, 0, 1), { minLength: LANES, maxLength: LANES }),
    openReturn: returns,
    costPerSide: returns,
    swapLong: returns,
    swapShort: returns,
    regimes: fc.array(fc.nat(3), { minLength: LANES, maxLength: LANES }),
    horizon: fc.integer({ min: 1, max: 20 }),
    from: fc.nat(30),
    length: fc.nat(30),
  });
  const out = new Simulation(LANES); // reused: nothing of an earlier run may show
  fc.assert(
    fc.property(arbitrary, ({ signal, horizon, from, length, ...columns }) => {
      const m: SimulationMarket = {
        openReturn: Float64Array.from(columns.openReturn),
        costPerSide: Float64Array.from(columns.costPerSide, Math.abs),
        swapLong: Float64Array.from(columns.swapLong),
        swapShort: Float64Array.from(columns.swapShort),
        regimeAtOpen: Uint8Array.from(columns.regimes),
      };
      const to = from + length;
      simulate(Int8Array.from(signal), m, horizon, { from, to }, out);
      const { positions, bars } = plainSimulation(signal, m, horizon, from, to);
      expect(trades(out)).toEqual(positions.map((p) => [p.entry, p.exit, p.direction]));
      bars.forEach((bar, index) => {
        expect(out.netReturn[from + index]).toBeCloseTo(bar.net, 14);
        expect(out.position[from + index]).toBe(bar.position);
        expect(out.regime[from + index]).toBe(bar.regime);
      });
      positions.forEach((p, k) => {
        const net = bars.slice(p.entry - from, p.exit - from).reduce((sum, bar) => sum + bar.net, 0);
        expect(out.tradeReturn[k]).toBeCloseTo(net, 14);
        expect(out.tradeRegime[k]).toBe(m.regimeAtOpen[p.entry]);
      });
    }),
    { numRuns: 500 },
  );
});
