import { describe, expect, it } from 'vitest';
import type { Configuration } from '../contract/configuration.ts';
import { createClimbingSource } from './testing/climbing-source.ts';
import { testCellSource } from './testing/contract.ts';

const BASE: Configuration = {
  modelType: 'ridge',
  encoder: 'normalized',
  symbol: 'EURUSD',
  timeframe: 'H1',
  daysHistory: 60,
  horizon: 1,
  target: 'return',
  indicatorTimeframes: {},
  hyperparameters: {},
};
const figuresOf = ({
  configuration: { horizon },
  asOf,
}: {
  configuration: Configuration;
  asOf: number | null;
}) => ({
  score: -Math.abs(horizon - 24) + (asOf ?? 0) / 1e12,
});

testCellSource('a search', {
  create: () => createClimbingSource(BASE, { trials: 12, seed: 7, enough: Number.POSITIVE_INFINITY }),
  figuresOf,
});
testCellSource('a search that ends early', {
  create: () => createClimbingSource(BASE, { trials: 40, seed: 7, enough: -2 }),
  figuresOf,
});

describe('the search that the tests use', () => {
  it('depends on what it is told', () => {
    const horizons = (score: (horizon: number) => number) => {
      const source = createClimbingSource(BASE, { trials: 12, seed: 7, enough: Number.POSITIVE_INFINITY });
      const seen: number[] = [];
      for (let cells = source.ask(1); cells.length > 0; cells = source.ask(1)) {
        for (const { index, configuration } of cells) {
          seen.push(configuration.horizon);
          source.tell({ index, state: 'completed', figures: { score: score(configuration.horizon) } });
        }
      }
      return seen;
    };
    expect(horizons((h) => h)).not.toEqual(horizons((h) => -h));
  });
});
