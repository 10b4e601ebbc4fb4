import type { GridSpecInput } from '../engine/contract/grid.ts';

/** Four configurations of the demo market: enough to see training begin, go on and end. */
export const SMALL_GRID: GridSpecInput = {
  name: 'small grid',
  model_types: ['ridge'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [60],
  horizons: [1, 3, 6, 12],
};
