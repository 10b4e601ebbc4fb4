import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { familyWiseP, noCoinMaxima, raiseCoinMaxima } from './coin-maxima.ts';
import { tossCoins } from './coins.ts';
import { stepDownPs } from './step-down.ts';

const DAYS = 40;
const TOSSES = tossCoins(
  'GBPUSD',
  Array.from({ length: DAYS }, (_, i) => 18_000 + i),
);

function candidates(edges: readonly number[], seed: number) {
  const random = createPrng(seed);
  const daySums = Float64Array.from(
    { length: edges.length * DAYS },
    (_, i) => random.normal() + edges[Math.floor(i / DAYS)]!,
  );
  const denominators = Float64Array.from(edges, (_, k) =>
    Math.sqrt(daySums.subarray(k * DAYS, (k + 1) * DAYS).reduce((sum, x) => sum + x * x, 0)),
  );
  return { daySums, denominators };
}

/** By its definition: for each step the maxima over the candidates that are left, all anew. */
function slowly(daySums: Float64Array, denominators: Float64Array): number[] {
  const maximaOver = (members: readonly number[]) => {
    const maxima = noCoinMaxima(500);
    const scores = new Float64Array(members.length);
    const sums = members.flatMap((k) => [...daySums.subarray(k * DAYS, (k + 1) * DAYS)]);
    raiseCoinMaxima(
      TOSSES,
      Float64Array.from(sums),
      Float64Array.from(members, (k) => denominators[k]!),
      maxima,
      scores,
    );
    return { maxima, scores };
  };
  const all = denominators.length;
  const { scores } = maximaOver(Array.from({ length: all }, (_, k) => k));
  const order = Array.from({ length: all }, (_, k) => k).sort((a, b) => scores[b]! - scores[a]!);
  const ps = Array<number>(all).fill(0);
  let before = 0;
  order.forEach((k, j) => {
    before = Math.max(before, familyWiseP(maximaOver(order.slice(j)).maxima, scores[k]!));
    ps[k] = before;
  });
  return ps;
}

describe('stepDownPs', () => {
  it('is its definition, step by step', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.3, max: 0.8, noNaN: true }), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (edges, seed) => {
          const { daySums, denominators } = candidates(edges, seed);
          expect([...stepDownPs(TOSSES, daySums, denominators)]).toEqual(slowly(daySums, denominators));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('gives a weaker edge its due once the stronger ones are rejected', () => {
    const { daySums, denominators } = candidates([1.5, 0.45, 0, 0, 0, 0], 3);
    const ps = stepDownPs(TOSSES, daySums, denominators);
    const maxima = noCoinMaxima(500);
    const scores = new Float64Array(6);
    raiseCoinMaxima(TOSSES, daySums, denominators, maxima, scores);
    expect(ps[0]).toBe(familyWiseP(maxima, scores[0]!));
    expect(ps[1]!).toBeLessThan(familyWiseP(maxima, scores[1]!));
  });

  it('judges one alone like any maximum, equals alike, and who never traded not at all', () => {
    const { daySums, denominators } = candidates([0.3], 4);
    const twins = Float64Array.from([...daySums, ...daySums, ...new Float64Array(DAYS)]);
    const ps = stepDownPs(TOSSES, twins, Float64Array.of(denominators[0]!, denominators[0]!, 0));
    expect(ps[0]).toBe(stepDownPs(TOSSES, daySums, denominators)[0]);
    expect([ps[1], ps[2]]).toEqual([ps[0], 1]);
    expect(stepDownPs(TOSSES, new Float64Array(0), new Float64Array(0))).toEqual(new Float64Array(0));
    expect(() => stepDownPs(TOSSES, daySums, Float64Array.of(1, 1))).toThrow(/2 candidates x 40/);
  });
});
