import { expect, it } from 'vitest';
import type { StoredResults } from '../pipeline/results-blob.ts';
import { sharpeErrorOf } from './score-error.ts';

/** One strategy in two regimes, Sharpe ratios 4.1 and 5.1 with errors of 2 and none. */
const results: StoredResults = {
  strategies: 1,
  regimeNames: ['bull', 'calm'],
  read: (_, window, segment, metric) =>
    window === 'holdout' || segment === 0
      ? 99
      : Math.fround(metric === 'sharpe' ? 3.1 + segment : segment === 1 ? 2 : Number.NaN),
};

it('is that of the same Sharpe ratio, in single precision', () => {
  expect(sharpeErrorOf(results, { regime: 'bull', strategy_index: 0, score: 4.1 })).toBe(2);
  expect(sharpeErrorOf(results, { regime: 'calm', strategy_index: 0, score: 5.1 })).toBeNull();
});

it('is null for another score, another regime and an unknown strategy', () => {
  expect(sharpeErrorOf(results, { regime: 'bull', strategy_index: 0, score: 0.73 })).toBeNull();
  expect(sharpeErrorOf(results, { regime: 'gone', strategy_index: 0, score: 4.1 })).toBeNull();
  expect(sharpeErrorOf(results, { regime: 'bull', strategy_index: null, score: 4.1 })).toBeNull();
});
