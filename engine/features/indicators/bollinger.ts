import { LaneValues } from '../kernels/lane-values.ts';
import { MomentLanes, type RollingMoments, rollingMoments } from '../kernels/window-moments.ts';
import type { Indicator } from './indicator.ts';

const PERIOD = 20;
const WIDTH = 2;

/**
 * Bollinger bands (John Bollinger): mean of the last 20 closes plus and minus twice their population standard
 * deviation. The middle band is no output, being the SMA 20.
 */
export const bollinger: Indicator = {
  name: 'bollinger',
  outputs: [
    { name: 'bollinger_upper_20', kind: 'level' },
    { name: 'bollinger_lower_20', kind: 'level' },
  ],
  warmup: PERIOD - 1,
  settled: PERIOD - 1,
  compute({ close, length }) {
    const moments = rollingMoments(close, PERIOD);
    const upper = new Float64Array(length);
    const lower = new Float64Array(length);
    bands(moments, upper, lower);
    return {
      outputs: [upper, lower],
      rollout(lanes) {
        const window = new MomentLanes(close, moments, PERIOD, lanes);
        const newUpper = new LaneValues(upper, lanes);
        const newLower = new LaneValues(lower, lanes);
        return {
          outputs: [newUpper.values, newLower.values],
          reset() {
            window.reset();
            newUpper.reset();
            newLower.reset();
          },
          advance(bars, step) {
            window.advance(bars.close, step);
            bands(window, newUpper.values, newLower.values);
          },
        };
      },
    };
  },
};

function bands({ mean, std }: RollingMoments, upper: Float64Array, lower: Float64Array): void {
  for (let i = 0, n = upper.length; i < n; i++) {
    const margin = WIDTH * std[i];
    upper[i] = mean[i] + margin;
    lower[i] = mean[i] - margin;
  }
}
