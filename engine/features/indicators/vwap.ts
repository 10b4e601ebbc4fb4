import { ForeseenLanes } from '../kernels/foreseen-lanes.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import { WindowSumLanes } from '../kernels/window-sum.ts';
import type { LaneBars } from '../lanes.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { Rolling, SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const PERIOD = 20;

/**
 * Volume-weighted average price of the last 20 bars, each at its typical price (high + low + close) / 3. Forex has no
 * session to anchor it to, so the window rolls. Without any volume in the window all bars weigh the same.
 */
export const vwap: IndicatorDefinition<'price' | 'turnover' | 'average'> = {
  name: 'vwap',
  outputs: [{ name: 'vwap_20', kind: 'level' }],
  warmup: PERIOD - 1,
  settled: PERIOD - 1,
  define(op, { high, low, close, volume }) {
    const { price, turnover } = op.typicalPrice(high, low, close, volume);
    const average = op.weightedMean(
      op.rollingSum(turnover, PERIOD),
      op.rollingSum(volume, PERIOD),
      op.rollingSum(price, PERIOD),
      PERIOD,
    );
    return { outputs: [average], price, turnover, average };
  },
  lanes: (made, { volume }, rolling) => new VwapLanes({ ...made, volume }, rolling),
};

/** Writes the typical price and its product with the volume. */
export function typicalPrice(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  price: Float64Array,
  turnover: Float64Array,
): void {
  for (let i = 0, n = price.length; i < n; i++) {
    price[i] = (high[i] + low[i] + close[i]) / 3;
    turnover[i] = price[i] * volume[i];
  }
}

/** From the sums of turnover, volume and price over so many bars. */
export function weightedMean(
  turnover: Float64Array,
  volume: Float64Array,
  price: Float64Array,
  bars: number,
  out: Float64Array,
): void {
  for (let i = 0, n = out.length; i < n; i++) {
    out[i] = volume[i] === 0 ? price[i] / bars : turnover[i] / volume[i];
  }
}

type VwapColumns = Record<'price' | 'turnover' | 'volume' | 'average', Float64Array>;

class VwapLanes implements SourceLanes {
  readonly outputs: readonly Float64Array[];
  readonly #loops: LaneLoops;
  readonly #average: LaneValues;
  readonly #prices: WindowSumLanes;
  readonly #turnovers: WindowSumLanes;
  readonly #volumes: WindowSumLanes;
  readonly #foreseen: ForeseenLanes;
  readonly #price: Float64Array;
  readonly #turnover: Float64Array;

  constructor(columns: VwapColumns, rolling: Rolling) {
    const { count, loops } = rolling;
    this.#loops = loops;
    this.#average = new LaneValues(columns.average, rolling);
    this.#prices = new WindowSumLanes(columns.price, PERIOD, rolling);
    this.#turnovers = new WindowSumLanes(columns.turnover, PERIOD, rolling);
    this.#volumes = new WindowSumLanes(columns.volume, PERIOD, rolling);
    this.#foreseen = new ForeseenLanes(this.#volumes.values, rolling);
    this.#price = loops.floats(count);
    this.#turnover = loops.floats(count);
    this.outputs = [this.#average.values];
  }

  reset(): void {
    this.#prices.reset();
    this.#turnovers.reset();
  }

  advance(bars: LaneBars, step: number): void {
    this.#loops.typicalPrice(bars.high, bars.low, bars.close, bars.volume, this.#price, this.#turnover);
    this.#prices.advance(this.#price, step);
    this.#turnovers.advance(this.#turnover, step);
    this.#foreseen.advance(step, () => this.#volumes.advance(bars.volume, step));
    this.#loops.weightedMean(
      this.#turnovers.values,
      this.#volumes.values,
      this.#prices.values,
      PERIOD,
      this.#average.values,
    );
  }
}
