import type { CostModel } from '../backtest/costs.ts';
import type { Configuration, IndicatorTimeframes } from '../contract/configuration.ts';
import type { ErrorDto } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import type { ModelSide } from '../contract/hyperparameters.ts';
import type { FoldObjective } from '../contract/search.ts';
import type { ChampionScope, EncoderName, EvaluationScore } from '../contract/words.ts';
import type { StrategyAxes } from '../inference/strategy-grid.ts';
import type { Candles } from '../market/candles.ts';
import type { SeriesRef } from '../market/series/candle-source.ts';
import type { DayStart } from '../market/time/day-start.ts';
import type { LeftOutClassFigures } from '../models/class-metrics.ts';
import type { ClassSettings } from '../models/class-settings.ts';
import type { FeatureImportance } from '../models/model.ts';
import type { TrainingMetrics } from '../models/training-metrics.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import type { ClassificationFigures } from '../statistics/classification.ts';
import type { Side } from '../targets/target.ts';
import type { CellContender, ChosenStrategy, ContenderRules } from './contender-figure-names.ts';
import type { CellLuck, LuckSettings } from './luck.ts';
import type { BesideFigures } from './policy-beside.ts';
import type { EvaluationTimes, TimeRange } from './windows.ts';

/** The rules of training and evaluation that are the same for every configuration of a series. */
export interface PipelineSettings {
  /** Sub-models per model. */
  readonly members: number;
  readonly seed: number;
  /** Of targets with classes, what is not as `DEFAULT_CLASS_SETTINGS` has it. */
  readonly classes?: Partial<ClassSettings>;
  readonly strategies: StrategyAxes;
  /** Active ones, in order of precedence. */
  readonly regimes: readonly RegimeDefinition[];
  readonly costs: CostModel;
}

/**
 * Everything that the cells of one feature matrix share, as plain JSON: equal specs make equal contexts, in whatever
 * process.
 */
export interface ContextSpec {
  /** The bars that cells may see: up to the end of the last evaluated window, and not one more. */
  readonly series: SeriesRef;
  /** The same of the higher timeframes that the indicators use. */
  readonly higher: readonly SeriesRef[];
  /** Names the data a model was trained on. */
  readonly dataDigest: string;
  readonly evaluation: EvaluationTimes;
  readonly encoder: EncoderName;
  readonly indicatorTimeframes: IndicatorTimeframes;
  readonly settings: PipelineSettings;
  /** Where results are to say what luck makes of them. */
  readonly luck?: LuckSettings;
  /** Where results are to tell of the contenders in each regime what a model of what survives looks at. */
  readonly contenders?: ContenderRules;
  /** By which it is decided about results: those of whole tables are to have the figures that this needs in full, and no others. */
  readonly decided?: DecisionRules;
  /** By which market days are told, where luck is not asked for; in New York where it does not say. */
  readonly dayStart?: DayStart;
}

/** By which the strategies of a run are ranked. */
export interface DecisionRules {
  readonly score: EvaluationScore;
  /** Trades alone in a regime from which on a strategy may be chosen there. */
  readonly minTrades: number;
}

/** A spec with the candles that it names at hand. */
export interface LoadedContext {
  readonly spec: ContextSpec;
  readonly candles: Candles;
  /** In the order of the spec. */
  readonly higher: readonly Candles[];
}

/** What is trained in a context, as plain JSON. */
export interface CellJob {
  /** Position in grid order. */
  readonly index: number;
  readonly configuration: Configuration;
  readonly training: TimeRange;
  readonly configHash: string;
  readonly trainingKey: string;
  /** Of a model that was updated: the windows of its fit and of the updates before `training`, oldest first. They are replayed. */
  readonly earlier?: readonly TimeRange[];
}

/** Figures of what one model of a target said of rows that its members left out, in the unit of the target. */
export interface SideMetrics extends TrainingMetrics {
  readonly side: Side;
  /** Where it says classes: then the figures above are those of calibrated probabilities. */
  readonly classes?: LeftOutClassFigures;
  /** Of an agent: its policy on the selection window, and what it stands beside. */
  readonly beside?: readonly BesideFigures[];
}

/** Figures of left-out predictions against labels, in the unit of the target; of two models their means. */
export interface CellMetrics extends TrainingMetrics {
  /** Of each model of a target; absent of returns. */
  readonly sides?: readonly SideMetrics[];
}

export interface CompletedCell {
  readonly status: 'completed';
  readonly index: number;
  readonly metrics: CellMetrics;
  readonly trainRows: number;
  /** Feature names and their share of gain, in matrix order; see FeatureImportance. */
  readonly importance: FeatureImportance & { readonly names: readonly string[] };
  /** Values of the EvaluationTable. */
  readonly results: Float64Array;
  /** Indices of the strategies that these are of, and the shapes of `luck`, where they are not of all; see `EvaluationTable.of`. */
  readonly of?: readonly number[] | undefined;
  /** All of it as the ledger keeps it: encoded by the thread that computed it, not by the one that all results wait for. */
  readonly encoded?: Uint8Array<ArrayBuffer>;
  /** Where the context's spec asks for it. */
  readonly luck?: CellLuck;
  /** As `luck`. */
  readonly contenders?: readonly CellContender[];
  /** The model file. */
  readonly artifact: Uint8Array<ArrayBuffer>;
  readonly seconds: number;
}

