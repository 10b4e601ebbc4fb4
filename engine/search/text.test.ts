import { expect, it } from 'vitest';
import { readSearchText, searchText } from './text.ts';

const TEXT = `
name: My search
model_types: [ridge, xgb]
symbols: EURUSD
timeframes: [1h]
days_history: 180
horizons: 3
trials: 40
patience: 20
space:
  xgboost:
    max_depth: { type: int, low: 2, high: 6 }
    reg_lambda: { type: float, low: 0.01, high: 1, log: true, when: { max_depth: [2, 3] } }
    subsample: [0.5, 1]
    gamma: null
`;

it('writes what it reads, lists and ranges on one line', () => {
  const search = readSearchText(TEXT, 'SEARCH.yaml');
  const text = searchText(search);
  expect(readSearchText(text, 'SEARCH.yaml')).toEqual(search);
  expect(text).toContain('\nmodel_types: [ridge, xgboost]\n');
  expect(text).toMatch(/\n {4}max_depth: \{ ?type: int, low: 2, high: 6, log: false ?\}\n/);
});
