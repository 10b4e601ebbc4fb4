import { METRIC_INDEX } from '../backtest/metrics.ts';
import type { DayStart } from '../market/time/day-start.ts';
import type { CoinMaxima } from '../statistics/coin-maxima.ts';
import { plainSum, tossCoins } from '../statistics/coins.ts';
import { addStandardized, noStandardizedSum, type StandardizedSum } from '../statistics/effective-tries.ts';
import { createCoinMaxima } from '../statistics/kernel/compiled-coins.ts';
import { shapeOf } from '../statistics/moments.ts';
import type { EvaluationSpan } from './evaluation-span.ts';
import { BLOCKS, type EvaluationObserver, type Observed, type ReturnSums, SumsRecorder } from './observer.ts';

/** What luck is measured by, beside the market and the strategies. */
export interface LuckSettings {
  readonly dayStart: DayStart;
  /** A strategy with fewer trades alone in a regime was not tried there: it can't be chosen. */
  readonly minTrades: number;
}

/** Numbers of one strategy in a sample: its index, then of each block sum and sum of squares of its net bar returns. */
export const SAMPLE_WIDTH = 1 + 2 * BLOCKS;

/** What is rounded to so that sums are exact in any order: annual Sharpe ratios. */
const SHARPE_GRAIN = 2 ** -12;

/** What the strategies of a cell that were tried in one scope came to; those that trade alike count once. */
export interface ScopeLuck {
  /** Strategies that were tried. */
  readonly count: number;
  /** Of their annual Sharpe ratios, each rounded to a multiple of 2^-12: sums are exact, and the same in any order. */
  readonly sharpeSum: number;
  readonly sharpeSquares: number;
  /** Sum of their standardized day sums, see `addStandardized`, and of how many: those that vary. */
  readonly standardized: StandardizedSum;
  /** M_b of each coin; empty where none was tried. */
  readonly maxima: Float64Array;
  /** SAMPLE_WIDTH of each, as they are kept: single precision. */
  readonly sample: Float32Array;
}

/** What tells luck from an edge of one model's strategies, in the window that selects. */
export interface CellLuck {
  readonly bars: number;
  readonly barsPerYear: number;
  /** Market days of the window, ascending: days since 1970-01-01. */
  readonly days: Float64Array;
  /** All bars, then each tested regime. */
  readonly scopes: readonly ScopeLuck[];
  /** Of each strategy in each scope, SHAPE.length: see SHAPE; NaN without a trade. */
  readonly shapes: Float64Array;
}

/** S = sum x_d / den, and skewness and kurtosis of the net returns of the window's bars. */
export const SHAPE = ['score', 'skewness', 'kurtosis'] as const;
export type ShapeName = (typeof SHAPE)[number];

/** One figure of `shapes`; `scope` is 0 for all bars, 1 + r for regime r. */
export function shapeIn(luck: CellLuck, strategy: number, scope: number, name: ShapeName): number {
  return luck.shapes[(strategy * luck.scopes.length + scope) * SHAPE.length + SHAPE.indexOf(name)]!;
}

/** What one scope has come to so far. */
class Tally {
  count = 0;
  sharpeSum = 0;
  sharpeSquares = 0;
  readonly standardized: StandardizedSum;
  sample: Float32Array;
  /** Day sums of the strategies that count, one after the other, and their denominators. */
  #series: Float64Array;
  #denominators: Float64Array;

  constructor(days: number, strategies: number) {
    this.standardized = noStandardizedSum(days);
    this.sample = new Float32Array(strategies * SAMPLE_WIDTH);
    this.#series = new Float64Array(strategies * days);
    this.#denominators = new Float64Array(strategies);
  }

