import { expect, it } from 'vitest';
import { fromGrid, toGrid } from './grid-draft.ts';
import { presetName } from './preset.ts';

it('makes a file name of a grid name', () => {
  expect(presetName({ name: 'My grid / 2' })).toBe('my-grid-2.GRID.yaml');
  expect(presetName({ name: '../..' })).toBe('GRID.yaml');
  expect(presetName({})).toBe('GRID.yaml');
});

it('carries a grid through the form and back', () => {
  const grid = {
    name: 'My grid',
    model_types: ['ridge', 'lasso'],
    symbols: ['EURUSD'],
    timeframes: ['H1' as const, 'H4' as const],
    days_history: [30, 90],
    horizons: [3],
    targets: ['return', 'outcome 3:1.5'],
    encoders: ['normalized' as const],
    hyperparameters: { ridge: { alpha: [0.1, 1] } },
  };
  expect(toGrid(fromGrid(grid))).toEqual(grid);
});
