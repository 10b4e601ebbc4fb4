import { expect, test } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { bestInHindsight, tradesOfPositions } from './hindsight.ts';

const LANES = 9;
const WINDOW = { from: 1, to: LANES };

function market(seed: number) {
  const prng = createPrng(seed);
  const long = Float64Array.from({ length: LANES }, () => 1e-3 * prng.normal());
  return {
    long,
    short: long.map((r) => -r - 1e-4),
    costPerSide: Float64Array.from({ length: LANES }, () => 8e-4 * prng.float()),
  };
}

/** Flat before and after, as a sum over lanes. */
function netOf({ long, short, costPerSide }: ReturnType<typeof market>, positions: ArrayLike<number>) {
  let net = 0;
  for (let lane = WINDOW.from; lane < WINDOW.to; lane++) {
    const [before, now] = [positions[lane - 1]!, positions[lane]!];
    net -= costPerSide[lane]! * Math.abs(now - before);
    net += now > 0 ? long[lane]! : now < 0 ? short[lane]! : 0;
  }
  return net;
}

test.each([1, 2, 3, 4, 5])('no other way nets more (market %i)', (seed) => {
  const of = market(seed);
  let most = 0;
  // Lanes 2 to 7 can be held: the first bar gives no signal, and at the last open all is left.
  for (let code = 0; code < 3 ** 6; code++) {
    const positions = [0, 0, ...Array.from({ length: 6 }, (_, k) => (Math.floor(code / 3 ** k) % 3) - 1), 0];
    most = Math.max(most, netOf(of, positions));
  }
  const best = bestInHindsight(of, WINDOW);
  expect(netOf(of, best)).toBeCloseTo(most, 12);
  expect([best[0], best[1], best[LANES - 1]]).toEqual([0, 0, 0]);
});

test('each stretch of one position is a trade', () => {
  const list = tradesOfPositions(Int8Array.of(0, 0, 1, 1, -1, 0, 0, 1, 0), WINDOW);
  expect(list.count).toBe(3);
  expect([...list.entry.subarray(0, 3)]).toEqual([2, 4, 7]);
  expect([...list.exit.subarray(0, 3)]).toEqual([4, 5, 8]);
  expect([...list.direction.subarray(0, 3)]).toEqual([1, -1, 1]);
});
