import { CLOSE_WINDOW, closeMoments, movedBefore } from '../kernels/close-moments.ts';
import type { IndicatorDefinition } from './indicator.ts';

/** Simple moving average: the mean of the last 20 closes. */
export const sma: IndicatorDefinition<'mean' | 'std'> = {
  name: 'sma',
  outputs: [{ name: 'sma_20', kind: 'level' }],
  warmup: CLOSE_WINDOW - 1,
  settled: CLOSE_WINDOW - 1,
  define(op, { close }) {
    const { mean, std } = op.rollingMoments(close, CLOSE_WINDOW);
    return { outputs: [mean], mean, std };
  },
  lanes: (moments, { close }, rolling) => movedBefore(closeMoments(rolling, close, moments).mean),
};
