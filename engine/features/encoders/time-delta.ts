import { isVolume } from '../indicators/indicator.ts';
import type { Encoder } from './encoder.ts';
import { LONGEST_LAG } from './log-changes.ts';
import { VOLUME_WINDOW } from './volume-window.ts';

/**
 * What changed: log changes of the close over 1 to 21 bars, changes of every indicator over one bar of its own
 * timeframe (prices and price differences as shares of the close, oscillators in half ranges, volumes in standard
 * deviations of 100 bars), the time since the previous bar, and the hour and weekday the bar opens in.
 */
export const timeDelta: Encoder = {
  name: 'time_delta',
  lookback: (kind) => (isVolume(kind) ? VOLUME_WINDOW - 1 : 1),
  barLookback: LONGEST_LAG,
  formulas: {
    level: 'changeOverClose',
    difference: 'changeOverClose',
    oscillator: 'changeOverFifty',
    ratio: 'plainChange',
    volume: 'volumeChange',
    cumulative_volume: 'volumeChange',
  },
  prefix: 'delta_',
  barColumns: [],
  hasTime: true,
  comparesHigherLevels: false,
};
