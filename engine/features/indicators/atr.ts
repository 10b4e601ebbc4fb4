import { barsToForget, SmoothedLanes, wilderWeight } from '../kernels/smoothing.ts';
import type { SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const PERIOD = 14;
const WEIGHT = wilderWeight(PERIOD);

/** Average true range (Wilder, 1978): the Wilder-smoothed true range of 14 bars, in price units. */
export const atr: IndicatorDefinition<'average'> = {
  name: 'atr',
  outputs: [{ name: 'atr_14', kind: 'difference' }],
  warmup: PERIOD - 1,
  settled: PERIOD + barsToForget(WEIGHT),
  define(op, { high, low, close }) {
    const average = op.wilderAverage(op.trueRange(high, low, close), PERIOD);
    return { outputs: [average], average };
  },
  lanes: ({ average }, _candles, rolling) => rollout(new SmoothedLanes(average, WEIGHT, rolling)),
};

function rollout(smoothed: SmoothedLanes): SourceLanes {
  return {
    outputs: [smoothed.values],
    reset: () => smoothed.reset(),
    advance: (bars) => smoothed.advance(bars.range),
  };
}
