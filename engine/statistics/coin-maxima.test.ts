import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../random/prng.ts';
import {
  familyWiseP,
  luckOfMaxima,
  mergeCoinMaxima,
  noCoinMaxima,
  raiseCoinMaxima,
  scoreOfSharpe,
  sharpeOfScore,
} from './coin-maxima.ts';
import { coinAt, tossCoins } from './coins.ts';

const DAYS = 64;
const TOSSES = tossCoins(
  'EURUSD',
  Array.from({ length: DAYS }, (_, i) => 19_000 + i),
);

/** Day sums of strategies that trade on some days only, and their denominators as if each day had one bar. */
function strategiesOf(count: number, random: Prng): { daySums: Float64Array; denominators: Float64Array } {
  const daySums = Float64Array.from({ length: count * DAYS }, () =>
    random.float() < 0.4 ? 0.01 * random.normal() : 0,
  );
  const denominators = Float64Array.from({ length: count }, (_, strategy) => {
    const own = daySums.subarray(strategy * DAYS, (strategy + 1) * DAYS);
    return Math.sqrt(own.reduce((sum, x) => sum + x * x, 0));
  });
  return { daySums, denominators };
}

function maximaOf(daySums: Float64Array, denominators: Float64Array) {
  const maxima = noCoinMaxima(500);
  const scores = new Float64Array(denominators.length);
  raiseCoinMaxima(TOSSES, daySums, denominators, maxima, scores);
  return { maxima, scores };
}

describe('raiseCoinMaxima', () => {
  const { daySums, denominators } = strategiesOf(30, createPrng(5));
  const { maxima, scores } = maximaOf(daySums, denominators);

  it('is the largest signed sum over the denominator, coin by coin', () => {
    for (let coin = 0; coin < 500; coin++) {
      let largest = -Infinity;
      for (let strategy = 0; strategy < 30; strategy++) {
        let sum = 0;
        for (let day = 0; day < DAYS; day++)
          sum += coinAt(TOSSES, day, coin) * daySums[strategy * DAYS + day]!;
        largest = Math.max(largest, sum / denominators[strategy]!);
      }
      expect(maxima[coin]).toBeCloseTo(largest, 12);
    }
    for (let strategy = 0; strategy < 30; strategy++) {
      const own = daySums.subarray(strategy * DAYS, (strategy + 1) * DAYS);
      expect(scores[strategy]).toBeCloseTo(own.reduce((a, b) => a + b, 0) / denominators[strategy]!, 12);
    }
  });

  it('is the same bits in any order, in parts, and with strategies counted twice', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 30 }, (_, i) => i),
          { minLength: 30 },
        ),
        fc.nat(30),
        (order, cut) => {
          const merged = noCoinMaxima(500);
          for (const part of [order.slice(0, cut), order.slice(cut), order.slice(0, 3)]) {
            const sums = part.flatMap((strategy) => [
              ...daySums.subarray(strategy * DAYS, (strategy + 1) * DAYS),
            ]);
            const own = maximaOf(
              Float64Array.from([...sums, ...sums]),
              Float64Array.from([...part, ...part], (i) => denominators[i]!),
            );
            expect(own.scores).toEqual(Float64Array.from([...part, ...part], (i) => scores[i]!));
            mergeCoinMaxima(merged, own.maxima);
          }
          expect(merged).toEqual(maxima);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('leaves out who has no denominator, and tells equal day sums with another one apart', () => {
    const without = Float64Array.from(denominators, (d, strategy) =>
      strategy === 3 ? d : strategy === 5 ? Number.NaN : 0,
    );
    const alone = maximaOf(daySums, without);
    expect(
      [...alone.scores].map((score, i) => (i === 3 ? score === scores[3] : Number.isNaN(score))),
    ).toEqual(Array(30).fill(true));
    const only = daySums.slice(3 * DAYS, 4 * DAYS);
    expect(alone.maxima).toEqual(maximaOf(only, denominators.slice(3, 4)).maxima);
    const twice = maximaOf(Float64Array.from([...only, ...only]), Float64Array.of(2, 1));
    expect(twice.scores[1]).toBe(2 * twice.scores[0]!);
    expect(maximaOf(daySums, new Float64Array(30)).maxima).toEqual(noCoinMaxima(500));
  });

  it('refuses lengths that do not agree', () => {
    expect(() => maximaOf(daySums.subarray(1), denominators)).toThrow(/30 strategies x 64 day sums/);
  });
});

describe('family-wise p', () => {
  it('counts the maxima that reach the score, and the observation itself', () => {
    const maxima = Float64Array.from({ length: 500 }, (_, i) => i + 1);
    expect(familyWiseP(maxima, 501)).toBe(1 / 501);
    expect(familyWiseP(maxima, 500)).toBe(2 / 501);
    expect(familyWiseP(maxima, 0)).toBe(1);
    expect(familyWiseP(noCoinMaxima(500), -3)).toBe(1 / 501);
  });

  it('is at most the share exactly above the luck of that share', () => {
    const random = createPrng(8);
    for (const share of [0.01, 0.05, 0.2]) {
      const maxima = Float64Array.from({ length: 500 }, () => random.normal()).sort();
      const luck = luckOfMaxima(maxima, share);
      for (const maximum of maxima) {
        expect(familyWiseP(maxima, maximum + 1e-9) <= share).toBe(maximum >= luck);
      }
    }
  });

  it('finds luck rarely: the best of strategies that share their days', () => {
    const random = createPrng(9);
    let found = 0;
    for (let round = 0; round < 400; round++) {
      const { daySums, denominators } = strategiesOf(12, random);
      // Half of the strategies are alike but for a few days.
      for (let i = DAYS; i < 6 * DAYS; i++) if (random.float() < 0.9) daySums[i] = daySums[i % DAYS]!;
      const { maxima, scores } = maximaOf(daySums, denominators);
      if (familyWiseP(maxima, Math.max(...scores)) <= 0.05) found++;
    }
    expect(found / 400).toBeLessThan(0.08);
    expect(found / 400).toBeGreaterThan(0.025);
  });
});

it('a score is a Sharpe ratio over the root of the years', () => {
  // Daily returns of +-1 % with a mean of 0.1 %: S = 250 * 0.001 / (0.01 sqrt 250), Sharpe = 0.1 sqrt 250 for every length.
  expect(sharpeOfScore((250 * 0.001) / (0.01 * Math.sqrt(250)), 250, 250)).toBeCloseTo(
    0.1 * Math.sqrt(250),
    12,
  );
  expect(sharpeOfScore((60 * 0.001) / (0.01 * Math.sqrt(60)), 250, 60)).toBeCloseTo(0.1 * Math.sqrt(250), 12);
});

it('the score of a Sharpe ratio is sum / root of the sum of squares of its returns, exactly', () => {
  const random = createPrng(4);
  const returns = Array.from({ length: 300 }, () => 0.002 + 0.01 * random.normal());
  const sum = returns.reduce((a, b) => a + b);
  const squares = returns.reduce((a, b) => a + b * b, 0);
  const deviation = Math.sqrt((squares - sum ** 2 / 300) / 299);
  const sharpe = (sum / 300 / deviation) * Math.sqrt(6000);
  expect(scoreOfSharpe(sharpe, 6000, 300)).toBeCloseTo(sum / Math.sqrt(squares), 10);
});
