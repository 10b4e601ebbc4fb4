import { expect, it } from 'vitest';
import { yamlFileName } from '../../engine/contract/job-command.ts';
import { fromGrid, haveTwoModels, toGrid, withSides } from './grid-draft.ts';

it('makes a file name of a grid name', () => {
  expect(yamlFileName('GRID', 'My grid / 2')).toBe('my-grid-2.GRID.yaml');
  expect(yamlFileName('GRID', '../..')).toBe('GRID.yaml');
  expect(yamlFileName('GRID')).toBe('GRID.yaml');
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

const SIDED = {
  model_types: ['ridge', 'lasso'],
  symbols: ['EURUSD'],
  timeframes: ['H1' as const],
  days_history: [30],
  horizons: [3],
  targets: ['barrier 2:1'],
  encoders: ['normalized' as const],
};

it('carries hyper-parameters of a LONG and a SHORT model through the form and back', () => {
  const hyperparameters = { ridge: { long: { alpha: [0.1, 1] }, short: {} }, lasso: { alpha: 0.01 } };
  const draft = fromGrid({ ...SIDED, hyperparameters });
  expect(toGrid(draft).hyperparameters).toEqual(hyperparameters);
  expect(haveTwoModels(draft.lists)).toBe(true);
  expect(haveTwoModels({ ...draft.lists, targets: ['barrier 2:1', 'direction'] })).toBe(false);
});

it('tells two models apart from what they had together, and puts them together again', () => {
  const draft = fromGrid({ ...SIDED, hyperparameters: { ridge: { alpha: 2 } } });
  const apart = { ...draft, ...withSides(draft, 'ridge', true) };
  expect(toGrid(apart).hyperparameters).toEqual({ ridge: { long: { alpha: 2 }, short: { alpha: 2 } } });
  expect(toGrid({ ...apart, ...withSides(apart, 'ridge', false) })).toEqual(toGrid(draft));
});
