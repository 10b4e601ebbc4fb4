import type { Candles } from '../../market/candles.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import type { Rolling } from '../rolling.ts';
import type { Feature, FeatureLanes, SourceColumn } from './encoder.ts';
import { CHANGE_FORMULAS } from './formulas.ts';

/** A feature that depends on a source column, the same one a bar before, and the close. */
export function changeFeature(
  { name, values: source, newest }: SourceColumn,
  { close, length }: Candles,
  formula: keyof typeof CHANGE_FORMULAS,
): Feature {
  const values = new Float64Array(length).fill(NaN);
  CHANGE_FORMULAS[formula](source.subarray(1), source.subarray(0, -1), close.subarray(1), values.subarray(1));
  return {
    name,
    values,
    rollout: (rolling) =>
      changeLanes(
        newest(rolling),
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
    reset: () => before.reset(),
    advance() {
      loops[formula](now, before.values, bars.close, newest.values);
      loops.copy(now, before.values);
    },
  };
}
