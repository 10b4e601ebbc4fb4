import type { EnsembleMethod } from '../contract/words.ts';
import { solveRidge } from './ridge.ts';
import { MINIMUM_VALUES, rollingSums } from './rolling.ts';

/** Stacking fits its weights anew on every tenth lane of the span. */
export const REFIT_EVERY = 10;

/**
 * Ridge penalty of stacking, as a multiple of the members' mean scatter (trace of their centered Gram matrix / number
 * of members), so that it does not depend on the scale of returns or the length of the window. At 1, what the members
 * have in common keeps most of its weight (K/(K+1) for K equal members), while the differences between members, small
 * and mostly noise because their training windows overlap, get next to none.
 */
export const STACKING_PENALTY = 1;

/** Below this share of its plain sum of squares a member's scatter is rounding error: the member is constant. */
const CONSTANT = 1e-12;

/** A mean squared error counts as at least this share of the members' average, so that a perfect one has no infinite weight. */
const ERROR_FLOOR = 1e-12;

/**
 * Combines the members' forecasts of a span into one, by weights that at lane t rest on outcomes known at the close
 * of t only: those of the forecasts up to t - 1 - horizon. Buffers are made once and serve every call.
 */
export class MemberCombiner {
  /** Of the latest `combine`: weights[lane * members + k], 0 where the lane has no forecast. */
  readonly weights: Float64Array;
  readonly #lanes: number;
  readonly #members: number;
  #forecasts: readonly Float64Array[] = [];
  #horizon = 0;
  /** Per member, squared error per lane. */
  readonly #errors: Float64Array[];
  /** Terms of the stacking regression per lane: x_k and x_k * y per member, x_j * x_k per pair (j <= k), then y. */
  readonly #terms: Float64Array[];
  /** Rolling sums of the errors or of the terms. */
  readonly #sums: Float64Array[];
  readonly #gram: Float64Array;
  readonly #slopes: Float64Array;

  constructor(lanes: number, members: number) {
    const columns = (count: number) => Array.from({ length: count }, () => new Float64Array(lanes));
    this.#lanes = lanes;
    this.#members = members;
    this.weights = new Float64Array(lanes * members);
    this.#errors = columns(members);
    this.#terms = columns(2 * members + (members * (members + 1)) / 2 + 1);
    this.#sums = columns(this.#terms.length);
    this.#gram = new Float64Array(members * members);
    this.#slopes = new Float64Array(members);
  }