  clear(strategies: number): void {
    const days = this.standardized.sum.length;
    this.count = 0;
    this.sharpeSum = 0;
    this.sharpeSquares = 0;
    this.standardized.count = 0;
    this.standardized.sum.fill(0);
    if (this.#denominators.length >= strategies) return;
    this.sample = new Float32Array(strategies * SAMPLE_WIDTH);
    this.#series = new Float64Array(strategies * days);
    this.#denominators = new Float64Array(strategies);
  }

  /** Whether a strategy with these bits was counted before. */
  has(daySums: Float64Array, denominator: number): boolean {
    for (let k = 0; k < this.count; k++) {
      if (this.#denominators[k] === denominator && this.#isSeries(k, daySums)) return true;
    }
    return false;
  }

  #isSeries(k: number, daySums: Float64Array): boolean {
    const start = k * daySums.length;
    for (let day = 0; day < daySums.length; day++) {
      if (daySums[day] !== this.#series[start + day]) return false;
    }
    return true;
  }

  add(strategy: number, sharpe: number, sums: ReturnSums, denominator: number): void {
    const start = this.count * sums.byDay.length;
    this.#series.set(sums.byDay, start);
    this.#denominators[this.count] = denominator;
    addStandardized(this.standardized, sums.byDay, 1);
    const rounded = Math.round(sharpe / SHARPE_GRAIN) * SHARPE_GRAIN;
    this.sharpeSum += rounded;
    this.sharpeSquares += rounded * rounded;
    const at = this.count * SAMPLE_WIDTH;
    this.sample[at] = strategy;
    this.sample.set(sums.byBlock, at + 1);
    this.sample.set(sums.blockSquares, at + 1 + BLOCKS);
    this.count++;
  }
}

/**
 * Measures what luck alone makes of the strategies of a model while they are evaluated. Buffers are made once; begin each model
 * with `begin` and end it with `take`.
 */
export class LuckMeter implements EvaluationObserver {
  readonly windows: readonly number[];
  readonly #bars: number;
  readonly #barsPerYear: number;
  readonly #minTrades: number;
  readonly #days: Float64Array;
  readonly #coins: CoinMaxima;
  readonly #tallies: readonly Tally[];
  #shapes = new Float64Array();

  /** @param window position of the window that selects among those of the span */
  constructor(
    symbol: string,
    span: Pick<EvaluationSpan, 'marketDay' | 'windows' | 'testedRegimes' | 'barsPerYear'>,
    window: number,
    minTrades: number,
  ) {
    const scopes = 1 + span.testedRegimes.length;
    const range = span.windows[window]!;
    const days = new SumsRecorder(span.marketDay, [range], 0).daysOf(0);
    this.windows = [window];
    this.#bars = range.to - range.from;
    this.#barsPerYear = span.barsPerYear[window]!;
    this.#minTrades = minTrades;
    this.#days = Float64Array.from(days);
    this.#coins = createCoinMaxima(tossCoins(symbol, days), scopes);
    this.#tallies = Array.from({ length: scopes }, () => new Tally(days.length, 0));
  }

  begin(strategies: number): void {
    this.#coins.clear();
    for (const tally of this.#tallies) tally.clear(strategies);
    this.#shapes = new Float64Array(strategies * this.#tallies.length * SHAPE.length).fill(Number.NaN);
  }

  observe({ strategy, segment, values, row, sums }: Observed): void {
    // den = 0 does not count, nor where there is no trade.
    if (!(sums.squares > 0)) return;
    const tally = this.#tallies[segment]!;
    const denominator = Math.sqrt(sums.squares);
    const { byDay } = sums;
    let total = 0;
    for (let day = 0; day < byDay.length; day++) total += byDay[day]!;
    const at = (strategy * this.#tallies.length + segment) * SHAPE.length;
    const { bars: count, squares, cubes, fourths } = sums;
    const { skewness, kurtosis } = shapeOf({ count, sum: total, squares, cubes, fourths });
    const sharpe = values[row + METRIC_INDEX.sharpe]!;
    const isTried = values[row + METRIC_INDEX.trades]! >= this.#minTrades && !Number.isNaN(sharpe);
    const isFirst = isTried && !tally.has(sums.byDay, denominator);
    this.#shapes[at] = isFirst
      ? this.#coins.raise(segment, sums.byDay, denominator)
      : plainSum(sums.byDay) / denominator;
    this.#shapes[at + 1] = skewness;
    this.#shapes[at + 2] = kurtosis;
    if (isFirst) tally.add(strategy, sharpe, sums, denominator);
  }

  repeats(strategy: number, earlier: number): void {
    const width = this.#tallies.length * SHAPE.length;
    this.#shapes.copyWithin(strategy * width, earlier * width, (earlier + 1) * width);
  }

  take(): CellLuck {
    return {
      bars: this.#bars,
      barsPerYear: this.#barsPerYear,
      days: this.#days,
      scopes: this.#tallies.map(({ count, sharpeSum, sharpeSquares, standardized, sample }, scope) => ({
        count,
        sharpeSum,
        sharpeSquares,
        standardized: { count: standardized.count, sum: standardized.sum.slice() },
        maxima: count === 0 ? new Float64Array() : this.#coins.maxima(scope),
        sample: sample.slice(0, count * SAMPLE_WIDTH),
      })),
      shapes: this.#shapes,
    };
  }
}
