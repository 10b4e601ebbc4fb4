import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { realityCheck, superiorPredictiveAbility } from './reality-check.ts';
import { lcg, noiseReturns } from './testing/lcg.ts';

const options = () => ({ meanBlock: 5, resamples: 500, random: lcg(99) });

describe('realityCheck', () => {
  it('has the known values', () => {
    expect(realityCheck(noiseReturns(400, 10, 0.05), 10, options())).toEqual({
      lower: 0.02,
      consistent: 0.03,
      upper: 0.03,
    });
    expect(realityCheck(noiseReturns(400, 10, 0), 10, options())).toEqual({
      lower: 0.674,
      consistent: 0.864,
      upper: 0.864,
    });
  });
});

describe('superiorPredictiveAbility', () => {
  it('has the known values', () => {
    const edge = superiorPredictiveAbility(noiseReturns(400, 10, 0.05), 10, options());
    expect(edge).toEqual({ lower: 0.016, consistent: 0.02, upper: 0.02 });
    const none = superiorPredictiveAbility(noiseReturns(400, 10, 0), 10, options());
    expect(none).toEqual({ lower: 0.644, consistent: 0.842, upper: 0.842 });
  });

  it('does not depend on the scale of a strategy, and is not blinded by bad ones as the reality check is', () => {
    const returns = noiseReturns(400, 10, 0.05);
    const wild = returns.slice();
    for (let i = 9 * 400; i < 4000; i++) wild[i] = 64 * (wild[i]! - 0.5);
    const before = superiorPredictiveAbility(returns, 10, options());
    const after = superiorPredictiveAbility(wild, 10, options());
    expect(after.consistent).toBeLessThanOrEqual(before.consistent);
    expect(after.consistent).toBeLessThanOrEqual(after.upper);
    expect(after.lower).toBeLessThanOrEqual(after.consistent);
    expect(realityCheck(wild, 10, options()).upper).toBeGreaterThan(0.5);
  });

  it('leaves out who never trades, and finds nothing among losers', () => {
    const returns = noiseReturns(400, 3, 0.05);
    const withIdle = Float64Array.from([...returns, ...new Float64Array(400)]);
    expect(superiorPredictiveAbility(withIdle, 4, options())).toEqual(
      superiorPredictiveAbility(returns, 3, options()),
    );
    const losers = returns.map((x) => x - 0.2);
    const nothing = { lower: 1, consistent: 1, upper: 1 };
    expect(superiorPredictiveAbility(losers, 3, options())).toEqual(nothing);
    expect(superiorPredictiveAbility(new Float64Array(400), 2, options())).toEqual(nothing);
    expect(realityCheck(losers, 3, options()).lower).toBeGreaterThan(0.3);
  });

  it('rejects about as often as it says', () => {
    const random = createPrng(41);
    let found = 0;
    for (let round = 0; round < 200; round++) {
      const returns = Float64Array.from({ length: 5 * 80 }, () => random.normal());
      const { consistent } = superiorPredictiveAbility(returns, 5, { meanBlock: 3, resamples: 200, random });
      if (consistent < 0.1) found++;
    }
    expect(found / 200).toBeGreaterThan(0.04);
    expect(found / 200).toBeLessThan(0.2);
  });
});
