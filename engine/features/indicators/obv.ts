import { LaneValues } from '../kernels/lane-values.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

/**
 * On-balance volume (Joseph Granville): the running total of volume, added when the close rises and subtracted when
 * it falls. It starts at 0 on the first bar of the series, so only its changes mean anything.
 */
export const obv: IndicatorDefinition<'total'> = {
  name: 'obv',
  outputs: [{ name: 'obv', kind: 'cumulative_volume' }],
  warmup: 0,
  settled: 1,
  define(op, { close, volume }) {
    const total = op.signedTotal(close, volume);
    return { outputs: [total], total };
  },
  lanes: ({ total }, _candles, rolling) => rollout(new LaneValues(total, rolling), rolling.loops),
};

function rollout(newest: LaneValues, loops: LaneLoops): SourceLanes {
  return {
    outputs: [newest.values],
    reset: () => newest.reset(),
    advance: ({ previousClose, close, volume }) =>
      loops.addSignedVolume(volume, previousClose, close, newest.values),
  };
}

/** Of every bar, from 0 at the first. */
export function signedTotal(close: Float64Array, volume: Float64Array): Float64Array {
  const { length } = close;
  const total = new Float64Array(length);
  for (let t = 1; t < length; t++) total[t] = total[t - 1] + signed(volume[t], close[t - 1], close[t]);
  return total;
}

/** One more bar per lane. */
export function addSignedVolume(
  volume: Float64Array,
  before: Float64Array,
  now: Float64Array,
  values: Float64Array,
): void {
  for (let i = 0, n = values.length; i < n; i++) values[i] += signed(volume[i], before[i], now[i]);
}

function signed(volume: number, before: number, now: number): number {
  // Without a branch that every other bar mispredicts.
  return (+(now > before) - +(now < before)) * volume;
}
