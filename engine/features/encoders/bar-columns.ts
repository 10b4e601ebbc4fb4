import type { Candles } from '../../market/candles.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { Rolling, SourceColumns, SourceLanes } from '../rolling.ts';
import type { SourceColumn } from './encoder.ts';

/** What every bar says without any indicator. */
export interface BarColumns {
  readonly close: SourceColumn;
  /** High minus low. */
  readonly range: SourceColumn;
  /** Where the close lies between low (0) and high (100); 50 in a bar without range. */
  readonly position: SourceColumn;
  readonly volume: SourceColumn;
}

export function barColumns(candles: Candles): BarColumns {
  const { high, low, close, volume, length } = candles;
  const range = new Float64Array(length);
  for (let t = 0; t < length; t++) range[t] = high[t] - low[t];
  const positions = closePositions(candles, range);
  return {
    close: { name: 'close', kind: 'level', values: close, warmup: 0, newest: ({ bars }) => bars.close },
    range: { name: 'range', kind: 'difference', values: range, warmup: 0, newest: ({ bars }) => bars.range },
    position: {
      name: 'close_position',
      kind: 'oscillator',
      values: positions.outputs[0],
      warmup: 0,
      newest: (rolling: Rolling) => rolling.source(positions).outputs[0],
    },
    volume: { name: 'volume', kind: 'volume', values: volume, warmup: 0, newest: ({ bars }) => bars.volume },
  };
}

function closePositions({ low, close, length }: Candles, range: Float64Array): SourceColumns {
  const values = new Float64Array(length);
  positionInBar(low, close, range, values);
  return {
    outputs: [values],
    rollout: (rolling) => positionLanes(new LaneValues(values, rolling), rolling.loops),
  };
}

function positionLanes(newest: LaneValues, loops: LaneLoops): SourceLanes {
  return {
    outputs: [newest.values],
    reset() {},
    advance: (bars) => loops.positionInBar(bars.low, bars.close, bars.range, newest.values),
  };
}

export function positionInBar(
  low: Float64Array,
  close: Float64Array,
  range: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0, n = out.length; i < n; i++)
    out[i] = range[i] === 0 ? 50 : ((close[i] - low[i]) / range[i]) * 100;
}
