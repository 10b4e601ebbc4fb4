import { ForeseenLanes } from '../kernels/foreseen-lanes.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import { MomentLanes, rollingMoments } from '../kernels/window-moments.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { Rolling } from '../rolling.ts';
import type { Feature, FeatureLanes, SourceColumn } from './encoder.ts';
import { VOLUME_FORMULAS } from './formulas.ts';

/** Bars a volume is compared with, as volumes have no unit that two sources would share. */
export const VOLUME_WINDOW = 100;

/**
 * A volume in standard deviations of its last 100 bars, 0 where it never changed: its distance from their mean (none of 100 values lies
 * further than sqrt(99) deviations from their mean, so it stays within ±10), or its change over one bar (within ±sqrt(200)).
 */
export function volumeFeature(column: SourceColumn, formula: keyof typeof VOLUME_FORMULAS): Feature {
  const { values: source } = column;
  const moments = rollingMoments(source, VOLUME_WINDOW, column.warmup);
  const values = new Float64Array(source.length).fill(NaN);
  VOLUME_FORMULAS[formula](
    source.subarray(1),
    source.subarray(0, -1),
    moments.mean.subarray(1),
    moments.std.subarray(1),
    values.subarray(1),
  );
  return {
    name: column.name,
    values,
    rollout(rolling) {
      const extended = volumeLanes(
        column.newest(rolling),
        new MomentLanes(source, moments, VOLUME_WINDOW, rolling),
        new LaneValues(source, rolling),
        new LaneValues(values, rolling),
        formula,
        rolling.loops,
      );
      return column.kind === 'volume' ? foreseenLanes(extended, rolling) : extended;
    },
  };
}

function volumeLanes(
  now: Float64Array,
  window: MomentLanes,
  before: LaneValues,
  newest: LaneValues,
  formula: keyof typeof VOLUME_FORMULAS,
  loops: LaneLoops,
): FeatureLanes {
  return {
    values: newest.values,
    reset() {
      window.reset();
      before.reset();
    },
    advance(step) {
      window.advance(now, step);
      loops[formula](now, before.values, window.mean, window.std, newest.values);
      loops.copy(now, before.values);
    },
  };
}

function foreseenLanes({ values, advance }: FeatureLanes, rolling: Rolling): FeatureLanes {
  const foreseen = new ForeseenLanes(values, rolling);
  return {
    values,
    reset() {},
    advance: (step) => foreseen.advance(step, () => advance(step)),
  };
}
