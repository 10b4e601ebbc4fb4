import { MomentLanes, rollingMoments } from '../kernels/window-moments.ts';
import type { Indicator } from './indicator.ts';

const PERIOD = 20;

/** Simple moving average: the mean of the last 20 closes. */
export const sma: Indicator = {
  name: 'sma',
  outputs: [{ name: 'sma_20', kind: 'level' }],
  warmup: PERIOD - 1,
  settled: PERIOD - 1,
  compute({ close }) {
    const moments = rollingMoments(close, PERIOD);
    return {
      outputs: [moments.mean],
      rollout(lanes) {
        const window = new MomentLanes(close, moments, PERIOD, lanes);
        return {
          outputs: [window.mean],
          reset: () => window.reset(),
          advance: (bars, step) => window.advance(bars.close, step),
        };
      },
    };
  },
};
