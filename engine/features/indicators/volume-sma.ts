import { ForeseenLanes } from '../kernels/foreseen-lanes.ts';
import { MomentLanes } from '../kernels/window-moments.ts';
import type { Rolling, SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const PERIOD = 20;

/** Simple moving average of the volume of the last 20 bars. */
export const volumeSma: IndicatorDefinition<'mean' | 'std'> = {
  name: 'volume_sma',
  outputs: [{ name: 'volume_sma_20', kind: 'volume' }],
  warmup: PERIOD - 1,
  settled: PERIOD - 1,
  define(op, { volume }) {
    const { mean, std } = op.rollingMoments(volume, PERIOD);
    return { outputs: [mean], mean, std };
  },
  lanes: (moments, { volume }, rolling) =>
    rollout(new MomentLanes(volume, moments, PERIOD, rolling), rolling),
};

function rollout(window: MomentLanes, rolling: Rolling): SourceLanes {
  const foreseen = new ForeseenLanes(window.mean, rolling);
  return {
    outputs: [window.mean],
    reset() {},
    advance: (bars, step) => foreseen.advance(step, () => window.advance(bars.volume, step)),
  };
}
