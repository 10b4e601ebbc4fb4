import type { Candles } from '../../market/candles.ts';
import { LaneHistory } from '../kernels/lane-history.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import { ExtremeLanes } from '../kernels/window-extremes.ts';
import type { LaneBars } from '../lanes.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { Rolling, SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const PERIOD = 14;
/** Bars that %K averages the raw value over, and %D averages %K over. */
const SMOOTHING = 3;
const WARMUP = PERIOD - 1 + 2 * (SMOOTHING - 1);

/**
 * Slow stochastic oscillator (George Lane) 14/3/3: where the close lies between the lowest low (0) and the highest
 * high (100) of 14 bars; %K is its 3-bar mean and %D the 3-bar mean of %K. A window without range is neutral: 50.
 */
export const stochastic: IndicatorDefinition<'raw' | 'k' | 'd'> = {
  name: 'stochastic',
  outputs: [
    { name: 'stochastic_k_14_3', kind: 'oscillator' },
    { name: 'stochastic_d_3', kind: 'oscillator' },
  ],
  warmup: WARMUP,
  settled: WARMUP,
  define(op, { high, low, close }) {
    const { highest, lowest } = op.rollingExtremes(high, low, PERIOD);
    const raw = op.positionInWindow(close, highest, lowest);
    const k = op.meanOfThree(raw);
    const d = op.meanOfThree(k);
    op.blankBefore(WARMUP, k, d);
    return { outputs: [k, d], raw, k, d };
  },
  lanes: ({ raw, k, d }, candles, rolling) => new StochasticLanes(candles, raw, k, d, rolling),
};

export function positionInWindow(
  close: Float64Array,
  highest: Float64Array,
  lowest: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0, n = out.length; i < n; i++) {
    const range = highest[i] - lowest[i];
    out[i] = range === 0 ? 50 : ((close[i] - lowest[i]) / range) * 100;
  }
}

export function meanOfThree(a: Float64Array, b: Float64Array, c: Float64Array, out: Float64Array): void {
  for (let i = 0, n = out.length; i < n; i++) out[i] = (a[i] + b[i] + c[i]) / 3;
}

class StochasticLanes implements SourceLanes {
  readonly outputs: readonly Float64Array[];
  readonly #loops: LaneLoops;
  readonly #extremes: ExtremeLanes;
  readonly #raw: LaneHistory;
  readonly #k: LaneHistory;
  readonly #newK: LaneValues;
  readonly #newD: LaneValues;

  constructor(candles: Candles, raw: Float64Array, k: Float64Array, d: Float64Array, rolling: Rolling) {
    this.#loops = rolling.loops;
    this.#extremes = new ExtremeLanes(candles.high, candles.low, PERIOD, rolling);
    this.#raw = new LaneHistory(raw, SMOOTHING - 1, rolling);
    this.#k = new LaneHistory(k, SMOOTHING - 1, rolling);
    this.#newK = new LaneValues(k, rolling);
    this.#newD = new LaneValues(d, rolling);
    this.outputs = [this.#newK.values, this.#newD.values];
  }

  reset(): void {
    this.#extremes.reset();
  }

  advance(bars: LaneBars, step: number): void {
    const raw = this.#raw;
    const k = this.#k;
    const newK = this.#newK.values;
    this.#extremes.advance(bars.high, bars.low, step);
    this.#loops.positionInWindow(bars.close, this.#extremes.highest, this.#extremes.lowest, raw.at(step));
    this.#loops.meanOfThree(raw.at(step - 2), raw.at(step - 1), raw.at(step), newK);
    this.#loops.copy(newK, k.at(step));
    this.#loops.meanOfThree(k.at(step - 2), k.at(step - 1), newK, this.#newD.values);
  }
}
