import type { QualityReport } from './quality.ts';
import type { Timeframe } from './timeframe.ts';
import type { EncoderName, EnsembleMethod, IndicatorName, PredictionMethod } from './words.ts';

/** What travels between hosts and clients. Times are ISO 8601 UTC. Returns, drawdowns and rates are fractions. */

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

export interface ChampionDto extends ScoreDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string;
  readonly runId: string;
  readonly modelType: string;
  readonly horizon: number;
  readonly daysHistory: number;
  readonly encoder: EncoderName;
  readonly strategy: StrategyDto;
  readonly profitFactor: number | null;
  readonly totalReturn: number;
  readonly achievedAt: string;
  /** The same strategy in the same regime on the window nothing was chosen by. */
  readonly holdout: ScoreDto;
  readonly synthetic: boolean;
}

export interface SeriesDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: number;
  readonly first: string;
  readonly last: string;
  readonly digest: string;
  readonly synthetic: boolean;
  readonly quality: QualityReport;
}

export type RunStatus = 'completed' | 'failed';

export interface RunDto {
  readonly id: number;
  readonly uuid: string;
  readonly modelType: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly daysHistory: number;
  readonly horizon: number;
  readonly encoder: EncoderName;
  readonly indicatorTimeframes: Readonly<Partial<Record<IndicatorName, readonly Timeframe[]>>>;
  readonly hyperparameters: Readonly<Record<string, number | string | boolean>>;
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

export interface AxisDto {
  readonly name: string;
  readonly count: number;
}

export interface GridPreviewDto {
  /** `2 models x 2 symbols x … = 16 configurations - 3 already trained = 13 to train`. */
  readonly formula: string;
  readonly axes: readonly AxisDto[];
  readonly totalConfigs: number;
  readonly alreadyTrained: number;
  readonly toTrain: number;
  readonly backtests: number;
  /** Same configuration, trained on other candles or under other rules: what changed, and how many cells. */
  readonly outdated: readonly { readonly reason: string; readonly count: number }[];
  /** Rates come from this workspace's own runs; null until it has some. */
  readonly estimate: {
    readonly seconds: number | null;
    readonly bytes: number | null;
    /** Runs the rates were measured on. */
    readonly measuredRuns: number;
  };
  readonly notes: readonly string[];
}

export interface QueueSummaryDto {
  readonly queueId: number;
  readonly name: string;
  readonly state: string;
  readonly totalConfigs: number;
  readonly alreadyTrained: number;
  readonly completed: number;
  readonly failed: number;
  readonly kept: number;
  readonly deleted: number;
  readonly strategiesTested: number;
  readonly seconds: number;
  readonly champions: readonly ChampionDto[];
  readonly failures: readonly { readonly configuration: string; readonly error: string }[];
}

export interface RegimeDto {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly active: boolean;
  /** Rule text per series. */
  readonly rules: Readonly<Record<string, string>>;
}

export interface ImportDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly format: string;
  readonly timezone: { readonly name: string; readonly source: string };
  readonly priceScale: number;
  readonly rows: number;
  readonly badRows: number;
  readonly badLines: readonly BadLineDto[];
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly notes: readonly string[];
  readonly series: SeriesDto;
}

export interface BadLineDto {
  /** 1-based, as an editor counts. */
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

export interface InspectionDto {
  readonly format: string;
  readonly title: string;
  readonly timezone: { readonly name: string; readonly source: string };
  /** Prices in the file are this many times the real ones. */
  readonly priceScale: number;
  readonly symbol?: string;
  readonly timeframe?: Timeframe;
  readonly columns: readonly string[];
  readonly firstLines: readonly string[];
  readonly bars: number;
  readonly first: string;
  readonly last: string;
  readonly badRows: number;
  readonly problems: readonly BadLineDto[];
  readonly duplicates: number;
  readonly notes: readonly string[];
}
