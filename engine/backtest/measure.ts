import { INSIDE } from '../targets/trade-exits.ts';
import { type TradeSums, writeScores } from './composite.ts';
import { METRIC_INDEX, METRICS } from './metrics.ts';
import type { NetSums } from './net-sums.ts';
import type { SimulationMarket } from './simulator.ts';
import type { TradeList } from './trade-list.ts';

/** A variance below this share of the mean square is rounding error. */
const NO_VARIANCE = 1e-12;

/** Fewer trades give no Kelly fraction. */
const KELLY_TRADES = 30;

/** The window that trades were made in. */
export interface MeasuredWindow {
  /** Bars of the window, flat ones included. */
  readonly bars: number;
  readonly barsPerYear: number;
}

/** Sums over the held bars of one simulation; flat bars add nothing to them. */
export interface BarSums {
  readonly held: number;
  readonly sum: number;
  readonly squares: number;
  /** Of the returns below 0. */
  readonly lossSquares: number;
  /** Largest fall of the summed returns from their highest point, 0 at the start included. */
  readonly drawdown: number;
}

/**
 * Writes METRICS of the trades from out[offset] on, and each trade's net result into the list. `sums` are given every held
 * bar.
 */
export function measureTrades(
  trades: TradeList,
  market: SimulationMarket,
  window: MeasuredWindow,
  out: Float64Array,
  offset: number,
  sums?: NetSums,
): void {
  if (trades.count === 0) {
    writeNoTrades(out, offset);
  } else {
    writeMetrics(sumBars(trades, market, sums), sumTrades(trades, market.stake), window, out, offset);
  }
}

/** METRICS of a simulation without a trade. */
export function writeNoTrades(out: Float64Array, offset: number): void {
  out.fill(Number.NaN, offset, offset + METRICS.length);
  out[offset + METRIC_INDEX.trades] = 0;
}

/** METRICS of a simulation with trades. */
export function writeMetrics(
  bars: BarSums,
  results: ResultSums,
  window: MeasuredWindow,
  out: Float64Array,
  offset: number,
): void {
  writeBarMetrics(bars, window, out, offset);
  writeTradeMetrics(results, out, offset);
  writeSharpe(bars, results, window, out, offset);
}

function sumBars(
  trades: TradeList,
  { long, short, costPerSide, exits }: SimulationMarket,
  sums: NetSums | undefined,
): BarSums {
  const { entry, exit, direction, how, net, count } = trades;
  let held = 0;
  let sum = 0;
  let squares = 0;
  let lossSquares = 0;
  let peak = 0;
  let drawdown = 0;
  for (let k = 0; k < count; k++) {
    const returns = direction[k] > 0 ? long : short;
    const from = entry[k];
    const last = exit[k] - 1;
    const inside = exits !== undefined && how[k] >= INSIDE;
    const exitCost = costPerSide[inside ? last : exit[k]];
    let result = 0;
    for (let i = from; i <= last; i++) {
      let r = inside && i === last ? (direction[k] > 0 ? exits.long : exits.short).last[from] : returns[i];
      if (i === from) r -= costPerSide[i];
      result += r;
      if (i === last) r -= exitCost;
      sum += r;
      const square = r * r;
      squares += square;
      if (r < 0) lossSquares += square;
      if (sum > peak) peak = sum;
      else if (peak - sum > drawdown) drawdown = peak - sum;
      if (sums !== undefined) sums.add(i, r);
    }
    net[k] = result - exitCost;
    held += exit[k] - from;
  }
  return { held, sum, squares, lossSquares, drawdown };
}

/** Sums over its trades. */
export interface ResultSums extends TradeSums {
  readonly staked: number;
  /** Most trades in a row that were not won. */
  readonly losingStreak: number;
}