export interface FailedCell {
  readonly status: 'failed';
  readonly index: number;
  readonly error: ErrorDto;
  readonly seconds: number;
}

export type CellResult = CompletedCell | FailedCell;

/** A model that was trained before, and what of it is to be computed again: plain JSON, but for the model's bytes. */
export interface EvaluationJob {
  /** Position among the jobs that it is given with. */
  readonly index: number;
  readonly configuration: Configuration;
  /** The model file, and what messages call it. */
  readonly model: Uint8Array;
  readonly file: string;
  /** Strategies to follow it with, by their position in the context's canonical order, ascending. */
  readonly strategies: readonly number[];
  /** Whose figures are asked for where the context asks for contenders'; absent: those that would be chosen. */
  readonly contending?: readonly ChosenStrategy[];
}

export interface EvaluatedModelResult {
  readonly status: 'evaluated';
  readonly index: number;
  /** As the model file says; see `ModelFile`. */
  readonly modelKey: string;
  /** Values of the EvaluationTable of the job's strategies, in their order. */
  readonly results: Float64Array;
  /** Of these strategies, where the context's spec asks for it. */
  readonly luck?: CellLuck;
  /** As `luck`. */
  readonly contenders?: readonly CellContender[];
  readonly seconds: number;
}

export type EvaluationResult = EvaluatedModelResult | FailedCell;

/**
 * A model of a walk-forward, and where it is tested. Its windows are its own: what it shares with the folds around it are the bars up
 * to the newest of their windows, which its context has.
 */
export interface FoldJob extends CellJob {
  readonly evaluation: EvaluationTimes;
  /** The regime whose signals alone its one strategy trades; null: all. */
  readonly scope: string | null;
}

/** A trial's loss on one fold, the lower the better, and on equal parts of its test span. */
export interface FoldLoss {
  readonly loss: number;
  readonly parts: readonly number[];
  /** ROC AUC of the fold, where there are classes, whatever the loss is; null where its bars are all of one. */
  readonly auc?: number | null;
  /** Of the loss, where it is a Sharpe ratio; null where that has none. */
  readonly standardError?: number | null;
}

/** What a trial is held against, a function of the trials that it may know: it travels with the trial. */
export type PruneReference =
  | { readonly kind: 'none' }
  /** Losses of the best trial, fold by fold in the study's order. */
  | { readonly kind: 'wilcoxon'; readonly best: readonly FoldLoss[] }
  /** After each fold, the median over whole trials of their mean loss so far. */
  | { readonly kind: 'median'; readonly medians: readonly number[] };

/** What a trial learns from, and what it is tested on. */
export interface TrialFold {
  /** From 0, in order of time. */
  readonly number: number;
  readonly training: TimeRange;
  readonly test: TimeRange;
}

/** A trial of a search: one model a fold, until it is given up. Its context ends where the selection window begins. */
export interface TrialJob extends CellJob {
  readonly objective: FoldObjective;
  /** Of a target with two models the one that is tried; absent: the mean of both, as searches had it once. */
  readonly side?: ModelSide | undefined;
  /** In the order that they are tried in. */
  readonly folds: readonly TrialFold[];
  readonly reference: PruneReference;
}

export interface TriedTrial {
  readonly status: 'tried';
  readonly index: number;
  readonly isPruned: boolean;
  /** As far as it was tried. */
  readonly folds: readonly FoldLoss[];
  readonly seconds: number;
}

export type TrialResult = TriedTrial | FailedCell;

/** By which champions are chosen, under the names of the configuration file. */
export interface ChoiceRules {
  readonly scope: ChampionScope;
  readonly score: EvaluationScore;
  readonly min_score: number | 'auto';
  readonly min_trades_per_regime: number;
  readonly min_improvement_threshold: number;
  readonly keep_top_n_per_regime: number;
  readonly delete_non_best_models: boolean;
}

/** Cells of a procedure's fold that share a feature matrix. */
export interface ProcedureGroup {
  readonly encoder: EncoderName;
  readonly daysHistory: number;
  /** Whose digest and strategies are these: targets whose labels are net results, and those with classes, may have their own. */
  readonly targets: readonly string[];
  /** Its cells are agents, of which other groups have none: they have a policy in place of strategies. */
  readonly agents?: true;
  readonly context: ContextSpec;
  readonly training: TimeRange;
  /** With a configuration's hash it gives the key of its model. */
  readonly trainingDigest: string;
}

/**
 * One fold of a procedure, whole: every configuration of the grid, what is chosen among them, and how that trades. Plain JSON. The
 * context that it is given with names the candles, as far as any of its groups sees them.
 */
export interface ProcedureJob {
  readonly index: number;
  /** One of the grid's, which stands for the fold where it is shown. */
  readonly configuration: Configuration;
  /** Of one market. */
  readonly grid: GridSpec;
  readonly groups: readonly ProcedureGroup[];
  readonly rules: ChoiceRules;
  /** Name of the evaluated window that the champions trade. */
  readonly test: string;
  /** Where champions are chosen by what survives: what there is to choose by as of the fold. */
  readonly survival?: FoldSurvival;
}

