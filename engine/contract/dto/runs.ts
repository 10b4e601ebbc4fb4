import type { Configuration, ShortConfiguration } from '../configuration.ts';
import type { Timeframe } from '../timeframe.ts';
import type { EnsembleMethod, PredictionMethod } from '../words.ts';

/** Returns, drawdowns and rates are fractions; Sharpe, Sortino and Calmar are annualized, after costs. */

export interface StrategyDto {
  readonly predictionMethod: PredictionMethod;
  readonly ensembleMethod: EnsembleMethod;
  readonly confidenceThreshold: number;
  /** Bars. */
  readonly lookbackWindow: number;
}

export interface ScoreDto {
  readonly sharpe: number;
  readonly maxDrawdown: number;
  readonly winRate: number;
  readonly trades: number;
}

export interface ChampionDto extends ScoreDto, ShortConfiguration {
  readonly regime: string;
  readonly runId: string;
  readonly strategy: StrategyDto;
  readonly profitFactor: number | null;
  readonly totalReturn: number;
  readonly achievedAt: string;
  /** The same strategy in the same regime on the window nothing was chosen by. */
  readonly holdout: ScoreDto;
  /** What the best of all tries in this regime is expected to reach by luck alone; null where they were not counted. */
  readonly luck: { readonly sharpe: number; readonly tries: number } | null;
  readonly synthetic: boolean;
}

/** A regime that has no champion although runs were judged in it. */
export interface VacancyDto {
  /** `*` where champions are chosen among all symbols and timeframes. */
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
  /** Runs that were not good enough. */
  readonly runs: number;
  /** What the one that came nearest lacks, in whole words. */
  readonly reason: string;
}

export type RunStatus = 'completed' | 'failed';

export interface RunDto extends Configuration {
  readonly id: number;
  readonly uuid: string;
  readonly status: RunStatus;
  readonly kept: boolean;
  /** Regimes this run is champion of now. */
  readonly bestRegimes: readonly string[];
  /** Best overall Sharpe among its strategies on the selection window; null for a failed run. */
  readonly sharpe: number | null;
  readonly rmse: number | null;
  readonly mae: number | null;
  readonly r2: number | null;
  readonly rankIc: number | null;
  readonly error: string | null;
  readonly createdAt: string;
  readonly seconds: number;
}

export interface HistoryPageDto {
  readonly runs: readonly RunDto[];
  /** Runs that match, on all pages. */
  readonly total: number;
}

/** Figures of one strategy over the bars of one window, or of one regime in it. */
export interface MetricsDto {
  readonly sharpe: number;
  readonly sortino: number | null;
  readonly maxDrawdown: number;
  readonly calmar: number | null;
  readonly winRate: number;
  /** Null without losing trades. */
  readonly profitFactor: number | null;
  /** Mean net log return of a trade. */
  readonly expectancy: number;
  readonly totalReturn: number;
  readonly trades: number;
  /** Share of bars with a position. */
  readonly exposure: number;
}

export interface StrategyResultDto extends StrategyDto {
  readonly index: number;
  readonly selection: MetricsDto;
  readonly holdout: MetricsDto;
  /** Selection figures per regime; names as in `RunDetailDto.regimes`. */
  readonly regimes: readonly MetricsDto[];
}

export interface AuditDto {
  readonly at: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
  readonly decision: 'champion' | 'rejected' | 'pushed_out';
  readonly oldScore: number | null;
  readonly newScore: number | null;
  readonly margin: number | null;
  readonly trades: number | null;
  readonly reason: string;
}

export interface RunDetailDto extends RunDto {
  readonly trainRows: number | null;
  readonly artifactFile: string | null;
  /** Size of the model file, whether it was kept or not. */
  readonly artifactBytes: number;
  /** What the run was based on, part by part (candle digest, costs, ...). */
  readonly basis: Readonly<Record<string, unknown>>;
  /** Shares of each feature in gain and in splits (null for models without), most important first; null for a failed run. */
  readonly importance:
    | readonly { readonly feature: string; readonly gain: number; readonly splits: number | null }[]
    | null;
  /** Regimes of the evaluation, the unclassified rest last. */
  readonly regimes: readonly string[];
  /** All strategies, in canonical order; empty for a failed run. */
  readonly strategies: readonly StrategyResultDto[];
  readonly audit: readonly AuditDto[];
  readonly errorStack: string | null;
}

/** What one strategy of a kept model did, bar by bar; recomputed from model file and candles. */
export interface TraceDto {
  readonly runId: string;
  readonly strategy: StrategyDto;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Opening time of each bar, ms since 1970-01-01 UTC. */
  readonly time: readonly number[];
  readonly close: readonly number[];
  /** Equity at the next open; starts at 1 in each window. */
  readonly equity: readonly number[];
  /** Index of the regime of each bar into `regimes`. */
  readonly regime: readonly number[];
  readonly regimes: readonly string[];
  /** Bars from this index on are the holdout. */
  readonly holdoutFrom: number;
  readonly trades: readonly {
    readonly entry: string;
    readonly exit: string;
    readonly direction: 'long' | 'short';
    /** Net log return. */
    readonly netReturn: number;
    readonly regime: string;
    readonly window: 'selection' | 'holdout';
  }[];
}
