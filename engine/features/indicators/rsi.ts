import { LaneValues } from '../kernels/lane-values.ts';
import { barsToForget, SmoothedLanes, wilderWeight } from '../kernels/smoothing.ts';
import type { Rolling, SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const PERIOD = 14;
const WEIGHT = wilderWeight(PERIOD);

/**
 * Relative strength index (Wilder, 1978) of the close: 100 * gain / (gain + loss), both Wilder-smoothed over 14 bars.
 * A price that never moved is neutral: 50.
 */
export const rsi: IndicatorDefinition<'index' | 'gain' | 'loss'> = {
  name: 'rsi',
  outputs: [{ name: 'rsi_14', kind: 'oscillator' }],
  warmup: PERIOD,
  settled: PERIOD + barsToForget(WEIGHT),
  define(op, { close }) {
    const { gains, losses } = op.changes(close);
    const gain = op.wilderAverage(gains, PERIOD, 1);
    const loss = op.wilderAverage(losses, PERIOD, 1);
    const index = op.strength(gain, loss);
    return { outputs: [index], index, gain, loss };
  },
  lanes: ({ index, gain, loss }, _candles, rolling) => rollout(index, gain, loss, rolling),
};

function rollout(index: Float64Array, gain: Float64Array, loss: Float64Array, rolling: Rolling): SourceLanes {
  const { count, loops } = rolling;
  const newest = new LaneValues(index, rolling);
  const smoothedGain = new SmoothedLanes(gain, WEIGHT, rolling);
  const smoothedLoss = new SmoothedLanes(loss, WEIGHT, rolling);
  const gains = loops.floats(count);
  const losses = loops.floats(count);
  return {
    outputs: [newest.values],
    reset() {
      smoothedGain.reset();
      smoothedLoss.reset();
    },
    advance(bars) {
      loops.changes(bars.previousClose, bars.close, gains, losses);
      smoothedGain.advance(gains);
      smoothedLoss.advance(losses);
      loops.strength(smoothedGain.values, smoothedLoss.values, newest.values);
    },
  };
}

export function changes(
  before: Float64Array,
  now: Float64Array,
  gains: Float64Array,
  losses: Float64Array,
): void {
  for (let i = 0, n = gains.length; i < n; i++) {
    const change = now[i] - before[i];
    // The larger of the change, or what it lacks, and 0: exactly that, without a branch that every other bar mispredicts.
    const size = Math.abs(change);
    gains[i] = (size + change) / 2;
    losses[i] = (size - change) / 2;
  }
}

export function strength(gain: Float64Array, loss: Float64Array, out: Float64Array): void {
  for (let i = 0, n = out.length; i < n; i++) {
    const moves = gain[i] + loss[i];
    out[i] = moves === 0 ? 50 : (gain[i] / moves) * 100;
  }
}
