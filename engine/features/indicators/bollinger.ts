import { CLOSE_WINDOW, closeMoments } from '../kernels/close-moments.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import type { RollingMoments } from '../kernels/window-moments.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const WIDTH = 2;

/**
 * Bollinger bands (John Bollinger): mean of the last 20 closes plus and minus twice their population standard
 * deviation. The middle band is no output, being the SMA 20.
 */
export const bollinger: IndicatorDefinition<'mean' | 'std' | 'upper' | 'lower'> = {
  name: 'bollinger',
  outputs: [
    { name: 'bollinger_upper_20', kind: 'level' },
    { name: 'bollinger_lower_20', kind: 'level' },
  ],
  warmup: CLOSE_WINDOW - 1,
  settled: CLOSE_WINDOW - 1,
  define(op, { close }) {
    const moments = op.rollingMoments(close, CLOSE_WINDOW);
    const { upper, lower } = op.bands(moments, WIDTH);
    return { outputs: [upper, lower], mean: moments.mean, std: moments.std, upper, lower };
  },
  lanes: ({ upper, lower, ...moments }, { close }, rolling) =>
    rollout(
      closeMoments(rolling, close, moments),
      new LaneValues(upper, rolling),
      new LaneValues(lower, rolling),
      rolling.loops,
    ),
};

function rollout(
  moments: RollingMoments,
  upper: LaneValues,
  lower: LaneValues,
  loops: LaneLoops,
): SourceLanes {
  return {
    outputs: [upper.values, lower.values],
    reset() {},
    advance: () => loops.bands(moments.mean, moments.std, WIDTH, upper.values, lower.values),
  };
}

/** `width` is in standard deviations. */
export function bands(
  mean: Float64Array,
  std: Float64Array,
  width: number,
  upper: Float64Array,
  lower: Float64Array,
): void {
  for (let i = 0, n = upper.length; i < n; i++) {
    const margin = width * std[i];
    upper[i] = mean[i] + margin;
    lower[i] = mean[i] - margin;
  }
}
