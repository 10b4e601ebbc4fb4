import type { Candles } from '../../market/candles.ts';
import { subtract } from '../kernels/elementwise.ts';
import { LaneHistory } from '../kernels/lane-history.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import type { LaneBars } from '../lanes.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { Rolling, SourceColumns, SourceLanes } from '../rolling.ts';
import type { SourceColumn } from './encoder.ts';

/** Bars over which changes of the close are features. */
export const LAGS = [1, 2, 3, 5, 8, 13, 21] as const;
export const LONGEST_LAG = LAGS[LAGS.length - 1];

/** ln(close / close some bars ago), one column per lag. */
export function logChangeColumns({ close }: Candles): SourceColumn[] {
  const logClose = logarithms(close);
  const columns = LAGS.map((lag) => changeOver(logClose, lag));
  const source: SourceColumns = {
    outputs: columns,
    rollout: (rolling) => new LogChangeLanes(logClose, columns, rolling),
  };
  return LAGS.map((lag, k) => ({
    name: `log_change_${lag}`,
    kind: 'ratio',
    values: columns[k],
    warmup: lag,
    newest: (rolling) => rolling.source(source).outputs[k],
  }));
}

export function logChange(close: Float64Array, lag: number): Float64Array {
  return changeOver(logarithms(close), lag);
}

function logarithms(close: Float64Array): Float64Array {
  const out = new Float64Array(close.length);
  for (let t = 0; t < out.length; t++) out[t] = Math.log(close[t]);
  return out;
}

function changeOver(logClose: Float64Array, lag: number): Float64Array {
  const values = new Float64Array(logClose.length).fill(NaN);
  subtract(logClose.subarray(lag), logClose.subarray(0, -lag), values.subarray(lag));
  return values;
}

class LogChangeLanes implements SourceLanes {
  readonly outputs: readonly Float64Array[];
  readonly #loops: LaneLoops;
  readonly #logClose: LaneHistory;

  constructor(logClose: Float64Array, columns: readonly Float64Array[], rolling: Rolling) {
    this.#loops = rolling.loops;
    this.#logClose = new LaneHistory(logClose, LONGEST_LAG, rolling);
    this.outputs = columns.map((column) => new LaneValues(column, rolling).values);
  }

  reset(): void {}

  advance({ logReturn }: LaneBars, step: number): void {
    const now = this.#logClose.at(step);
    this.#loops.add(this.#logClose.at(step - 1), logReturn, now);
    for (let k = 0; k < LAGS.length; k++)
      this.#loops.subtract(now, this.#logClose.at(step - LAGS[k]), this.outputs[k]);
  }
}
