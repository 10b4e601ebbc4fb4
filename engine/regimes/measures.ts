import type { RegimeMeasure } from '../contract/words.ts';
import type { Candles } from '../market/candles.ts';

/** Closes that `trend_strength` and `returns` look at. */
export const TREND_BARS = 50;
/** Log returns that `volatility` looks at. */
export const VOLATILITY_BARS = 20;
/** Bars back that `momentum` compares with. */
export const MOMENTUM_BARS = 10;

/** Bars a measure looks at for one value, the bar itself included. */
export const MEASURE_WINDOW: Readonly<Record<RegimeMeasure, number>> = {
  trend_strength: TREND_BARS,
  returns: TREND_BARS,
  volatility: VOLATILITY_BARS + 1,
  volume: 1,
  momentum: MOMENTUM_BARS + 1,
  range: 1,
};

/**
 * Values of one measure for the bars [from, to); element i belongs to bar from + i and is known at that bar's close.
 *
 * - `trend_strength`: R2 of the least-squares line through ln(close) of the last 50 bars, 0..1; 0 where the price stood still.
 * - `returns`: ln(close[t] / close[t-49]), the log change over the same 50 bars.
 * - `volatility`: sample standard deviation (n - 1) of the last 20 log returns, per bar.
 * - `volume`: the bar's volume, in the source's unit.
 * - `momentum`: ln(close[t] / close[t-10]), the 10-bar rate of change as a log return.
 * - `range`: ln(high[t] / low[t]), the bar's high-low range as used by Parkinson (1980).
 *
 * NaN where the window starts before the data or a price in it is not positive. Every value is computed from its own
 * window alone, so it is the same to the last bit however much earlier history is present.
 */
export function measureValues(
  measure: RegimeMeasure,
  candles: Candles,
  from: number,
  to: number,
): Float64Array {
  const values = new Float64Array(to - from);
  const first = Math.min(to, Math.max(from, MEASURE_WINDOW[measure] - 1));
  values.fill(Number.NaN, 0, first - from);
  switch (measure) {
    case 'volume':
      values.set(candles.volume.subarray(first, to), first - from);
      break;
    case 'range':
      for (let t = first; t < to; t++) values[t - from] = Math.log(candles.high[t]! / candles.low[t]!);
      break;
    default: {
      const earlier = MEASURE_WINDOW[measure] - 1;
      const kernel = LOG_CLOSE_KERNELS[measure];
      const logClose = candles.close.slice(first - earlier, to).map(Math.log);
      for (let t = first; t < to; t++) values[t - from] = kernel(logClose, t - first + earlier);
    }
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) values[i] = Number.NaN;
  }
  return values;
}

type LogCloseKernel = (logClose: Float64Array, last: number) => number;

const LOG_CLOSE_KERNELS: Readonly<Record<Exclude<RegimeMeasure, 'volume' | 'range'>, LogCloseKernel>> = {
  trend_strength: rSquared,
  returns: (logClose, last) => logClose[last]! - logClose[last - TREND_BARS + 1]!,
  volatility: returnDeviation,
  momentum: (logClose, last) => logClose[last]! - logClose[last - MOMENTUM_BARS]!,
};

/** Sum of squared deviations of 0..n-1 from their mean: n (n^2 - 1) / 12. */
const TIME_SQUARES = (TREND_BARS * (TREND_BARS ** 2 - 1)) / 12;

function rSquared(logClose: Float64Array, last: number): number {
  const first = last - TREND_BARS + 1;
  // Measured from the window's first value: the deviations are small against ln(price).
  const origin = logClose[first]!;
  let sum = 0;
  for (let i = 0; i < TREND_BARS; i++) sum += logClose[first + i]! - origin;
  const mean = sum / TREND_BARS;
  let squares = 0;
  let products = 0;
  for (let i = 0; i < TREND_BARS; i++) {
    const deviation = logClose[first + i]! - origin - mean;
    squares += deviation * deviation;
    products += deviation * (i - (TREND_BARS - 1) / 2);
  }
  if (squares === 0) return 0;
  return Math.min(1, (products * products) / (TIME_SQUARES * squares));
}

function returnDeviation(logClose: Float64Array, last: number): number {
  const before = last - VOLATILITY_BARS;
  const mean = (logClose[last]! - logClose[before]!) / VOLATILITY_BARS;
  let squares = 0;
  for (let i = before + 1; i <= last; i++) {
    const deviation = logClose[i]! - logClose[i - 1]! - mean;
    squares += deviation * deviation;
  }
  return Math.sqrt(squares / (VOLATILITY_BARS - 1));
}
