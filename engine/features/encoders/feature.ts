import type { Candles } from '../../market/candles.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import type { Rolling } from '../rolling.ts';
import type { Feature, FeatureLanes, SourceColumn } from './encoder.ts';
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
    rollout: (rolling) =>
      sameBarLanes(column.newest(rolling), new LaneValues(values, rolling), formula, rolling),
  };
}

function sameBarLanes(
  source: Float64Array,
  newest: LaneValues,
  formula: keyof typeof SAME_BAR_FORMULAS,
  { bars, loops }: Rolling,
): FeatureLanes {
  return {
    values: newest.values,
    reset() {},
    advance: () => loops[formula](source, bars.close, newest.values),
  };
}

/** A feature that is the source column itself. */
export function plainFeature({ name, values, newest }: SourceColumn): Feature {
  return {
    name,
    values,
    rollout: (rolling) => plainLanes(newest(rolling)),
  };
}

function plainLanes(values: Float64Array): FeatureLanes {
  return { values, reset() {}, advance() {} };
}

/** A feature that synthetic bars do not change, such as one of a higher timeframe. */
export function heldFeature(name: string, values: Float64Array): Feature {
  return { name, values, rollout: (rolling) => heldLanes(new LaneValues(values, rolling)) };
}

function heldLanes({ values }: LaneValues): FeatureLanes {
  return { values, held: true, reset() {}, advance() {} };
}
