import { barsToForget, SmoothedLanes, wilderAverage, wilderWeight } from '../kernels/smoothing.ts';
import { trueRange } from '../kernels/true-range.ts';
import type { SourceLanes } from '../rolling.ts';
import type { Indicator } from './indicator.ts';

const PERIOD = 14;
const WEIGHT = wilderWeight(PERIOD);

/** Average true range (Wilder, 1978): the Wilder-smoothed true range of 14 bars, in price units. */
export const atr: Indicator = {
  name: 'atr',
  outputs: [{ name: 'atr_14', kind: 'difference' }],
  warmup: PERIOD - 1,
  settled: PERIOD + barsToForget(WEIGHT),
  compute(candles) {
    const average = wilderAverage(trueRange(candles), PERIOD);
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
    advance: (bars) => smoothed.advance(bars.range),
  };
}
