import { LaneValues } from '../kernels/lane-values.ts';
import type { Indicator } from './indicator.ts';

/**
 * On-balance volume (Joseph Granville): the running total of volume, added when the close rises and subtracted when
 * it falls. It starts at 0 on the first bar of the series, so only its changes mean anything.
 */
export const obv: Indicator = {
  name: 'obv',
  outputs: [{ name: 'obv', kind: 'cumulative_volume' }],
  warmup: 0,
  settled: 1,
  compute({ close, volume, length }) {
    const total = new Float64Array(length);
    for (let t = 1; t < length; t++) total[t] = total[t - 1] + signed(volume[t], close[t - 1], close[t]);
    return {
      outputs: [total],
      rollout(lanes) {
        const newest = new LaneValues(total, lanes);
        const { values } = newest;
        return {
          outputs: [values],
          reset: () => newest.reset(),
          advance({ previousClose, close, volume }) {
            for (let i = 0, n = values.length; i < n; i++)
              values[i] += signed(volume[i], previousClose[i], close[i]);
          },
        };
      },
    };
  },
};

function signed(volume: number, before: number, now: number): number {
  // Without a branch that every other bar mispredicts.
  return (+(now > before) - +(now < before)) * volume;
}
