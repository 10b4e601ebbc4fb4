import { expect, it } from 'vitest';
import { gridSpecSchema } from '../contract/grid.ts';
import { defaultName } from './default-name.ts';
import { createGrid } from './grid.ts';

const nameOf = (modelTypes: string[], symbols: string[], timeframes: string[]) =>
  defaultName(
    createGrid(
      gridSpecSchema.parse({
        model_types: modelTypes,
        symbols,
        timeframes,
        days_history: [60],
        horizons: [1],
        hyperparameters: { ridge: { alpha: [1, 10] } },
      }),
    ),
  );

it('names what there are few of, and counts what there are many of', () => {
  expect(nameOf(['ridge'], ['EURUSD'], ['H1'])).toBe('Ridge on EURUSD, H1');
  expect(nameOf(['ridge', 'lasso'], ['EURUSD', 'GBPUSD'], ['H1', 'H4'])).toBe(
    'Ridge, Lasso on EURUSD GBPUSD, H1 H4',
  );
  expect(
    nameOf(
      ['ridge', 'lasso', 'elasticnet', 'xgboost'],
      ['AUDUSD', 'EURUSD', 'GBPUSD', 'USDJPY', 'USDCHF'],
      ['M15', 'M30', 'H1', 'H4'],
    ),
  ).toBe('4 models on 5 symbols, 4 timeframes');
});
