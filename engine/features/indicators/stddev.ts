import { CLOSE_WINDOW, closeMoments, movedBefore } from '../kernels/close-moments.ts';
import { rollingMoments } from '../kernels/window-moments.ts';
import type { Indicator } from './indicator.ts';

/** Population standard deviation of the last 20 closes, in price units. */
export const stddev: Indicator = {
  name: 'stddev',
  outputs: [{ name: 'stddev_20', kind: 'difference' }],
  warmup: CLOSE_WINDOW - 1,
  settled: CLOSE_WINDOW - 1,
  compute({ close }) {
    const moments = rollingMoments(close, CLOSE_WINDOW);
    return {
      outputs: [moments.std],
      rollout: (rolling) => movedBefore(closeMoments(rolling, close, moments).std),
    };
  },
};
