import type { Encoder } from './encoder.ts';

/** Everything in its own units: prices, price differences, 0 to 100, volumes. Also the close and the bar's range. */
export const absolute: Encoder = {
  name: 'absolute',
  lookback: () => 0,
  barLookback: 0,
  formulas: {
    level: 'plain',
    difference: 'plain',
    oscillator: 'plain',
    ratio: 'plain',
    volume: 'plain',
    cumulative_volume: 'plain',
  },
  prefix: '',
  barColumns: ['close', 'range'],
  hasTime: false,
  comparesHigherLevels: false,
};
