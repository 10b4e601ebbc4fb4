import type { Rolling, SourceColumns } from '../rolling.ts';
import { MomentLanes, type RollingMoments } from './window-moments.ts';

/** Closes that several indicators have mean and deviation of. */
export const CLOSE_WINDOW = 20;

/**
 * Mean and population standard deviation of the last 20 closes at every lane's newest bar: rolled forward once for all
 * indicators that are made from them. `moments` are those of `close`.
 */
export function closeMoments(rolling: Rolling, close: Float64Array, moments: RollingMoments): RollingMoments {
  const columns: SourceColumns = {
    outputs: [moments.mean, moments.std],
    rollout(space) {
      const window = new MomentLanes(close, moments, CLOSE_WINDOW, space);
      return {
        outputs: [window.mean, window.std],
        reset: () => window.reset(),
        advance: (bars, step) => window.advance(bars.close, step),
      };
    },
  };
  const [mean, std] = rolling.source(columns, close).outputs;
  return { mean, std };
}
