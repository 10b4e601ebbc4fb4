import type { GridSpecInput } from '../contract/grid.ts';

/** Of the demo market: small enough for a first look, large enough that some regimes find a champion and some do not. */
export const DEMO_GRID: GridSpecInput = {
  name: 'Demo grid',
  model_types: [
    'linear_regression',
    'ridge',
    'lasso',
    'elasticnet',
    'random_forest',
    'gradient_boosting',
    'xgboost',
    'lightgbm',
  ],
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD', 'DEMO_USDJPY'],
  timeframes: ['H1', 'H4'],
  days_history: [90, 180],
  horizons: [3, 12],
};
