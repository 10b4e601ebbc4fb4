import { MomentLanes, rollingMoments } from '../kernels/window-moments.ts';
import type { Indicator } from './indicator.ts';

const PERIOD = 20;

/** Population standard deviation of the last 20 closes, in price units. */
export const stddev: Indicator = {
  name: 'stddev',
  outputs: [{ name: 'stddev_20', kind: 'difference' }],
  warmup: PERIOD - 1,
  settled: PERIOD - 1,
  compute({ close }) {
    const moments = rollingMoments(close, PERIOD);
    return {
      outputs: [moments.std],
      rollout(lanes) {
        const window = new MomentLanes(close, moments, PERIOD, lanes);
        return {
          outputs: [window.std],
          reset: () => window.reset(),
          advance: (bars, step) => window.advance(bars.close, step),
        };
      },
    };
  },
};
