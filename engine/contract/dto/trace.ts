import type { Timeframe } from '../timeframe.ts';
import type { HoldoutLookDto } from './looks.ts';
import type { StrategyDto } from './runs.ts';
import type { TradeStatisticsDto } from './trade-statistics.ts';

/** What one strategy of a kept model did, bar by bar; recomputed from model file and candles. The holdout ends it once its look is spent. */
export interface TraceDto {
  readonly runId: string;
  readonly strategy: StrategyDto;
  readonly strategyIndex: number;
  /** The regime whose signals alone it traded; null: all. */
  readonly alone: string | null;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** What costs and excursions of trades are counted in, price units: a pip; 1 where the market has none. */
  readonly pip: number;
  /** Opening time of each bar, ms since 1970-01-01 UTC. */
  readonly time: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  /** Expected log return over the horizon, known at the close of the bar; null where there is none. */
  readonly forecast: readonly (number | null)[];
  /** 0 to 1; null where there is none. */
  readonly confidence: readonly (number | null)[];
  /** Equity at the next open; starts at 1 in each window. */
  readonly equity: readonly number[];
  /** How far equity is below its highest point of the window so far, as a fraction of it. */
  readonly drawdown: readonly number[];
  /** Index of the regime of each bar into `regimes`. */
  readonly regime: readonly number[];
  /** The unclassified rest last. */
  readonly regimes: readonly string[];
  /** Bars from this index on are the holdout; there are none until the look at it is spent. */
  readonly holdoutFrom: number;
  readonly holdoutLook: HoldoutLookDto;
  /** Oldest first. */
  readonly trades: readonly TradeDto[];
  /** Of the selection window, and of the holdout once it may be seen. */
  readonly statistics: readonly TradeStatisticsDto[];
}

/** One trade. Prices are in price units, costs and excursions in pips as the symbol counts them, or in price units where it has none. */
export interface TradeDto {
  /** From 1, in the order of entry. */
  readonly number: number;
  /** Opening times of the bars it was entered and left at. */
  readonly opened: string;
  readonly closed: string;
  readonly side: 'long' | 'short';
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Prices at which it would have been left; null where its target has no exits. */
  readonly stop: number | null;
  readonly takeProfit: number | null;
  /** Why it ended: its time was up, a signal turned it round, or, of targets with exits, at its stop or take-profit. */
  readonly reason: 'time' | 'stop' | 'target' | 'reversal' | 'decision';
  /** Held. */
  readonly bars: number;
  /** What was paid for entering and leaving, and for holding; a negative swap was earned. */
  readonly costs: {
    readonly spread: number;
    readonly slippage: number;
    readonly commission: number;
    readonly swap: number;
  };
  /** What the price moved in its favor, less all costs. */
  readonly netPips: number;
  /** Percent: 100 * (exp(net log return) - 1). */
  readonly netPercent: number;
  /** Net log return, as the figures have it. */
  readonly netReturn: number;
  /** Furthest that the price was in its favor, and against it, while it was open; neither is negative. */
  readonly mfe: number;
  readonly mae: number;
  /** Of the bar that gave its signal. */
  readonly regime: string;
  readonly holdout: boolean;
}

/** All trades of one strategy of a kept run. */
export interface TradesDto {
  readonly runId: string;
  readonly strategy: StrategyDto;
  readonly strategyIndex: number;
  readonly alone: string | null;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** What costs and excursions are counted in, price units: a pip; 1 where the market has none. */
  readonly pip: number;
  readonly holdoutLook: HoldoutLookDto;
  /** Without those of the holdout until the look at it is spent. */
  readonly trades: readonly TradeDto[];
  /** Of the selection window, and of the holdout once it may be seen. */
  readonly statistics: readonly TradeStatisticsDto[];
  /** The CSV file they were written to; null where none was asked for. */
  readonly file: string | null;
}
