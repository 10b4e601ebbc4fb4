import { barsToForget, exponentialWeight, SmoothedLanes } from '../kernels/smoothing.ts';
import type { SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const PERIOD = 20;
const WEIGHT = exponentialWeight(PERIOD);

/** Exponential moving average of the close: each bar weighs 2 / (20 + 1) of the newest value. */
export const ema: IndicatorDefinition<'average'> = {
  name: 'ema',
  outputs: [{ name: 'ema_20', kind: 'level' }],
  warmup: PERIOD - 1,
  settled: barsToForget(WEIGHT),
  define(op, { close }) {
    const average = op.exponentialAverage(close, PERIOD);
    op.blankBefore(PERIOD - 1, average);
    return { outputs: [average], average };
  },
  lanes: ({ average }, _candles, rolling) => rollout(new SmoothedLanes(average, WEIGHT, rolling)),
};

function rollout(smoothed: SmoothedLanes): SourceLanes {
  return {
    outputs: [smoothed.values],
    reset: () => smoothed.reset(),
    advance: (bars) => smoothed.advance(bars.close),
  };
}