/** What a fold's champions are chosen by, where that is what survives. */
export interface FoldSurvival {
  /** Rows that were known and good enough when the fold's test window began. */
  readonly rows: number;
  /** The model that learned from them, see `encodeSurvival`; null: they are too few, and champions are chosen by Sharpe. */
  readonly model: Uint8Array | null;
}

/** A trade inside a test window. */
export interface TestedTrade {
  /** Bars after the window's first one, at whose opens it is entered and left. */
  readonly entry: number;
  readonly exit: number;
  readonly direction: 1 | -1;
  /** What it put at risk, a fraction of the price. */
  readonly stake: number;
}

/** What a strategy did in one test window. */
export interface TestedWindow {
  /** Net log return per bar, 0 while flat. */
  readonly netReturn: Float64Array;
  /** Oldest first. */
  readonly trades: readonly TestedTrade[];
  /** Per bar, the market day that it opens on, ascending: days since 1970-01-01. */
  readonly marketDay: Int32Array;
}

/** How well the forecasts of one test window rank and name what came. */
export interface ForecastFigures extends SideFigures {
  /** Of a target with two models those above are of the weaker one, so that both have to pass; here are both. */
  readonly sides?: { readonly long: SideFigures; readonly short: SideFigures };
  /** Of a target whose trades have a take-profit. */
  readonly takeProfit?: TakeProfitFigures;
}

/** How often a window's trades reached their take-profit. */
export interface TakeProfitFigures {
  readonly trades: number;
  readonly reached: number;
  /** Share of all trades that there were to be had, in both directions, that reach it; null where there are none. */
  readonly base: number | null;
}

export interface SideFigures {
  /** Of bars with a forecast whose outcome falls into the window: class 1 is a label above 0, predicted by a forecast above 0. */
  readonly classes: ClassificationFigures;
  /** Spearman's rank correlation of forecast and label; null for fewer than two bars. */
  readonly spearman: number | null;
  /** Of it without an edge, under overlapping labels. */
  readonly spearmanError: number | null;
}

/** One test window of a fold's model. */
export interface FoldResult extends TestedWindow {
  /** Its name. */
  readonly window: string;
  readonly forecasts: ForecastFigures;
  /** METRICS of its trading. */
  readonly metrics: Float64Array;
  /** Of the market, before the window's end. */
  readonly barsPerYear: number;
  /** What its trades paid in costs and swaps, log return: taken off its net returns once, and once more where they are doubled. */
  readonly costs: number;
}

export interface CompletedFold {
  readonly status: 'tested';
  readonly index: number;
  /** Each of its windows by name, as it is stored. */
  readonly windows: readonly { readonly window: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
  readonly seconds: number;
}

export type FoldOutcome = CompletedFold | FailedCell;

/** A model of all there is: nothing is tested any more, and its file is what it is for. */
export interface RefitJob extends CellJob {
  readonly refit: true;
  /** Its one window is what lies after the training: bars that rolling values look back on. */
  readonly evaluation: EvaluationTimes;
  /** Given: a model that learns from sums says them, for the next update. */
  readonly update?: RefitUpdate;
}

/** What a refit goes on from, instead of a replay of it. */
export interface RefitUpdate {
  /** Sums of each member, where there are any that its features agree with. */
  readonly sums?: readonly Uint8Array[] | undefined;
  /** Each member as its type encodes it, where the job has windows before its own. */
  readonly members?: readonly Uint8Array[] | undefined;
}

export interface Moved {
  readonly added: number;
  readonly dropped: number;
}

export interface CompletedRefit {
  readonly status: 'refitted';
  readonly index: number;
  readonly trainRows: number;
  /** Bars that came since the windows before its own; 0 where it has none. */
  readonly newRows: number;
  /** Of each member, for the next update, where it was asked for and there are some. */
  readonly sums?: readonly Uint8Array[] | undefined;
  /** Rows that were added to the sums before and dropped from them, of all members; absent where they were summed anew. */
  readonly moved?: Moved | undefined;
  /** Trees that an update added and dropped, of all members. */
  readonly trees?: Moved | undefined;
  /** The model file. */
  readonly artifact: Uint8Array<ArrayBuffer>;
  readonly seconds: number;
}

export type RefitOutcome = CompletedRefit | FailedCell;

/** Whatever a slot takes one of at a time. */
export type WorkerJob = CellJob | EvaluationJob | FoldJob | ProcedureJob | RefitJob | TrialJob;
export type WorkerResult = CellResult | EvaluationResult | FoldOutcome | RefitOutcome | TrialResult;

/** What becomes of a job. */
export type ResultOf<Job extends WorkerJob> = Job extends EvaluationJob
  ? EvaluationResult
  : Job extends RefitJob
    ? RefitOutcome
    : Job extends FoldJob | ProcedureJob
      ? FoldOutcome
      : Job extends TrialJob
        ? TrialResult
        : CellResult;
