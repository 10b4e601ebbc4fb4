import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../random/prng.ts';
import { balancedAccuracyError, overlapFactor, rankCorrelationError, rocAucError } from './overlap-error.ts';
import { rankCorrelation } from './ranks.ts';
import { rocAuc } from './roc-auc.ts';

/** A forecast without an edge that remembers its past, and sums of `horizon` coming returns. */
function noEdge(count: number, horizon: number, random: Prng) {
  const returns = Float64Array.from({ length: count + horizon }, () => random.normal());
  const labels = Float64Array.from({ length: count }, (_, t) => {
    let sum = 0;
    for (let k = 0; k < horizon; k++) sum += returns[t + k]!;
    return sum;
  });
  let s = 0;
  const scores = Float64Array.from({ length: count }, () => {
    s = 0.9 * s + random.normal();
    return s;
  });
  return { scores, labels, actual: Uint8Array.from(labels, (y) => (y > 0 ? 1 : 0)) };
}

describe('overlapFactor', () => {
  it('is the root of the summed autocorrelations of the products, by hand', () => {
    const a = Float64Array.of(0, 0, 0, 0, 3, 3, -3, -3);
    const b = Float64Array.of(1, -1, 1, -1, 1, 1, -1, -1);
    // Products 0 0 0 0 3 3 3 3, mean 1.5: sums of lagged products 18, 11.25 and 4.5.
    expect(overlapFactor(a, b, 1)).toBe(1);
    expect(overlapFactor(a, b, 2)).toBeCloseTo(Math.sqrt(1 + 2 * 0.625), 14);
    expect(overlapFactor(a, b, 3)).toBeCloseTo(Math.sqrt(1 + 2 * (0.625 + 0.25)), 14);
    // All products alike.
    expect(overlapFactor(b, b, 4)).toBe(1);
  });

  it('is 1 where labels do not overlap, and never below 1', () => {
    const { scores, labels } = noEdge(500, 1, createPrng(1));
    expect(overlapFactor(scores, labels, 1)).toBe(1);
    expect(
      overlapFactor(
        scores,
        labels.map((y, i) => (i % 2 ? -y : y)),
        2,
      ),
    ).toBeGreaterThanOrEqual(1);
  });
});

describe('errors under overlapping labels', () => {
  it('pass few models without an edge, the naive ones many', () => {
    const random = createPrng(6);
    const horizon = 12;
    const passed = { naive: 0, auc: 0, rank: 0, accuracy: 0 };
    const rounds = 500;
    for (let round = 0; round < rounds; round++) {
      const { scores, labels, actual } = noEdge(800, horizon, random);
      const tilt = rocAuc(scores, actual)! - 0.5;
      if (tilt > 2 * rocAucError(scores, actual, 1)!) passed.naive++;
      if (tilt > 2 * rocAucError(scores, actual, horizon)!) passed.auc++;
      if (rankCorrelation(scores, labels) > 2 * rankCorrelationError(scores, labels, horizon)!) passed.rank++;
      const predicted = Uint8Array.from(scores, (x) => (x > 0 ? 1 : 0));
      if (balancedAccuracy(predicted, actual) - 0.5 > 2 * balancedAccuracyError(predicted, actual, horizon)!)
        passed.accuracy++;
    }
    expect(passed.naive / rounds).toBeGreaterThan(0.14);
    expect(passed.auc / rounds).toBeLessThan(0.05);
    expect(passed.rank / rounds).toBeLessThan(0.05);
    expect(passed.accuracy / rounds).toBeLessThan(0.05);
  });

  it('are the naive ones for a horizon of one bar', () => {
    const actual = Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 0, 1, 1);
    const scores = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3);
    expect(rocAucError(scores, actual, 1)).toBeCloseTo(Math.sqrt(11 / (12 * 6 * 4)), 14);
    expect(balancedAccuracyError(actual, actual, 1)).toBeCloseTo(Math.sqrt(0.25 / 6 + 0.25 / 4) / 2, 14);
    expect(rankCorrelationError(scores, scores, 1)).toBeCloseTo(1 / 3, 14);
  });

  it('do not exist with one class or one value', () => {
    expect(rocAucError(Float64Array.of(1, 2), Uint8Array.of(1, 1), 3)).toBeNull();
    expect(balancedAccuracyError(Uint8Array.of(1, 0), Uint8Array.of(0, 0), 3)).toBeNull();
    expect(rankCorrelationError(Float64Array.of(1), Float64Array.of(1), 3)).toBeNull();
  });
});

function balancedAccuracy(predicted: Uint8Array, actual: Uint8Array): number {
  const share = (side: number) => {
    const own = predicted.filter((_, i) => actual[i] === side);
    return own.filter((p) => p === side).length / own.length;
  };
  return (share(0) + share(1)) / 2;
}