  /**
   * Takes the forecasts that the next calls of `combine` are about.
   *
   * @param forecasts [member][lane], all finite
   * @param outcomes label per lane; read up to lane count - 2 - horizon, where outcomes are known inside the span
   */
  load(forecasts: readonly Float64Array[], outcomes: Float64Array, horizon: number): void {
    this.#forecasts = forecasts;
    this.#horizon = horizon;
    const known = Math.max(0, this.#lanes - 1 - horizon);
    const members = this.#members;
    const terms = this.#terms;
    let pair = 2 * members;
    for (let k = 0; k < members; k++) {
      const x = forecasts[k];
      for (let i = 0; i < known; i++) {
        const y = outcomes[i];
        this.#errors[k][i] = (x[i] - y) * (x[i] - y);
        terms[k][i] = x[i];
        terms[members + k][i] = x[i] * y;
      }
      for (let j = 0; j <= k; j++, pair++) multiply(x, forecasts[j], known, terms[pair]);
    }
    terms[pair].set(outcomes.subarray(0, known));
  }

  /**
   * out[lane] = the combined forecast, NaN where `weighted` has too few known outcomes to tell members apart.
   *
   * @param lookback known outcomes the weights rest on at most (W); `mean` does not use it
   */
  combine(method: EnsembleMethod, lookback: number, out: Float64Array): void {
    let first = 0;
    if (method === 'mean') this.#equalWeights(0, this.#lanes);
    else if (method === 'weighted') first = this.#errorWeights(lookback);
    else this.#stackingWeights(lookback);

    out.fill(NaN, 0, first);
    out.fill(0, first, this.#lanes);
    for (let k = 0; k < this.#members; k++)
      addWeighted(this.#forecasts[k], this.weights, k, this.#members, first, this.#lanes, out);
  }

  #equalWeights(from: number, to: number): void {
    this.weights.fill(1 / this.#members, from * this.#members, to * this.#members);
  }

  /** Weights proportional to 1 / mean squared error; returns the first lane that has any. */
  #errorWeights(lookback: number): number {
    const members = this.#members;
    const weights = this.weights;
    const sums = this.#sums;
    const first =
      lookback < MINIMUM_VALUES ? this.#lanes : Math.min(this.#lanes, this.#horizon + MINIMUM_VALUES);
    weights.fill(0, 0, first * members);
    this.#sumUp(this.#errors, lookback);
    for (let lane = first; lane < this.#lanes; lane++) {
      const latest = lane - 1 - this.#horizon;
      let average = 0;
      for (let k = 0; k < members; k++) average += sums[k][latest] / members;
      // The number of outcomes is the same for every member: sums weigh as means do.
      const floor = ERROR_FLOOR * average;
      const place = lane * members;
      let total = 0;
      for (let k = 0; k < members; k++) {
        const weight = 1 / Math.max(sums[k][latest], floor);
        weights[place + k] = weight;
        total += weight;
      }
      if (total > 0 && total < Infinity) {
        for (let k = 0; k < members; k++) weights[place + k] /= total;
      } else {
        this.#equalWeights(lane, lane + 1); // no member ever erred, or errors overflow: nothing to tell them apart
      }
    }
    return first;
  }

  /** Slopes of the ridge regression, refitted every tenth lane; equal weights until W/2 outcomes are known. */
  #stackingWeights(lookback: number): void {
    const members = this.#members;
    const weights = this.weights;
    const slopes = this.#slopes;
    const lanes = this.#lanes;
    this.#sumUp(this.#terms, lookback);
    let fitted = false;
    for (let lane = 0; lane < lanes; lane++) {
      const known = lane - this.#horizon;
      if (lane % REFIT_EVERY === 0 && known >= lookback / 2) {
        fitted = this.#fitSlopes(known - 1, Math.min(known, lookback));
      }
      const place = lane * members;
      for (let k = 0; k < members; k++) weights[place + k] = fitted ? slopes[k] : 1 / members;
    }
  }

  /**
   * Ridge regression with an unpenalized intercept, by centering, over the `count` lanes that end at `latest`.
   *
   * The intercept keeps the window's drift out of the slopes and is then left out of the forecast: it is the mean of
   * the last few overlapping outcomes, many times larger than any honest forecast, and would trade momentum
   * under the name of a model that need not know anything.
   *
   * @returns false when the members never move or the numbers overflow: there is nothing to regress on
   */
  #fitSlopes(latest: number, count: number): boolean {
    const members = this.#members;
    const sums = this.#sums;
    const meanOutcome = sums[sums.length - 1][latest] / count;
    let pair = 2 * members;
    let trace = 0;
    let squares = 0;
    for (let k = 0; k < members; k++) {
      const mean = sums[k][latest] / count;
      this.#slopes[k] = sums[members + k][latest] - sums[k][latest] * meanOutcome;
      for (let j = 0; j <= k; j++, pair++) {
        this.#gram[k * members + j] = sums[pair][latest] - mean * sums[j][latest];
      }
      trace += this.#gram[k * members + k];
      squares += sums[pair - 1][latest];
    }
    if (!(trace > CONSTANT * squares)) return false;
    if (!solveRidge(this.#gram, this.#slopes, members, (STACKING_PENALTY * trace) / members)) return false;
    for (let k = 0; k < members; k++) if (!Number.isFinite(this.#slopes[k])) return false;
    return true;
  }

  #sumUp(columns: readonly Float64Array[], lookback: number): void {
    const known = Math.max(0, this.#lanes - 1 - this.#horizon);
    for (let c = 0; c < columns.length; c++) rollingSums(columns[c], known, lookback, this.#sums[c]);
  }
}

/** Adds lanes [from, to) of `x` times weights[lane * stride + offset]. */
function addWeighted(
  x: Float64Array,
  weights: Float64Array,
  offset: number,
  stride: number,
  from: number,
  to: number,
  out: Float64Array,
): void {
  for (let lane = from, w = from * stride + offset; lane < to; lane++, w += stride)
    out[lane] += weights[w] * x[lane];
}

function multiply(a: Float64Array, b: Float64Array, count: number, out: Float64Array): void {
  for (let i = 0; i < count; i++) out[i] = a[i] * b[i];
}
