import { LaneHistory } from '../kernels/lane-history.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const PERIOD = 10;

/** Rate of change: close / close ten bars ago - 1. */
export const roc: IndicatorDefinition<'values'> = {
  name: 'roc',
  outputs: [{ name: 'roc_10', kind: 'ratio' }],
  warmup: PERIOD,
  settled: PERIOD,
  define(op, { close }) {
    const values = op.rateOfChange(close, PERIOD);
    return { outputs: [values], values };
  },
  lanes: ({ values }, { close }, rolling) =>
    rollout(new LaneValues(values, rolling), new LaneHistory(close, PERIOD, rolling), rolling.loops),
};

function rollout(newest: LaneValues, closes: LaneHistory, loops: LaneLoops): SourceLanes {
  return {
    outputs: [newest.values],
    reset() {},
    advance(bars, step) {
      loops.copy(bars.close, closes.at(step));
      loops.rateOfChange(closes.at(step - PERIOD), bars.close, newest.values);
    },
  };
}

export function rateOfChange(before: Float64Array, now: Float64Array, out: Float64Array): void {
  for (let i = 0, n = out.length; i < n; i++) out[i] = (now[i] - before[i]) / before[i];
}
