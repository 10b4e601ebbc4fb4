import { EngineError } from '../contract/errors.ts';
import type { Candles } from '../market/candles.ts';
import type { RowRange } from '../models/model.ts';
import { MINIMUM_VALUES, PercentileWindow } from './rolling.ts';

const MAGNITUDE_WEIGHT = 0.4;
const CONSISTENCY_WEIGHT = 0.4;
const CALM_WEIGHT = 0.2;

/** Predictions, the current one included, whose signs are compared. */
const RECENT_PREDICTIONS = 10;

/** Log returns in the standard deviation that stands for volatility. */
const VOLATILITY_BARS = 20;

/**
 * Volatility of every row of a span, one value per lane: standard deviation (divided by n) of the last 20 log returns, close to close.
 *
 * @throws EngineError `internal` when the span starts before 20 returns exist
 */
export function volatilitySeries({ close }: Candles, span: RowRange): Float64Array {
  if (span.from < VOLATILITY_BARS) {
    throw new EngineError(
      'internal',
      `Expected at least ${VOLATILITY_BARS} bars before the evaluation span, found ${span.from}.`,
    );
  }
  const count = span.to - span.from;
  const oldest = span.from - VOLATILITY_BARS + 1;
  const logReturns = new Float64Array(count + VOLATILITY_BARS - 1);
  for (let i = 0; i < logReturns.length; i++) {
    logReturns[i] = Math.log(close[oldest + i] / close[oldest + i - 1]);
  }
  const volatility = new Float64Array(count);
  for (let lane = 0; lane < count; lane++) {
    let mean = 0;
    for (let i = lane; i < lane + VOLATILITY_BARS; i++) mean += logReturns[i] / VOLATILITY_BARS;
    let squares = 0;
    for (let i = lane; i < lane + VOLATILITY_BARS; i++) squares += (logReturns[i] - mean) ** 2;
    volatility[lane] = Math.sqrt(squares / VOLATILITY_BARS);
  }
  return volatility;
}

/**
 * Calm of every row of a span, one value per lane: 1 minus the percentile of its `volatilitySeries` among the last `lookback`
 * lanes. It depends on candles only, so one serves all models.
 */
export function calmSeries(volatility: Float64Array, lookback: number): Float64Array {
  const count = volatility.length;
  const calm = new Float64Array(count);
  new PercentileWindow(count).rank(volatility, 0, count, lookback, calm);
  for (let lane = 0; lane < count; lane++) calm[lane] = 1 - calm[lane];
  return calm;
}

/** Scores how far forecasts of a span can be trusted, 0..1. Buffers are made once and serve every call. */
export interface Scorer {
  /** Takes the member forecasts [member][lane] that the next forecasts to score are combined from. */
  load(forecasts: readonly Float64Array[]): void;

  /**
   * out[lane] = 0.4 * magnitude + 0.4 * consistency + 0.2 * calm, where magnitude is the percentile of |p| among its
   * last `lookback` values, and consistency the mean of two shares: of the last 10 forecasts, and of the
   * members, that have the sign of p. NaN until 20 forecasts exist.
   *
   * @param p combined forecast per lane; NaN before its first value, finite from there on
   * @param calm `calmSeries` of the same lookback
   */
  score(p: Float64Array, calm: Float64Array, lookback: number, out: Float64Array): void;
}

/** In plain TypeScript: what the compiled one is held to, and what there is where WebAssembly is not supported. */
export class ConfidenceScorer implements Scorer {
  readonly #lanes: number;
  readonly #magnitude: Float64Array;
  readonly #percentiles: PercentileWindow;
  /** Members whose forecast is negative, zero, positive: counts[3 * lane + sign + 1]. */
  readonly #memberCounts: Uint16Array;
  #members = 0;
  /** Of the combined forecasts. */
  readonly #signs: Int8Array;
  /** Negative, zero and positive ones among the last 10. */
  readonly #recent = new Int32Array(3);

  constructor(lanes: number) {
    this.#lanes = lanes;
    this.#magnitude = new Float64Array(lanes);
    this.#percentiles = new PercentileWindow(lanes);
    this.#memberCounts = new Uint16Array(3 * lanes);
    this.#signs = new Int8Array(lanes);
  }

  load(forecasts: readonly Float64Array[]): void {
    this.#members = forecasts.length;
    this.#memberCounts.fill(0);
    for (const forecast of forecasts) {
      for (let lane = 0; lane < this.#lanes; lane++) {
        this.#memberCounts[3 * lane + Math.sign(forecast[lane]) + 1]++;
      }
    }
  }

  score(p: Float64Array, calm: Float64Array, lookback: number, out: Float64Array): void {
    const lanes = this.#lanes;
    let start = 0;
    while (start < lanes && Number.isNaN(p[start])) start++;
    for (let lane = start; lane < lanes; lane++) {
      this.#magnitude[lane] = Math.abs(p[lane]);
      this.#signs[lane] = Math.sign(p[lane]);
    }
    this.#percentiles.rank(this.#magnitude, start, lanes, lookback, out);
    const recent = this.#recent.fill(0);
    for (let lane = start; lane < lanes; lane++) {
      const sign = this.#signs[lane];
      recent[sign + 1]++;
      if (lane - RECENT_PREDICTIONS >= start) recent[this.#signs[lane - RECENT_PREDICTIONS] + 1]--;
      const agreeing = this.#memberCounts[3 * lane + sign + 1] / this.#members;
      const consistency = (recent[sign + 1] / RECENT_PREDICTIONS + agreeing) / 2;
      out[lane] = MAGNITUDE_WEIGHT * out[lane] + CONSISTENCY_WEIGHT * consistency + CALM_WEIGHT * calm[lane];
    }
    // A lookback of fewer than 20 bars never has the values it takes.
    out.fill(NaN, 0, lookback < MINIMUM_VALUES ? lanes : start + MINIMUM_VALUES - 1);
  }
}
