import type { Candles } from '../../market/candles.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import type { Feature, SourceColumn } from './encoder.ts';
import { SAME_BAR_FORMULAS } from './formulas.ts';

/** A feature that depends on nothing but a source column and the close of the same bar. */
export function sameBarFeature(
  column: SourceColumn,
  candles: Candles,
  formula: keyof typeof SAME_BAR_FORMULAS,
): Feature {
  const values = new Float64Array(candles.length);
  SAME_BAR_FORMULAS[formula](column.values, candles.close, values);
  return {
    name: column.name,
    values,
    rollout(rolling) {
      const source = column.newest(rolling);
      const { close } = rolling.bars;
      const newest = new LaneValues(values, rolling);
      return {
        values: newest.values,
        reset: () => newest.reset(),
        advance: () => rolling.loops[formula](source, close, newest.values),
      };
    },
  };
}

/** A feature that is the source column itself. */
export function plainFeature({ name, values, newest: newestOf }: SourceColumn): Feature {
  return {
    name,
    values,
    rollout(rolling) {
      return { values: newestOf(rolling), reset() {}, advance() {} };
    },
  };
}

/** A feature that synthetic bars do not change, such as one of a higher timeframe. */
export function heldFeature(name: string, values: Float64Array): Feature {
  return {
    name,
    values,
    rollout(rolling) {
      return { values: new LaneValues(values, rolling).values, held: true, reset() {}, advance() {} };
    },
  };
}
