import type { Candles } from '../../market/candles.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import { barsToForget, SmoothedLanes, wilderWeight } from '../kernels/smoothing.ts';
import type { LaneBars } from '../lanes.ts';
import type { LaneLoops } from '../loops/lane-loops.ts';
import type { Rolling, SourceLanes } from '../rolling.ts';
import type { IndicatorDefinition } from './indicator.ts';

const PERIOD = 14;
const WEIGHT = wilderWeight(PERIOD);
const FIRST_DX = PERIOD - 1;
const WARMUP = FIRST_DX + PERIOD - 1;

/**
 * Average directional index with its two directional indicators (Wilder, 1978), each 0 to 100:
 * ±DI = 100 * smoothed ±DM / smoothed true range, ADX = smoothed |+DI - -DI| / (+DI + -DI) * 100.
 * A market that does not move has no direction: all three are 0.
 */
export const adx: IndicatorDefinition<AdxColumn> = {
  name: 'adx',
  outputs: [
    { name: 'adx_14', kind: 'oscillator' },
    { name: 'plus_di_14', kind: 'oscillator' },
    { name: 'minus_di_14', kind: 'oscillator' },
  ],
  warmup: WARMUP,
  settled: WARMUP + barsToForget(WEIGHT, WEIGHT),
  define(op, { high, low, close }) {
    const moves = op.directionalMovement(high, low);
    const range = op.wilderAverage(op.trueRange(high, low, close), PERIOD);
    const up = op.wilderAverage(moves.up, PERIOD);
    const down = op.wilderAverage(moves.down, PERIOD);
    const { plus, minus, dx } = op.directionalIndex(range, up, down);
    const average = op.wilderAverage(dx, PERIOD, FIRST_DX);
    op.blankBefore(WARMUP, plus, minus);
    return { outputs: [average, plus, minus], range, up, down, average, plus, minus };
  },
  lanes: (made, candles, rolling) => new AdxLanes(candles, made, rolling),
};

/** +DM and -DM: the larger of the two outward moves, if there is one; the first bar has none, and a tie is none. */
export function directionalMovement(
  high: Float64Array,
  low: Float64Array,
): { up: Float64Array; down: Float64Array } {
  const { length } = high;
  const up = new Float64Array(length);
  const down = new Float64Array(length);
  movement(
    high.subarray(0, -1),
    low.subarray(0, -1),
    high.subarray(1),
    low.subarray(1),
    up.subarray(1),
    down.subarray(1),
  );
  return { up, down };
}

export function movement(
  previousHigh: Float64Array,
  previousLow: Float64Array,
  high: Float64Array,
  low: Float64Array,
  up: Float64Array,
  down: Float64Array,
): void {
  for (let i = 0, n = up.length; i < n; i++) {
    const rise = high[i] - previousHigh[i];
    const fall = previousLow[i] - low[i];
    // As rsi.ts does, without a branch: the move if it is above 0, times whether it is the larger.
    up[i] = ((Math.abs(rise) + rise) / 2) * +(rise > fall);
    down[i] = ((Math.abs(fall) + fall) / 2) * +(fall > rise);
  }
}

/** Writes +DI, -DI and DX from the smoothed range and movements. */
export function directionalIndex(
  range: Float64Array,
  up: Float64Array,
  down: Float64Array,
  plus: Float64Array,
  minus: Float64Array,
  dx: Float64Array,
): void {
  for (let i = 0, n = dx.length; i < n; i++) {
    const moves = up[i] + down[i];
    plus[i] = range[i] === 0 ? 0 : (up[i] / range[i]) * 100;
    minus[i] = range[i] === 0 ? 0 : (down[i] / range[i]) * 100;
    dx[i] = moves === 0 ? 0 : (Math.abs(up[i] - down[i]) / moves) * 100;
  }
}

type AdxColumn = 'range' | 'up' | 'down' | 'average' | 'plus' | 'minus';

class AdxLanes implements SourceLanes {
  readonly outputs: readonly Float64Array[];
  readonly #loops: LaneLoops;
  readonly #range: SmoothedLanes;
  readonly #up: SmoothedLanes;
  readonly #down: SmoothedLanes;
  readonly #average: SmoothedLanes;
  readonly #plus: LaneValues;
  readonly #minus: LaneValues;
  readonly #previousHigh: LaneValues;
  readonly #previousLow: LaneValues;
  readonly #newUp: Float64Array;
  readonly #newDown: Float64Array;
  readonly #newDx: Float64Array;

  constructor({ high, low }: Candles, columns: Readonly<Record<AdxColumn, Float64Array>>, rolling: Rolling) {
    const { count, loops } = rolling;
    this.#loops = loops;
    this.#range = new SmoothedLanes(columns.range, WEIGHT, rolling);
    this.#up = new SmoothedLanes(columns.up, WEIGHT, rolling);
    this.#down = new SmoothedLanes(columns.down, WEIGHT, rolling);
    this.#average = new SmoothedLanes(columns.average, WEIGHT, rolling);
    this.#plus = new LaneValues(columns.plus, rolling);
    this.#minus = new LaneValues(columns.minus, rolling);
    this.#previousHigh = new LaneValues(high, rolling);
    this.#previousLow = new LaneValues(low, rolling);
    this.#newUp = loops.floats(count);
    this.#newDown = loops.floats(count);
    this.#newDx = loops.floats(count);
    this.outputs = [this.#average.values, this.#plus.values, this.#minus.values];
  }

  reset(): void {
    this.#range.reset();
    this.#up.reset();
    this.#down.reset();
    this.#average.reset();
    this.#previousHigh.reset();
    this.#previousLow.reset();
  }

  advance({ high, low, range }: LaneBars): void {
    const previousHigh = this.#previousHigh.values;
    const previousLow = this.#previousLow.values;
    this.#loops.movement(previousHigh, previousLow, high, low, this.#newUp, this.#newDown);
    this.#loops.copy(high, previousHigh);
    this.#loops.copy(low, previousLow);
    this.#range.advance(range);
    this.#up.advance(this.#newUp);
    this.#down.advance(this.#newDown);
    this.#loops.directionalIndex(
      this.#range.values,
      this.#up.values,
      this.#down.values,
      this.#plus.values,
      this.#minus.values,
      this.#newDx,
    );
    this.#average.advance(this.#newDx);
  }
}
