import { isVolume } from '../indicators/indicator.ts';
import type { Encoder } from './encoder.ts';
import { VOLUME_WINDOW } from './volume-window.ts';

/**
 * Free of price and volume scale: prices as the close's relative distance from them, price differences as shares of
 * the close, oscillators from -1 to 1, volumes as z-scores over 100 bars. Also the bar's range, close and volume.
 * The price of a higher timeframe is compared with the newest close, everything else there with its own bars.
 */
export const normalized: Encoder = {
  name: 'normalized',
  lookback: (kind) => (isVolume(kind) ? VOLUME_WINDOW - 1 : 0),
  barLookback: VOLUME_WINDOW - 1,
  formulas: {
    level: 'closeAbove',
    difference: 'shareOfClose',
    oscillator: 'centered',
    ratio: 'plain',
    volume: 'zScore',
    cumulative_volume: 'zScore',
  },
  prefix: '',
  barColumns: ['range', 'position', 'volume'],
  hasTime: false,
  comparesHigherLevels: true,
};
