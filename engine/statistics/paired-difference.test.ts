import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { pairedDifference } from './paired-difference.ts';
import { autoregressive } from './testing/lcg.ts';

describe('pairedDifference', () => {
  const market = autoregressive(250, 0.3, createPrng(1)).map((x) => 10 * x);
  const ours = market.map((x, i) => x + 0.02 + 0.1 * Math.sin(i * i));

  it('sees through what both have in common', () => {
    const found = pairedDifference(ours, market, { random: createPrng(2) });
    expect(found.judgement).toBe('better');
    expect(pairedDifference(market, ours, { random: createPrng(2) }).judgement).toBe('worse');
    expect(found.low).toBeLessThan(found.mean);
    expect(found.high).toBeGreaterThan(found.mean);
    expect((found.high - found.low) / 2 / found.error).toBeCloseTo(1.96, 0);
  });

  it('calls equals not worse, with an interval of no width', () => {
    expect(pairedDifference(ours, ours, { random: createPrng(3) })).toEqual({
      mean: 0,
      error: 0,
      low: 0,
      high: 0,
      judgement: 'not worse',
      meanBlock: 1,
    });
  });

  it.each([0, 0.4])('holds the true difference about as often as it says (autocorrelation %d)', (phi) => {
    const random = createPrng(5);
    let inside = 0;
    for (let round = 0; round < 200; round++) {
      const a = autoregressive(200, phi, random);
      const { low, high } = pairedDifference(a, new Float64Array(200), {
        random,
        confidence: 0.9,
        resamples: 300,
      });
      if (low <= 0 && high >= 0) inside++;
    }
    expect(inside / 200).toBeGreaterThan(0.8);
    expect(inside / 200).toBeLessThan(0.97);
  });

  it('refuses series that are no pair', () => {
    expect(() => pairedDifference(ours, ours.subarray(1), { random: createPrng(1) })).toThrow(/250 and 249/);
  });
});
