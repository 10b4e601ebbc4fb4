import { describe, expect, test } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { chooseByPosition, entriesOf, policyMarket } from './policy.ts';
import { Simulation, type SimulationMarket, simulate } from './simulator.ts';

const LANES = 400;
const WINDOWS = [
  { from: 10, to: 250 },
  { from: 250, to: LANES },
];

function market(seed: number): SimulationMarket {
  const prng = createPrng(seed);
  const long = Float64Array.from({ length: LANES }, () => 1e-3 * prng.normal());
  return {
    long,
    short: long.map((r) => -r - 1e-5),
    costPerSide: Float64Array.from({ length: LANES }, () => 1e-4 * (1 + prng.float())),
    stake: new Float64Array(LANES).fill(0.01),
    regimeAtOpen: new Uint8Array(LANES),
  };
}

function valuesOf(seed: number): Float64Array {
  const prng = createPrng(seed);
  let lean = 0;
  const values = new Float64Array(3 * LANES);
  for (let lane = 0; lane < LANES; lane++) {
    lean = 0.8 * lean + 2e-4 * prng.normal();
    values.set([-lean - 3e-5, 0, lean - 3e-5], 3 * lane);
  }
  return values;
}

/** Bar by bar, as the words have it: at each close what is worth most from here, at the window's last open nothing. */
function plain(values: Float64Array, cost: Float64Array, of: SimulationMarket, from: number, to: number) {
  const net = new Float64Array(to - from);
  let position = 0;
  for (let lane = from; lane < to; lane++) {
    let wanted = 0;
    if (lane > from && lane < to - 1) {
      const worth = [position, 0, 1, -1].map(
        (b) => values[3 * (lane - 1) + b + 1]! - (cost[lane - 1]! / 2) * Math.abs(b - position),
      );
      wanted = [position, 0, 1, -1][worth.indexOf(Math.max(...worth))]!;
    }
    const turned = Math.abs(wanted - position);
    // Leaving falls on the last bar held, entering on the first.
    if (position !== 0 && wanted !== position) net[lane - 1 - from]! -= of.costPerSide[lane]!;
    if (wanted !== 0 && wanted !== position) net[lane - from]! -= of.costPerSide[lane]!;
    expect(turned).toBeLessThanOrEqual(2);
    position = wanted;
    if (position > 0) net[lane - from]! += of.long[lane]!;
    if (position < 0) net[lane - from]! += of.short[lane]!;
  }
  return net;
}

describe.each([1, 2, 3])('values %i', (seed) => {
  const of = market(seed);
  const values = valuesOf(seed + 10);
  const roundTrip = new Float64Array(LANES).fill(2e-4);
  const choices = chooseByPosition(values, roundTrip);
  const traded = policyMarket(of, WINDOWS, choices);

  test.each(WINDOWS)('in lanes $from to $to the simulator does what the values say, bar by bar', (window) => {
    const out = new Simulation(LANES);
    simulate(entriesOf(choices), traded, 1, window, out);
    const wanted = plain(values, roundTrip, of, window.from, window.to);
    const found = out.netReturn.slice(window.from, window.to);
    found.forEach((net, i) => {
      expect(net, `bar ${i}`).toBeCloseTo(wanted[i]!, 12);
    });
    expect(out.trades).toBeGreaterThan(4);
    const how = new Set(out.how.subarray(0, out.trades));
    expect(how.size).toBeGreaterThan(1);
  });
});

test('of equal values the own position is kept, then flat', () => {
  const cost = Float64Array.of(0.02);
  expect([...chooseByPosition(Float64Array.of(0, 0, 0), cost)]).toEqual([-1, 0, 1]);
  // Leaving costs 0.01, as much as it is worth more: it is left alone. A turn costs twice that.
  expect([...chooseByPosition(Float64Array.of(0.01, 0.02, 0.01), cost)]).toEqual([-1, 0, 1]);
  expect([...chooseByPosition(Float64Array.of(0.009, 0.02, 0.05), cost)]).toEqual([1, 1, 1]);
  expect([...chooseByPosition(Float64Array.of(0.05, 0, 0.035), cost)]).toEqual([-1, -1, 1]);
});

test('a signal of its own the other way leaves its position alone', () => {
  // From flat it would be short, from long it stays.
  const values = new Float64Array(3 * LANES);
  for (let lane = 0; lane < LANES; lane++)
    values.set([lane < 20 ? 0 : 0.03, 0, lane < 20 ? 0.03 : 0.015], 3 * lane);
  const choices = chooseByPosition(values, new Float64Array(LANES).fill(0.02));
  expect([...choices.subarray(60, 63)]).toEqual([-1, -1, 1]);
  const out = new Simulation(LANES);
  const window = { from: 0, to: 100 };
  simulate(entriesOf(choices), policyMarket(market(1), [window], choices), 1, window, out);
  expect(out.trades).toBe(1);
  expect([out.entry[0], out.exit[0], out.direction[0]]).toEqual([1, 99, 1]);
});
