import { TIMEFRAME_MINUTES, type Timeframe } from '../contract/timeframe.ts';
import type { RowRange } from '../models/model.ts';
import type { NetSums } from './net-sums.ts';
import type { Simulation } from './simulator.ts';

/**
 * Figures of a backtest, in the order they are stored; n bars with net log returns r, N bars a year:
 * - sharpe: mean(r) / standard deviation(r), of the sample (n - 1), * sqrt(N); 0 when r does not vary
 * - sortino: mean(r) / sqrt(mean(min(r, 0)^2)) * sqrt(N)
 * - maxDrawdown: largest fall of equity from its highest point so far, as a fraction of that; equity starts at 1
 * - calmar: annual return (exp(mean(r) * N) - 1) / maxDrawdown
 * - winRate: share of trades with a positive net return
 * - profitFactor: sum of the winners' net log returns / sum of the others', without sign
 * - expectancy: mean net log return of a trade
 * - totalReturn: exp(sum(r)) - 1
 * - trades: number of them
 * - exposure: share of bars with a position
 *
 * A ratio whose denominator is 0 is Infinity when there is something to divide and 0 when there is nothing.
 * Without trades or without bars everything is 0.
 */
export const METRICS = [
  'sharpe',
  'sortino',
  'maxDrawdown',
  'calmar',
  'winRate',
  'profitFactor',
  'expectancy',
  'totalReturn',
  'trades',
  'exposure',
] as const;
export type MetricName = (typeof METRICS)[number];

/** Monday to Friday, 52 weeks: forex knows no exchange holidays. */
const TRADING_DAYS_PER_YEAR = 260;

/** A variance below this share of the mean square is rounding error. */
const NO_VARIANCE = 1e-12;

export function barsPerYear(timeframe: Timeframe): number {
  return (TRADING_DAYS_PER_YEAR * 1440) / TIMEFRAME_MINUTES[timeframe];
}

// Running totals of one segment.
const BARS = 0;
const HELD = 1;
const SUM = 2;
const SQUARES = 3;
const DOWNSIDE = 4;
const PEAK = 5;
const DRAWDOWN = 6;
const TRADES = 7;
const WINS = 8;
const GAINS = 9;
const LOSSES = 10;
const TOTALS = 11;

/**
 * Computes the metrics of one simulated window for all bars and for each regime, in one pass. A regime's figures come
 * from the bars and trades that count for it, joined end to end; its equity starts at 1 like any other.
 */
export class MetricsCalculator {
  readonly #totals: Float64Array;
  readonly #segments: number;
  readonly #barsPerYear: number;

  constructor(regimes: number, barsPerYear: number) {
    this.#segments = 1 + regimes;
    this.#totals = new Float64Array(this.#segments * TOTALS);
    this.#barsPerYear = barsPerYear;
  }

  /**
   * Writes METRICS of all bars, then of regime 0, 1, ..., from out[offset] on. `sums`, in the same order, are given every
   * held bar.
   */
  compute(
    simulation: Simulation,
    window: RowRange,
    out: Float64Array,
    offset: number,
    sums?: readonly NetSums[],
  ): void {
    const { netReturn, position, regime } = simulation;
    const totals = this.#totals;
    totals.fill(0);
    for (let i = window.from; i < window.to; i++) {
      const ofRegime = (1 + regime[i]) * TOTALS;
      totals[BARS]++;
      totals[ofRegime + BARS]++;
      if (position[i] === 0) continue; // a flat bar returns nothing: it only counts
      addHeldBar(totals, 0, netReturn[i]);
      addHeldBar(totals, ofRegime, netReturn[i]);
      if (sums === undefined) continue;
      sums[0].add(i, netReturn[i]);
      sums[1 + regime[i]].add(i, netReturn[i]);
    }
    for (let k = 0; k < simulation.trades; k++) {
      addTrade(totals, 0, simulation.tradeReturn[k]);
      addTrade(totals, (1 + simulation.tradeRegime[k]) * TOTALS, simulation.tradeReturn[k]);
    }
    for (let s = 0; s < this.#segments; s++) {
      writeMetrics(totals, s * TOTALS, this.#barsPerYear, out, offset + s * METRICS.length);
    }
  }
}

function addHeldBar(totals: Float64Array, at: number, net: number): void {
  const equity = totals[at + SUM] + net; // its logarithm
  const peak = Math.max(totals[at + PEAK], equity);
  const loss = Math.min(net, 0);
  totals[at + HELD]++;
  totals[at + SUM] = equity;
  totals[at + SQUARES] += net * net;
  totals[at + DOWNSIDE] += loss * loss;
  totals[at + PEAK] = peak;
  totals[at + DRAWDOWN] = Math.max(totals[at + DRAWDOWN], peak - equity);
}

function addTrade(totals: Float64Array, at: number, net: number): void {
  totals[at + TRADES]++;
  if (net > 0) {
    totals[at + WINS]++;
    totals[at + GAINS] += net;
  } else {
    totals[at + LOSSES] -= net;
  }
}

function writeMetrics(
  totals: Float64Array,
  at: number,
  barsPerYear: number,
  out: Float64Array,
  offset: number,
): void {
  const bars = totals[at + BARS];
  const trades = totals[at + TRADES];
  const mean = ratio(totals[at + SUM], bars);
  const meanSquare = ratio(totals[at + SQUARES], bars);
  const variance = bars > 1 ? ((meanSquare - mean * mean) * bars) / (bars - 1) : 0;
  const annual = Math.sqrt(barsPerYear);
  const maxDrawdown = -Math.expm1(-totals[at + DRAWDOWN]);
  // In the order of METRICS.
  out[offset] = variance > NO_VARIANCE * meanSquare ? (mean / Math.sqrt(variance)) * annual : 0;
  out[offset + 1] = ratio(mean * annual, Math.sqrt(ratio(totals[at + DOWNSIDE], bars)));
  out[offset + 2] = maxDrawdown;
  out[offset + 3] = ratio(Math.expm1(mean * barsPerYear), maxDrawdown);
  out[offset + 4] = ratio(totals[at + WINS], trades);
  out[offset + 5] = ratio(totals[at + GAINS], totals[at + LOSSES]);
  out[offset + 6] = ratio(totals[at + GAINS] - totals[at + LOSSES], trades);
  out[offset + 7] = Math.expm1(totals[at + SUM]);
  out[offset + 8] = trades;
  out[offset + 9] = ratio(totals[at + HELD], bars);
}

/** Of a numerator that is not negative wherever the denominator is 0. */
function ratio(numerator: number, denominator: number): number {
  if (denominator > 0) return numerator / denominator;
  return numerator > 0 ? Infinity : 0;
}
