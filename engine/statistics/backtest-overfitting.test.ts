import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { backtestOverfitting } from './backtest-overfitting.ts';
import { noiseReturns } from './testing/lcg.ts';

const median = (values: Float64Array) => {
  const sorted = values.toSorted();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};

describe('backtestOverfitting', () => {
  it('has the known values without an edge', () => {
    const { pbo, lossOutOfSample, logits } = backtestOverfitting(noiseReturns(400, 10, 0), 10, 8)!;
    expect([pbo, lossOutOfSample, logits.length]).toEqual([55 / 70, 61 / 70, 70]);
  });

  it('has the known values with one', () => {
    const { pbo, lossOutOfSample, logits } = backtestOverfitting(noiseReturns(400, 10, 0.05), 10, 8)!;
    expect([pbo, lossOutOfSample]).toEqual([18 / 70, 18 / 70]);
    expect(median(logits)).toBeCloseTo(1.504077397, 9);
  });

  it('has the known values of 16 blocks', () => {
    const { pbo, lossOutOfSample, logits } = backtestOverfitting(noiseReturns(640, 20, 0), 20, 16)!;
    expect(logits.length).toBe(12_870);
    expect(pbo).toBeCloseTo(0.4835275836, 9);
    expect(lossOutOfSample).toBeCloseTo(0.347008547, 10);
  });

  it('is its definition, split by split, with ties and idle halves and blocks of different lengths', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 19 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer(),
        (days, strategies, seed) => {
          const random = createPrng(seed);
          // Whole numbers, so that both ways of adding give the same sums; twins and days without trades.
          const returns = Float64Array.from(
            { length: days * strategies },
            () => Math.max(-2, random.int(9) - 6) * (random.int(3) - 1),
          );
          returns.copyWithin(days, 0, days);
          const found = backtestOverfitting(returns, strategies, 4)!;
          const slow = slowly(returns, strategies, days, 4);
          expect([...found.logits].sort((a, b) => a - b).map((x) => x.toFixed(9))).toEqual(
            slow.logits.sort((a, b) => a - b).map((x) => x.toFixed(9)),
          );
          expect(found.lossOutOfSample).toBe(slow.losses / slow.logits.length);
          expect(found.pbo).toBe(slow.logits.filter((logit) => logit <= 1e-12).length / slow.logits.length);
        },
      ),
    );
  });

  it('is about a half without an edge', () => {
    const random = createPrng(31);
    let sum = 0;
    for (let round = 0; round < 60; round++) {
      sum += backtestOverfitting(
        Float64Array.from({ length: 50 * 64 }, () => random.normal()),
        50,
        8,
      )!.pbo;
    }
    expect(sum / 60).toBeGreaterThan(0.42);
    expect(sum / 60).toBeLessThan(0.58);
  });

  it('says nothing of one strategy or too few days, and refuses odd blocks', () => {
    expect(backtestOverfitting(noiseReturns(400, 1, 0), 1)).toBeNull();
    expect(backtestOverfitting(noiseReturns(15, 4, 0), 4, 8)).toBeNull();
    expect(() => backtestOverfitting(noiseReturns(400, 2, 0), 2, 7)).toThrow(/even number of blocks/);
  });
});

/** Halves as lists of days, Sharpe ratios from the days themselves. */
function slowly(returns: Float64Array, strategies: number, days: number, blocks: number) {
  const logits: number[] = [];
  let losses = 0;
  const blockOf = (day: number) => {
    let block = 0;
    while (Math.floor(((block + 1) * days) / blocks) <= day) block++;
    return block;
  };
  for (let half = 0; half < 1 << blocks; half++) {
    const inside = Array.from({ length: blocks }, (_, block) => (half >> block) & 1);
    if (inside.reduce((a, b) => a + b, 0) !== blocks / 2) continue;
    const sharpes = (side: number) =>
      Array.from({ length: strategies }, (_, k) => {
        const own = returns
          .subarray(k * days, (k + 1) * days)
          .filter((_x, day) => inside[blockOf(day)] === side);
        const sum = own.reduce((a, b) => a + b, 0);
        const scatter = own.reduce((a, b) => a + b * b, 0) - (sum * sum) / own.length;
        return scatter > 1e-9 ? sum / own.length / Math.sqrt(scatter / (own.length - 1)) : 0;
      });
    const chosenFrom = sharpes(1);
    const others = sharpes(0);
    const chosen = chosenFrom.indexOf(Math.max(...chosenFrom));
    const value = others[chosen]!;
    const rank = others.filter((x) => x < value).length + (others.filter((x) => x === value).length + 1) / 2;
    const w = rank / (strategies + 1);
    logits.push(Math.log(w / (1 - w)));
    if (value < 0) losses++;
  }
  return { logits, losses };
}
