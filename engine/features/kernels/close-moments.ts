import type { Rolling, SourceColumns, SourceLanes } from '../rolling.ts';
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
    rollout: (space) => closeLanes(new MomentLanes(close, moments, CLOSE_WINDOW, space)),
  };
  const [mean, std] = rolling.source(columns, close).outputs;
  return { mean, std };
}

function closeLanes(window: MomentLanes): SourceLanes {
  return {
    outputs: [window.mean, window.std],
    reset: () => window.reset(),
    advance: (bars, step) => window.advance(bars.close, step),
  };
}

/** An output that these moments move. */
export function movedBefore(output: Float64Array): SourceLanes {
  return { outputs: [output], reset() {}, advance() {} };
}
