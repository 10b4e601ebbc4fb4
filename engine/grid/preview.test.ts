import { describe, expect, it } from 'vitest';
import { parseGridSpec } from '../contract/grid.ts';
import { createGrid } from './grid.ts';
import { estimate, formula, gridAxes } from './preview.ts';

const gridOf = (changes: object = {}) =>
  createGrid(
    parseGridSpec({
      model_types: ['ridge', 'lasso'],
      symbols: 'EURUSD',
      timeframes: 'H1',
      days_history: [60, 90],
      horizons: [1, 3, 6],
      ...changes,
    }),
  );

describe('formula', () => {
  it('multiplies the axes, and subtracts what is trained', () => {
    expect(formula(gridOf(), 0)).toBe(
      '2 models x 1 symbol x 1 timeframe x 2 days x 3 horizons = 12 configurations',
    );
    expect(formula(gridOf(), 5)).toMatch(/= 12 configurations - 5 already trained = 7 to train$/);
    expect(formula(gridOf(), 5, 2)).toMatch(/- 5 already trained - 2 impossible = 5 to train$/);
    expect(formula(gridOf(), 0, 2)).toMatch(/= 12 configurations - 2 impossible = 10 to train$/);
    expect(formula(gridOf({ model_types: 'ridge', days_history: 60, horizons: 1 }), 0)).toMatch(
      /^1 model x .* = 1 configuration$/,
    );
  });

  it('has factors whose product is the size, with encoders and hyper-parameters too', () => {
    const grid = gridOf({
      encoders: ['absolute', 'normalized'],
      hyperparameters: { ridge: { alpha: [0.1, 1, 10] } },
    });
    expect(gridAxes(grid).map(({ name }) => name)).toContain('model variant');
    expect(gridAxes(grid).reduce((product, { count }) => product * count, 1)).toBe(grid.size);
    expect(grid.size).toBe(4 * 2 * 3 * 2);
  });
});

describe('estimate', () => {
  const ridge = { runs: 30, seconds: 0.2, bytes: 1000 };
  const lasso = { runs: 10, seconds: 0.6, bytes: 3000 };

  it('is none without a measured run', () => {
    expect(estimate(gridOf(), 12, new Map(), 2)).toEqual({ seconds: null, bytes: null, measuredRuns: 0 });
  });

  it('shares the measured time of each model type among the threads', () => {
    const rates = new Map([
      ['ridge', ridge],
      ['lasso', lasso],
    ]);
    const { seconds, bytes, measuredRuns } = estimate(gridOf(), 12, rates, 2);
    expect(seconds).toBeCloseTo((6 * 0.2 + 6 * 0.6) / 2, 12);
    expect([bytes, measuredRuns]).toEqual([6 * 1000 + 6 * 3000, 40]);
  });

  it('takes the mean of all runs for a model type without any', () => {
    const rates = new Map([
      ['ridge', ridge],
      ['xgboost', lasso],
    ]);
    const mean = (30 * 0.2 + 10 * 0.6) / 40;
    expect(estimate(gridOf(), 12, rates, 1).seconds).toBeCloseTo(6 * 0.2 + 6 * mean, 12);
  });

  it('does not count on more threads than there are configurations', () => {
    const rates = new Map([['ridge', ridge]]);
    expect(estimate(gridOf({ model_types: 'ridge' }), 1, rates, 8).seconds).toBeCloseTo(0.2, 12);
  });
});
