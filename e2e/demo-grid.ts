import type { GridSpecInput } from '../engine/contract/grid.ts';

/** Eight configurations of the demo market: enough to see training begin, go on and end. */
export const SMALL_GRID: GridSpecInput = {
  name: 'small grid',
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1'],
  days_history: [60],
  horizons: [1, 2, 3, 4, 6, 8, 10, 12],
};

/** One configuration of four-hour bars: whoever is about what comes after training waits for no more. */
export const ONE_RIDGE = {
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4' as const],
  days_history: [60],
  horizons: [3],
};
