import { expect, it } from 'vitest';
import { gridSpecSchema, parseGridSpec } from '../../engine/contract/grid.ts';
import { EMPTY_DRAFT, fromGrid, type GridDraft, missingAxes, toGrid } from './grid-draft.ts';
import { entryOf, GRID_FIELDS, hyperparameterProblems, problemsByField } from './problems.ts';

const DRAFT: GridDraft = {
  ...EMPTY_DRAFT,
  lists: { ...EMPTY_DRAFT.lists, model_types: ['ridge', 'lasso'], symbols: ['EURUSD'], timeframes: ['H1'] },
};

it('has a field for every key of a grid', () => {
  expect([...GRID_FIELDS].sort()).toEqual(Object.keys(gridSpecSchema.shape).sort());
});

it('puts every problem at its field, with or without the method’s own prefix', () => {
  const { fields, rest } = problemsByField([
    { path: 'grid.days_history[1]', message: 'too long' },
    { path: 'days_history[0]', message: 'too short' },
    { path: 'hyperparameters.ridge.alpha', message: 'too small' },
    { path: 'grid', message: 'no grid' },
    { path: 'queueId', message: 'no queue' },
  ]);
  expect(fields.days_history?.map(entryOf)).toEqual([1, 0]);
  expect(fields.hyperparameters).toHaveLength(1);
  expect(rest.map((p) => p.path)).toEqual(['', 'queueId']);
});

it('finds the problems of one hyper-parameter and no other', () => {
  const problems = [
    { path: 'hyperparameters.ridge.alpha', message: 'a' },
    { path: 'hyperparameters.ridge.alpha[1]', message: 'b' },
    { path: 'hyperparameters.ridge.alpha_max', message: 'c' },
    { path: 'hyperparameters.lasso.alpha', message: 'd' },
  ];
  expect(hyperparameterProblems(problems, 'ridge', 'alpha').map((p) => p.message)).toEqual(['a', 'b']);
});

it('knows what a draft still lacks', () => {
  expect(missingAxes(EMPTY_DRAFT)).toEqual(['model types', 'symbols', 'timeframes']);
  expect(missingAxes(DRAFT)).toEqual([]);
});

it('sends only what was chosen, in the order that problems refer to', () => {
  const grid = toGrid({
    ...DRAFT,
    name: '  ',
    lists: { ...DRAFT.lists, days_history: [180, 30] },
    indicators: { rsi: ['H1'], atr: [] },
    hyperparameters: { ridge: { alpha: [1], solver: [] }, xgboost: { max_depth: [3, 6] }, lasso: {} },
  });
  expect(grid).toEqual({
    model_types: ['ridge', 'lasso'],
    symbols: ['EURUSD'],
    targets: ['return'],
    timeframes: ['H1'],
    days_history: [180, 30],
    horizons: [3, 6],
    encoders: ['normalized'],
    indicator_timeframes: { rsi: ['H1'] },
    hyperparameters: { ridge: { alpha: 1 } },
  });
  expect(toGrid(fromGrid(parseGridSpec(grid)))).toEqual(grid);
});

it('leaves out doubles, which would shift the places of problems', () => {
  const grid = parseGridSpec({ ...toGrid(DRAFT), days_history: [30, 30, 60] });
  expect(fromGrid(grid).lists.days_history).toEqual([30, 60]);
});
