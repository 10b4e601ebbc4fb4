import type { ModelFormat } from '../model-formats.ts';
import type { TableFormat } from '../table-format.ts';
import type { Timeframe } from '../timeframe.ts';
import type { HoldoutLookDto } from './looks.ts';
import type { ScoreDto, StrategyDto } from './runs.ts';

/** A run as reports on its model name it. */
export interface ModelRunDto {
  readonly run: number;
  readonly modelType: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly horizon: number;
  readonly daysHistory: number;
  readonly target: string;
}

/** In which formats a model can leave. */
export interface ModelFormatsDto extends ModelRunDto {
  readonly member: number | null;
  /** All that there are, in one order. */
  readonly formats: readonly {
    readonly format: ModelFormat;
    readonly title: string;
    readonly ending: string;
    /** Why there is no such file of this model, as the end of a sentence; null where there is one. */
    readonly refusal: string | null;
  }[];
}

export interface ModelExportDto extends ModelRunDto {
  readonly format: ModelFormat;
  /** Of a run with a LONG and a SHORT model that of its metadata. */
  readonly file: string;
  /** All that were written. */
  readonly files: readonly string[];
  /** The member that was written, from 1; null: the mean of all. */
  readonly member: number | null;
  readonly members: number;
  /** In formats of trees; 0 elsewhere. */
  readonly trees: number;
  /** Columns that it expects, in this order. */
  readonly features: readonly string[];
  /** What is predicted from them: the log return over the horizon, the probability of class 1, or a trade's result in ATR. */
  readonly predicts: 'return' | 'probability' | 'outcome';
  /** Multiplied by 2 p - 1, gives the log return that Regimen expects; null where that is what is predicted. */
  readonly meanAbsoluteReturn: number | null;
  /** Whether XGBoost's file holds gains and covers, which importances and SHAP values are made of; null in other formats. */
  readonly withStatistics: boolean | null;
  /** What an ONNX graph gives, each a float32 per row; empty in other formats. */
  readonly outputs: readonly { readonly name: string; readonly meaning: string }[];
}

/** The model of a version, written for use elsewhere. */
export interface VersionExportDto extends Omit<ModelExportDto, 'run'> {
  /** The place: `EURUSD H1 bull_trending`, or `EURUSD H1` over all regimes. */
  readonly name: string;
  readonly version: string;
}

/** Rows of one window in a file of features. */
export interface FeatureWindowDto {
  readonly window: 'training' | 'selection' | 'holdout';
  readonly rows: number;
  /** Of the rows, those with a label; the last ones' would reach into the next window. */
  readonly labeled: number;
}

/** The feature matrix of a run, as a file to train on elsewhere. */
export interface ModelFeaturesDto extends ModelRunDto {
  readonly file: string;
  readonly format: TableFormat;
  readonly bytes: number;
  /** Columns of labels behind time and window: one, or one for each model. */
  readonly labels: readonly string[];
  /** Columns behind the labels, in this order. */
  readonly features: readonly string[];
  /** In the order of time; without the holdout unless it was asked for. */
  readonly windows: readonly FeatureWindowDto[];
}

/** A strategy's figures over all bars of both windows. */
export interface RankedStrategyDto extends StrategyDto {
  readonly index: number;
  readonly selection: ScoreDto;
  /** Null until the look at it is spent. */
  readonly holdout: ScoreDto | null;
}

/** A model that was trained elsewhere, beside the run whose candles, windows and costs it was backtested with. */
export interface ModelImportDto extends ModelRunDto {
  readonly file: string;
  /** That predict: up to the best round where training stopped early. */
  readonly trees: number;
  readonly treesInFile: number;
  readonly featuresUsed: number;
  readonly features: number;
  readonly strategies: number;
  /** Fewest trades in the selection window of a strategy that is ranked. */
  readonly minTrades: number;
  readonly holdoutLook: HoldoutLookDto;
  /** Best first, by Sharpe in the selection window. */
  readonly imported: readonly RankedStrategyDto[];
  readonly trained: readonly RankedStrategyDto[];
  /** Why nothing can be said of the run's own strategies, and what helps; null where it can. */
  readonly missingTable: string | null;
}
