import { CLOSE_WINDOW, closeMoments, movedBefore } from '../kernels/close-moments.ts';
import type { IndicatorDefinition } from './indicator.ts';

/** Population standard deviation of the last 20 closes, in price units. */
export const stddev: IndicatorDefinition<'mean' | 'std'> = {
  name: 'stddev',
  outputs: [{ name: 'stddev_20', kind: 'difference' }],
  warmup: CLOSE_WINDOW - 1,
  settled: CLOSE_WINDOW - 1,
  define(op, { close }) {
    const { mean, std } = op.rollingMoments(close, CLOSE_WINDOW);
    return { outputs: [std], mean, std };
  },
  lanes: (moments, { close }, rolling) => movedBefore(closeMoments(rolling, close, moments).std),
};
