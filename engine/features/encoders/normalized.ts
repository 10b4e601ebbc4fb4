import type { Candles } from '../../market/candles.ts';
import { holdLastClosed } from '../alignment.ts';
import { isVolume } from '../indicators/indicator.ts';
import { barColumns } from './bar-columns.ts';
import type { Encoder, Feature, SourceColumn } from './encoder.ts';
import { heldFeature, plainFeature, sameBarFeature } from './feature.ts';
import { VOLUME_WINDOW, zScoreFeature } from './volume-window.ts';

function encode(column: SourceColumn, candles: Candles): Feature {
  switch (column.kind) {
    case 'level':
      return sameBarFeature(column, candles, 'closeAbove');
    case 'difference':
      return sameBarFeature(column, candles, 'shareOfClose');
    case 'oscillator':
      return sameBarFeature(column, candles, 'centered');
    case 'ratio':
      return plainFeature(column);
    case 'volume':
    case 'cumulative_volume':
      return zScoreFeature(column);
  }
}

/**
 * Free of price and volume scale: prices as the close's relative distance from them, price differences as shares of
 * the close, oscillators from -1 to 1, volumes as z-scores over 100 bars. Also the bar's range, close and volume.
 * The price of a higher timeframe is compared with the newest close, everything else there with its own bars.
 */
export const normalized: Encoder = {
  name: 'normalized',
  lookback: (kind) => (isVolume(kind) ? VOLUME_WINDOW - 1 : 0),
  barLookback: VOLUME_WINDOW - 1,
  barFeatures(candles) {
    const { range, position, volume } = barColumns(candles);
    return [range, position, volume].map((column) => encode(column, candles));
  },
  encode,
  encodeHigher(column, higher, candles) {
    if (column.kind !== 'level') {
      return heldFeature(column.name, holdLastClosed(encode(column, higher.candles).values, higher));
    }
    const held = heldFeature(column.name, holdLastClosed(column.values, higher));
    const level: SourceColumn = {
      ...column,
      values: held.values,
      newest: (rolling) => held.rollout(rolling).values,
    };
    return sameBarFeature(level, candles, 'closeAbove');
  },
};
