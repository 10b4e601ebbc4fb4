import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { familyWiseP, noCoinMaxima, raiseCoinMaxima } from '../statistics/coin-maxima.ts';
import { tossCoins } from '../statistics/coins.ts';
import { adjustedPs, type StitchedDays } from './adjusted-p.ts';

function curve(first: number, count: number, edge: number, seed: number): StitchedDays {
  const random = createPrng(seed);
  const daySums = Float64Array.from({ length: count }, () => random.normal() + edge);
  return {
    days: Array.from({ length: count }, (_, i) => first + i),
    daySums,
    denominator: Math.sqrt(daySums.reduce((sum, x) => sum + x * x, 0)),
  };
}

test('one curve has the p that its own days give, whatever the days are numbered from', () => {
  const one = curve(18_000, 90, 0.25, 3);
  const maxima = noCoinMaxima(500);
  const scores = new Float64Array(1);
  raiseCoinMaxima(
    tossCoins('EURUSD', one.days),
    one.daySums,
    Float64Array.of(one.denominator),
    maxima,
    scores,
  );
  const [p] = adjustedPs('EURUSD', [one]);
  expect(p).toBe(familyWiseP(maxima, scores[0]!));
  expect(p).toBeLessThan(0.1);
  expect(adjustedPs('GBPUSD', [one])[0]).not.toBe(p);
});

test('more that is validated never makes a p smaller, and days apart need not be the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 200 }), (seed, shift) => {
      const one = curve(18_000, 60, 0.3, seed);
      const other = curve(18_000 + shift, 80, 0.1, seed + 1);
      const [alone] = adjustedPs('EURUSD', [one]);
      const [together] = adjustedPs('EURUSD', [one, other]);
      expect(together).toBeGreaterThanOrEqual(alone!);
      expect(adjustedPs('EURUSD', [other, one])[1]).toBe(together);
    }),
    { numRuns: 30 },
  );
});

test('a curve without a trade takes no part', () => {
  const one = curve(18_000, 60, 0.3, 1);
  const idle = { days: [18_000], daySums: new Float64Array(1), denominator: 0 };
  expect([...adjustedPs('EURUSD', [idle, one])]).toEqual([1, adjustedPs('EURUSD', [one])[0]]);
  expect(adjustedPs('EURUSD', [])).toHaveLength(0);
});
