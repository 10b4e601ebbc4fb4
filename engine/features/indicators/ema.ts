import { barsToForget, exponentialAverage, exponentialWeight, SmoothedLanes } from '../kernels/smoothing.ts';
import type { SourceLanes } from '../rolling.ts';
import { blankBefore, type Indicator } from './indicator.ts';

const PERIOD = 20;
const WEIGHT = exponentialWeight(PERIOD);

/** Exponential moving average of the close: each bar weighs 2 / (20 + 1) of the newest value. */
export const ema: Indicator = {
  name: 'ema',
  outputs: [{ name: 'ema_20', kind: 'level' }],
  warmup: PERIOD - 1,
  settled: barsToForget(WEIGHT),
  compute({ close }) {
    const average = exponentialAverage(close, PERIOD);
    blankBefore(PERIOD - 1, average);
    return {
      outputs: [average],
      rollout: (rolling) => rollout(new SmoothedLanes(average, WEIGHT, rolling)),
    };
  },
};

function rollout(smoothed: SmoothedLanes): SourceLanes {
  return {
    outputs: [smoothed.values],
    reset: () => smoothed.reset(),
    advance: (bars) => smoothed.advance(bars.close),
  };
}
