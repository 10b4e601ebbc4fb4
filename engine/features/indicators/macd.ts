import { LaneValues } from '../kernels/lane-values.ts';
import { barsToForget, exponentialWeight, SmoothedLanes } from '../kernels/smoothing.ts';
import type { LaneBars } from '../lanes.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { Rolling, SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const FAST = 12;
const SLOW = 26;
const SIGNAL = 9;
const WARMUP = SLOW - 1 + SIGNAL - 1;

/**
 * Moving average convergence/divergence (Gerald Appel): the line is EMA 12 minus EMA 26 of the close, the histogram
 * is the line minus its own EMA 9, the signal. The signal itself is no output, being the difference of the two.
 */
export const macd: IndicatorDefinition<MacdColumn> = {
  name: 'macd',
  outputs: [
    { name: 'macd_12_26', kind: 'difference' },
    { name: 'macd_histogram_9', kind: 'difference' },
  ],
  warmup: WARMUP,
  settled: SLOW - 1 + barsToForget(exponentialWeight(SLOW), exponentialWeight(SIGNAL)),
  define(op, { close }) {
    const fast = op.exponentialAverage(close, FAST);
    const slow = op.exponentialAverage(close, SLOW);
    const line = op.subtract(fast, slow);
    const signal = op.exponentialAverage(line, SIGNAL, SLOW - 1);
    const histogram = op.subtract(line, signal);
    op.blankBefore(WARMUP, line, histogram);
    return { outputs: [line, histogram], fast, slow, signal, line, histogram };
  },
  lanes: (made, _candles, rolling) => new MacdLanes(made, rolling),
};

type MacdColumn = 'fast' | 'slow' | 'signal' | 'line' | 'histogram';

class MacdLanes implements SourceLanes {
  readonly outputs: readonly Float64Array[];
  readonly #loops: LaneLoops;
  readonly #fast: SmoothedLanes;
  readonly #slow: SmoothedLanes;
  readonly #signal: SmoothedLanes;
  readonly #line: LaneValues;
  readonly #histogram: LaneValues;

  constructor(columns: Readonly<Record<MacdColumn, Float64Array>>, rolling: Rolling) {
    this.#loops = rolling.loops;
    this.#fast = new SmoothedLanes(columns.fast, exponentialWeight(FAST), rolling);
    this.#slow = new SmoothedLanes(columns.slow, exponentialWeight(SLOW), rolling);
    this.#signal = new SmoothedLanes(columns.signal, exponentialWeight(SIGNAL), rolling);
    this.#line = new LaneValues(columns.line, rolling);
    this.#histogram = new LaneValues(columns.histogram, rolling);
    this.outputs = [this.#line.values, this.#histogram.values];
  }

  reset(): void {
    this.#fast.reset();
    this.#slow.reset();
    this.#signal.reset();
  }

  advance({ close }: LaneBars): void {
    const line = this.#line.values;
    this.#fast.advance(close);
    this.#slow.advance(close);
    this.#loops.subtract(this.#fast.values, this.#slow.values, line);
    this.#signal.advance(line);
    this.#loops.subtract(line, this.#signal.values, this.#histogram.values);
  }
}
