import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { momentsOf } from './moments.ts';
import { revisedMinimumTrackRecord, revisedProbabilisticSharpe, sharpeError } from './revised-sharpe-test.ts';

const FUND = { sharpe: 0.036 / 0.079, skewness: -2.448, kurtosis: 10.164 };

describe('the figures of 2025', () => {
  it('are the published ones without autocorrelation', () => {
    expect(sharpeError(FUND, 24)).toBeCloseTo(0.329, 3);
    expect(sharpeError({ ...FUND, skewness: 0, kurtosis: 3 }, 24)).toBeCloseTo(0.214, 3);
    expect(revisedMinimumTrackRecord(FUND, 0)).toBeCloseTo(13.029, 3);
    expect(revisedProbabilisticSharpe(FUND, 24, 0)).toBeCloseTo(0.987, 3);
    expect(revisedProbabilisticSharpe(FUND, 24, 0.1)).toBeCloseTo(0.939, 3);
  });

  it('are the published ones with an autocorrelation of 0.2', () => {
    expect(sharpeError(FUND, 24, 0.2)).toBeCloseTo(0.37949, 5);
    expect(revisedMinimumTrackRecord(FUND, 0, 0.95, 0.2)).toBeCloseTo(19.543, 3);
    expect(revisedProbabilisticSharpe(FUND, 24, 0, 0.2)).toBeCloseTo(0.96583, 5);
    expect(revisedProbabilisticSharpe(FUND, 24, 0.1, 0.2)).toBeCloseTo(0.90048, 5);
  });

  it('say nothing of a benchmark that is not exceeded', () => {
    expect(revisedMinimumTrackRecord(FUND, FUND.sharpe)).toBeNull();
  });

  it('are what Sharpe ratios of dependent returns scatter by', () => {
    const random = createPrng(21);
    const r = 0.3;
    const ratios = Float64Array.from({ length: 4000 }, () => {
      let x = random.normal();
      const returns = Float64Array.from({ length: 400 }, () => {
        x = r * x + Math.sqrt(1 - r * r) * random.normal();
        return 0.3 + x;
      });
      const { mean, standardDeviation } = momentsOf(returns)!;
      return mean / standardDeviation;
    });
    const error = sharpeError({ sharpe: 0.3, skewness: 0, kurtosis: 3 }, 400, r);
    expect(momentsOf(ratios)!.standardDeviation / error).toBeCloseTo(1, 1);
  });
});
