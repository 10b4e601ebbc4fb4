import { describe, expect, it } from 'vitest';
import type { StoredResults } from '../pipeline/results-blob.ts';
import { bestOverAll } from './best-over-all.ts';

/** Of all bars of the selection window; everything else is better, and not looked at. */
function resultsOf(rows: readonly { readonly sharpe: number; readonly trades: number }[]): StoredResults {
  return {
    strategies: rows.length,
    regimeNames: ['bull'],
    read(strategy, window, segment, metric) {
      if (window !== 'selection' || segment !== 0) return 99;
      if (metric === 'sharpeError') return strategy === 1 ? Number.NaN : 0.5;
      return rows[strategy]![metric as 'sharpe' | 'trades'];
    },
  };
}

describe('bestOverAll', () => {
  it('is the highest Sharpe ratio of those that trade enough, the earlier of equals', () => {
    const rows = [
      { sharpe: 9, trades: 9 },
      { sharpe: -1, trades: 10 },
      { sharpe: 2, trades: 30 },
      { sharpe: 2, trades: 40 },
      { sharpe: Number.NaN, trades: 50 },
    ];
    expect(bestOverAll(resultsOf(rows), 10)).toEqual({
      ...{ strategyIndex: 2, sharpe: 2, standardError: 0.5, trades: 30 },
    });
    expect(bestOverAll(resultsOf(rows.slice(0, 2)), 10)).toMatchObject({ sharpe: -1, standardError: null });
  });

  it('says in words why there is none', () => {
    const rows = [
      { sharpe: 9, trades: 9 },
      { sharpe: 3, trades: 2 },
    ];
    expect(bestOverAll(resultsOf(rows), 10)).toBe(
      'No strategy has the 10 trades on the selection window that are asked for; the most is 9.',
    );
    expect(bestOverAll(resultsOf([{ sharpe: Number.NaN, trades: 12 }]), 10)).toMatch(/has a Sharpe ratio\.$/);
  });
});
