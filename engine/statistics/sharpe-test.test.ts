import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimumTrackRecord, probabilisticSharpe } from './sharpe-test.ts';

const HEDGE_FUND = { sharpe: 1.585 / Math.sqrt(12), skewness: -2.448, kurtosis: 10.164 };
const normal = (sharpe: number) => ({ sharpe, skewness: 0, kurtosis: 3 });

describe('probabilisticSharpe', () => {
  it('has the published values', () => {
    expect(probabilisticSharpe(HEDGE_FUND, 24, 0)).toBeCloseTo(0.91323430688486018, 14);
    expect(probabilisticSharpe(normal(HEDGE_FUND.sharpe), 24, 0)).toBeCloseTo(0.98159123608, 11);
  });

  it('says nothing of one return, or where there is no error', () => {
    expect(probabilisticSharpe(normal(1), 1, 0)).toBeNull();
    // Two outcomes with these moments make every sample's Sharpe ratio certain, to first order.
    expect(probabilisticSharpe({ sharpe: 1, skewness: 2, kurtosis: 5 }, 30, 0)).toBeNull();
  });
});

describe('minimumTrackRecord', () => {
  const years = (a: number, b: number, perYear: number) =>
    minimumTrackRecord(normal(a / Math.sqrt(perYear)), b / Math.sqrt(perYear))! / perYear;

  it('has the published values, in years', () => {
    expect(years(2, 1, 250)).toBeCloseTo(2.7311878017281761, 12);
    expect(years(2, 1, 52)).toBeCloseTo(2.8288335869452368, 12);
    const skewed = { sharpe: 3 / Math.sqrt(12), skewness: -0.72, kurtosis: 5.78 };
    expect(minimumTrackRecord(skewed, 2.5 / Math.sqrt(12))! / 12).toBeCloseTo(27.352920196040301, 10);
  });

  it('does not exist where the benchmark is not exceeded', () => {
    expect(minimumTrackRecord(normal(0.1), 0.1)).toBeNull();
  });

  it('is the number of returns at which the probability is the confidence', () => {
    const edge = fc.double({ min: 0.01, max: 0.5, noNaN: true });
    const skew = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        edge,
        skew,
        fc.double({ min: 0.6, max: 0.999, noNaN: true }),
        (sharpe, skewness, confidence) => {
          const observed = { sharpe, skewness, kurtosis: 3 + 2 * skewness ** 2 };
          const count = minimumTrackRecord(observed, 0, confidence)!;
          if (count < 2) return;
          expect(probabilisticSharpe(observed, count, 0)).toBeCloseTo(confidence, 9);
        },
      ),
    );
  });
});
