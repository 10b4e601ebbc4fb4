import { CLOSE_WINDOW, closeMoments, movedBefore } from '../kernels/close-moments.ts';
import { rollingMoments } from '../kernels/window-moments.ts';
import type { Indicator } from './indicator.ts';

/** Simple moving average: the mean of the last 20 closes. */
export const sma: Indicator = {
  name: 'sma',
  outputs: [{ name: 'sma_20', kind: 'level' }],
  warmup: CLOSE_WINDOW - 1,
  settled: CLOSE_WINDOW - 1,
  compute({ close }) {
    const moments = rollingMoments(close, CLOSE_WINDOW);
    return {
      outputs: [moments.mean],
      rollout: (rolling) => movedBefore(closeMoments(rolling, close, moments).mean),
    };
  },
};
