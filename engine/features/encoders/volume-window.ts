import { ForeseenLanes } from '../kernels/foreseen-lanes.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import { MomentLanes, type RollingMoments, rollingMoments } from '../kernels/window-moments.ts';
import type { Feature, SourceColumn } from './encoder.ts';

/** Bars a volume is compared with, as volumes have no unit that two sources would share. */
export const VOLUME_WINDOW = 100;

/** A standard deviation below this share of the mean is rounding noise of equal values. */
const NOISE = 1e-12;

/**
 * Distance of a volume from its mean over the last 100 bars, in standard deviations; 0 where it never changed.
 * None of 100 values lies further than sqrt(99) deviations from their mean, so it stays within ±10.
 */
export function zScoreFeature(column: SourceColumn): Feature {
  return volumeFeature(column.name, column, (now, _before, { mean, std }, out) => {
    for (let i = 0, n = out.length; i < n; i++) {
      out[i] = std[i] <= NOISE * Math.abs(mean[i]) ? 0 : (now[i] - mean[i]) / std[i];
    }
  });
}

/** Change of a volume over one bar, in the same standard deviations; within ±sqrt(200). */
export function volumeChangeFeature(name: string, column: SourceColumn): Feature {
  return volumeFeature(name, column, (now, before, { mean, std }, out) => {
    for (let i = 0, n = out.length; i < n; i++) {
      out[i] = std[i] <= NOISE * Math.abs(mean[i]) ? 0 : (now[i] - before[i]) / std[i];
    }
  });
}

type VolumeFormula = (
  now: Float64Array,
  before: Float64Array,
  window: RollingMoments,
  out: Float64Array,
) => void;

function volumeFeature(name: string, column: SourceColumn, formula: VolumeFormula): Feature {
  const { values: source } = column;
  const moments = rollingMoments(source, VOLUME_WINDOW, column.warmup);
  const values = new Float64Array(source.length).fill(NaN);
  const later = { mean: moments.mean.subarray(1), std: moments.std.subarray(1) };
  formula(source.subarray(1), source.subarray(0, -1), later, values.subarray(1));
  return {
    name,
    values,
    rollout(rolling) {
      const now = column.newest(rolling);
      const window = new MomentLanes(source, moments, VOLUME_WINDOW, rolling.lanes);
      const before = new LaneValues(source, rolling.lanes);
      const newest = new LaneValues(values, rolling.lanes);
      const extend = (step: number) => {
        window.advance(now, step);
        formula(now, before.values, window, newest.values);
        before.values.set(now);
      };
      if (column.kind === 'volume') {
        const foreseen = new ForeseenLanes(newest.values);
        return {
          values: newest.values,
          reset: () => foreseen.reset(),
          advance: (step) => foreseen.advance(step, () => extend(step)),
        };
      }
      return {
        values: newest.values,
        reset() {
          window.reset();
          before.reset();
          newest.reset();
        },
        advance: extend,
      };
    },
  };
}