function sumTrades({ net, entry, count }: TradeList, stake: Float64Array): ResultSums {
  let wins = 0;
  let gains = 0;
  let losses = 0;
  let result = 0;
  let resultSquares = 0;
  let perStake = 0;
  let perStakeSquares = 0;
  let staked = 0;
  let streak = 0;
  let losingStreak = 0;
  let peak = 0;
  let trough = 0;
  let runUp = 0;
  let drawdown = 0;
  for (let k = 0; k < count; k++) {
    const y = net[k];
    const won = +(y > 0);
    wins += won;
    gains += Math.max(y, 0);
    losses -= Math.min(y, 0);
    streak = (streak + 1) * (1 - won);
    losingStreak = Math.max(losingStreak, streak);
    result += y;
    resultSquares += y * y;
    peak = Math.max(peak, result);
    trough = Math.min(trough, result);
    runUp = Math.max(runUp, result - trough);
    drawdown = Math.max(drawdown, peak - result);
    const risked = stake[entry[k]];
    const z = risked > 0 ? y / risked : Number.NaN;
    staked += risked;
    perStake += z;
    perStakeSquares += z * z;
  }
  return {
    trades: count,
    wins,
    gains,
    losses,
    result,
    resultSquares,
    perStake,
    perStakeSquares,
    runUp,
    drawdown,
    staked,
    losingStreak,
  };
}

function writeBarMetrics(sums: BarSums, window: MeasuredWindow, out: Float64Array, offset: number): void {
  const { bars, barsPerYear } = window;
  const mean = sums.sum / bars;
  const maxDrawdown = -Math.expm1(-sums.drawdown);
  out[offset + METRIC_INDEX.sortino] = ratio(
    mean * Math.sqrt(barsPerYear),
    Math.sqrt(sums.lossSquares / bars),
  );
  out[offset + METRIC_INDEX.maxDrawdown] = maxDrawdown;
  out[offset + METRIC_INDEX.calmar] = ratio(Math.expm1(mean * barsPerYear), maxDrawdown);
  out[offset + METRIC_INDEX.totalReturn] = Math.expm1(sums.sum);
  out[offset + METRIC_INDEX.exposure] = sums.held / bars;
}

function writeTradeMetrics(sums: ResultSums, out: Float64Array, offset: number): void {
  const { trades, wins, gains, losses, perStake, perStakeSquares } = sums;
  out[offset + METRIC_INDEX.winRate] = wins / trades;
  out[offset + METRIC_INDEX.profitFactor] = ratio(gains, losses);
  out[offset + METRIC_INDEX.expectancy] = sums.result / trades;
  out[offset + METRIC_INDEX.trades] = trades;
  out[offset + METRIC_INDEX.longestLosingStreak] = sums.losingStreak;
  out[offset + METRIC_INDEX.roi] = ratio(sums.result, sums.staked);
  out[offset + METRIC_INDEX.averageWin] = ratio(gains, wins);
  out[offset + METRIC_INDEX.averageLoss] = ratio(losses, trades - wins);
  const enough = trades >= KELLY_TRADES;
  out[offset + METRIC_INDEX.kelly] = enough ? ratio(perStake, perStakeSquares) : Number.NaN;
  out[offset + METRIC_INDEX.kellyError] = enough ? ratio(1, Math.sqrt(perStakeSquares)) : Number.NaN;
  out[offset + METRIC_INDEX.composite] = writeScores(sums, out, offset + METRIC_INDEX.scoreResult);
}

/** The Sharpe ratio and its error; sharpe / t is written so that the common factor, the sum of results, cancels. */
function writeSharpe(
  { sum, squares }: BarSums,
  { result, resultSquares }: ResultSums,
  { bars, barsPerYear }: MeasuredWindow,
  out: Float64Array,
  offset: number,
): void {
  const variance = (squares - (sum * sum) / bars) / (bars - 1);
  // Also NaN where a window of one bar has none.
  const deviation = variance > (NO_VARIANCE * squares) / bars ? Math.sqrt(variance) : Number.NaN;
  const annual = Math.sqrt(barsPerYear);
  const ofLength = annual / Math.sqrt(bars);
  const ofTrades = result === 0 ? 0 : (annual * Math.sqrt(resultSquares)) / (bars * deviation);
  out[offset + METRIC_INDEX.sharpe] = (sum / bars / deviation) * annual;
  out[offset + METRIC_INDEX.sharpeError] = Number.isNaN(deviation)
    ? Number.NaN
    : Math.max(ofLength, ofTrades);
}

function ratio(numerator: number, denominator: number): number {
  return denominator > 0 ? numerator / denominator : Number.NaN;
}
