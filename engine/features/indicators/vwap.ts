import type { Candles } from '../../market/candles.ts';
import { ForeseenLanes } from '../kernels/foreseen-lanes.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import { rollingSum, WindowSumLanes } from '../kernels/window-sum.ts';
import type { LaneBars } from '../lanes.ts';
import type { Lanes } from '../matrix.ts';
import type { SourceLanes } from '../rolling.ts';
import type { Indicator } from './indicator.ts';

const PERIOD = 20;

/**
 * Volume-weighted average price of the last 20 bars, each at its typical price (high + low + close) / 3. Forex has no
 * session to anchor it to, so the window rolls. Without any volume in the window all bars weigh the same.
 */
export const vwap: Indicator = {
  name: 'vwap',
  outputs: [{ name: 'vwap_20', kind: 'level' }],
  warmup: PERIOD - 1,
  settled: PERIOD - 1,
  compute({ high, low, close, volume, length }) {
    const price = new Float64Array(length);
    const turnover = new Float64Array(length);
    typicalPrice({ high, low, close, volume }, price, turnover);
    const average = new Float64Array(length);
    weightedMean(
      rollingSum(turnover, PERIOD),
      rollingSum(volume, PERIOD),
      rollingSum(price, PERIOD),
      average,
    );
    return {
      outputs: [average],
      rollout: (lanes) => new VwapLanes({ price, turnover, volume, average }, lanes),
    };
  },
};

type Bars = Pick<Candles, 'high' | 'low' | 'close' | 'volume'>;

/** Writes the typical price and its product with the volume. */
function typicalPrice({ high, low, close, volume }: Bars, price: Float64Array, turnover: Float64Array): void {
  for (let i = 0, n = price.length; i < n; i++) {
    price[i] = (high[i] + low[i] + close[i]) / 3;
    turnover[i] = price[i] * volume[i];
  }
}

/** From the sums of turnover, volume and price over the window. */
function weightedMean(
  turnover: Float64Array,
  volume: Float64Array,
  price: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0, n = out.length; i < n; i++) {
    out[i] = volume[i] === 0 ? price[i] / PERIOD : turnover[i] / volume[i];
  }
}

type VwapColumns = Record<'price' | 'turnover' | 'volume' | 'average', Float64Array>;

class VwapLanes implements SourceLanes {
  readonly outputs: readonly Float64Array[];
  readonly #average: LaneValues;
  readonly #prices: WindowSumLanes;
  readonly #turnovers: WindowSumLanes;
  readonly #volumes: WindowSumLanes;
  readonly #foreseen: ForeseenLanes;
  readonly #price: Float64Array;
  readonly #turnover: Float64Array;

  constructor(columns: VwapColumns, lanes: Lanes) {
    this.#average = new LaneValues(columns.average, lanes);
    this.#prices = new WindowSumLanes(columns.price, PERIOD, lanes);
    this.#turnovers = new WindowSumLanes(columns.turnover, PERIOD, lanes);
    this.#volumes = new WindowSumLanes(columns.volume, PERIOD, lanes);
    this.#foreseen = new ForeseenLanes(this.#volumes.values);
    this.#price = new Float64Array(lanes.count);
    this.#turnover = new Float64Array(lanes.count);
    this.outputs = [this.#average.values];
  }

  reset(): void {
    this.#average.reset();
    this.#prices.reset();
    this.#turnovers.reset();
    this.#foreseen.reset();
  }

  advance(bars: LaneBars, step: number): void {
    typicalPrice(bars, this.#price, this.#turnover);
    this.#prices.advance(this.#price, step);
    this.#turnovers.advance(this.#turnover, step);
    this.#foreseen.advance(step, () => this.#volumes.advance(bars.volume, step));
    weightedMean(this.#turnovers.values, this.#volumes.values, this.#prices.values, this.#average.values);
  }
}
