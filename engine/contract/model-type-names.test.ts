import { expect, test } from 'vitest';
import { parseGridSpec } from './grid.ts';
import { readModelType } from './model-type-names.ts';

test.each([
  ['xgb', 'xgboost'],
  ['XGBoost', 'xgboost'],
  ['rf', 'random_forest'],
  ['RandomForest', 'random_forest'],
  ['random-forest', 'random_forest'],
  ['Random Forest', 'random_forest'],
  ['random_forest', 'random_forest'],
  ['lgb', 'lightgbm'],
  ['LGBM', 'lightgbm'],
  ['LightGBM', 'lightgbm'],
  ['ElasticNet', 'elasticnet'],
  ['rl_agent', 'q_agent'],
  ['Q-Agent', 'q_agent'],
  ['constructor', 'constructor'],
  // Said back as it was written: it is no name of any.
  ['Ridge?', 'Ridge?'],
])('%s is %s', (text, name) => expect(readModelType(text)).toBe(name));

const GRID = { symbols: ['EURUSD'], timeframes: ['H1'], days_history: [60], horizons: [3] };

test('a grid may use them, also for hyper-parameters, and lists a type once', () => {
  const spec = parseGridSpec({
    ...GRID,
    model_types: ['xgb', 'rf'],
    hyperparameters: { xgb: { max_depth: [3, 4] } },
  });
  expect(spec.model_types).toEqual(['xgboost', 'random_forest']);
  expect(spec.hyperparameters).toEqual({ xgboost: { max_depth: [3, 4] } });
});

test('hyper-parameters of one type under two names are refused', () => {
  const hyperparameters = { xgb: { max_depth: 3 }, xgboost: { max_depth: 4 } };
  expect(() => parseGridSpec({ ...GRID, model_types: ['xgb'], hyperparameters })).toThrow(
    /hyperparameters\.xgboost: the hyper-parameters of xgboost are there twice/,
  );
});
