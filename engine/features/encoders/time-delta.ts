import type { Candles } from '../../market/candles.ts';
import { holdLastClosed } from '../alignment.ts';
import { isVolume } from '../indicators/indicator.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import type { Rolling } from '../rolling.ts';
import type { Encoder, Feature, FeatureLanes, SourceColumn } from './encoder.ts';
import { heldFeature, plainFeature } from './feature.ts';
import { CHANGE_FORMULAS } from './formulas.ts';
import { LONGEST_LAG, logChangeColumns } from './log-changes.ts';
import { timeFeatures } from './time-features.ts';
import { VOLUME_WINDOW, volumeChangeFeature } from './volume-window.ts';

function encode(column: SourceColumn, candles: Candles): Feature {
  switch (column.kind) {
    case 'level':
    case 'difference':
      return changeFeature(column, candles, 'changeOverClose');
    case 'oscillator':
      return changeFeature(column, candles, 'changeOverFifty');
    case 'ratio':
      return changeFeature(column, candles, 'plainChange');
    case 'volume':
    case 'cumulative_volume':
      return volumeChangeFeature(nameOf(column), column);
  }
}

function nameOf(column: SourceColumn): string {
  return `delta_${column.name}`;
}

function changeFeature(
  column: SourceColumn,
  { close, length }: Candles,
  formula: keyof typeof CHANGE_FORMULAS,
): Feature {
  const { values: source } = column;
  const values = new Float64Array(length).fill(NaN);
  CHANGE_FORMULAS[formula](source.subarray(1), source.subarray(0, -1), close.subarray(1), values.subarray(1));
  return {
    name: nameOf(column),
    values,
    rollout: (rolling) =>
      changeLanes(
        column.newest(rolling),
        new LaneValues(source, rolling),
        new LaneValues(values, rolling),
        formula,
        rolling,
      ),
  };
}

function changeLanes(
  now: Float64Array,
  before: LaneValues,
  newest: LaneValues,
  formula: keyof typeof CHANGE_FORMULAS,
  { bars, loops }: Rolling,
): FeatureLanes {
  return {
    values: newest.values,
    reset() {
      before.reset();
      newest.reset();
    },
    advance() {
      loops[formula](now, before.values, bars.close, newest.values);
      loops.copy(now, before.values);
    },
  };
}

/**
 * What changed: log changes of the close over 1 to 21 bars, changes of every indicator over one bar of its own
 * timeframe (prices and price differences as shares of the close, oscillators in half ranges, volumes in standard
 * deviations of 100 bars), the time since the previous bar, and the hour and weekday the bar opens in.
 */
export const timeDelta: Encoder = {
  name: 'time_delta',
  lookback: (kind) => (isVolume(kind) ? VOLUME_WINDOW - 1 : 1),
  barLookback: LONGEST_LAG,
  barFeatures(candles) {
    return [...logChangeColumns(candles).map(plainFeature), ...timeFeatures(candles)];
  },
  encode,
  encodeHigher: (column, higher) =>
    heldFeature(nameOf(column), holdLastClosed(encode(column, higher.candles).values, higher)),
};
