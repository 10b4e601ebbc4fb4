import { holdLastClosed } from '../alignment.ts';
import { barColumns } from './bar-columns.ts';
import type { Encoder } from './encoder.ts';
import { heldFeature, plainFeature } from './feature.ts';

/** Everything in its own units: prices, price differences, 0 to 100, volumes. Also the close and the bar's range. */
export const absolute: Encoder = {
  name: 'absolute',
  lookback: () => 0,
  barLookback: 0,
  barFeatures(candles) {
    const { close, range } = barColumns(candles);
    return [plainFeature(close), plainFeature(range)];
  },
  encode: plainFeature,
  encodeHigher: ({ name, values }, higher) => heldFeature(name, holdLastClosed(values, higher)),
};
