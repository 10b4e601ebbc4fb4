import type { CriterionResult, FoldMetric } from '../criteria.ts';
import type { Timeframe } from '../timeframe.ts';
import type { FoldKind, ValidationMode, ValidationScheme } from '../validation.ts';
import type { Verdict } from '../verdict.ts';
import type { QueueState } from './queues.ts';
import type { StrategyDto } from './runs.ts';

/** A stretch of a market's history, ISO 8601 UTC, with the bars that open in it. */
export interface FoldSpanDto {
  readonly from: string;
  readonly to: string;
  readonly bars: number;
}

/** A figure of one fold, or its mean over several. Shares are fractions. */
export interface FoldFigureDto {
  readonly value: number;
  /** Standard error, where the figure has one. */
  readonly error: number | null;
  /** What always saying the larger class gets, where the figure is one of classes. */
  readonly base: number | null;
}

/** Null: there is nothing to compute it from. */
export type FoldFiguresDto = Readonly<Record<FoldMetric, FoldFigureDto | null>>;

export interface FoldDto {
  /** From 0: rolling folds by time, then aging ones. */
  readonly index: number;
  readonly kind: FoldKind;
  readonly state: 'pending' | 'completed' | 'failed';
  /**
   * False where the test window was scored before by a grid or a search: such a fold is drawn hollow, and enters no average,
   * criterion, stitched figure or verdict.
   */
  readonly counted: boolean;
  readonly train: FoldSpanDto;
  readonly test: FoldSpanDto;
  readonly metrics: FoldFiguresDto | null;
  /** Why it failed. */
  readonly error: string | null;
  /** It was computed before, by another job. */
  readonly reused: boolean;
  /** Of a procedure, chosen on the fold's own selection window; null: of a model, or not computed yet. */
  readonly champions: readonly FoldChampionDto[] | null;
  /** Of a procedure by what survives: how its champions were chosen; null of others, or not computed yet. */
  readonly chosenBy: FoldChoiceDto | null;
}

/** By what the champions of a fold were chosen where that is what survives. */
export interface FoldChoiceDto {
  /** Rows of other folds that had ended when its test window began. */
  readonly rows: number;
  /** What a chance to survive had to be above; null: there were too few rows, and champions were chosen by Sharpe. */
  readonly least: number | null;
  /** Share of the rows that made money; null without a model. */
  readonly baseRate: number | null;
}

/** Who had the word in a regime through a fold's test window. */
export interface FoldChampionDto {
  readonly regime: string;
  readonly configHash: string;
  readonly strategy: StrategyDto;
  /** On the fold's selection window; where it was chosen by what survives, its chance. */
  readonly score: number;
  readonly trades: number;
}

/** What the champions of one regime did alone, fold after fold; folds without one are flat. */
export interface RegimeCurveDto {
  readonly regime: string;
  /** Folds that had a champion there. */
  readonly folds: number;
  readonly stitched: StitchedDto;
}

/** The counted rolling folds as one out-of-sample curve. */
export interface StitchedDto {
  readonly folds: number;
  readonly bars: number;
  readonly sharpe: number | null;
  /** Of the Sharpe ratio. */
  readonly standardError: number | null;
  /** Mean of the net day sums over its error, and one-sided p. */
  readonly t: number | null;
  readonly p: number | null;
  readonly trades: number;
  readonly maxDrawdown: number | null;
  /** Net, a fraction: 0.1 is 10 %. */
  readonly return: number | null;
  /** Share of the folds that earned something. */
  readonly profitableFolds: number | null;
}

/** What the folds lose as their model ages, from the first model's windows; null where there are none. */
export interface AgingDto {
  /** Mean age of each window at its middle, days, and what the first model had there. */
  readonly ages: readonly { readonly days: number; readonly fold: number }[];
  /** Fall of the rank correlation and of the Sharpe ratio per 30 days (least squares over the ages). */
  readonly spearmanPerMonth: number | null;
  readonly sharpePerMonth: number | null;
}

/** The model that full ends with: the same configuration, trained on all data as of a day. */
export interface RefitDto {
  /** Name of its file in the folder of models; null of one that failed. */
  readonly file: string | null;
  readonly bytes: number;
  /** Of its training window, ISO 8601 UTC, and the bars that it learned from. */
  readonly train: FoldSpanDto;
  readonly asOf: string;
  readonly error: string | null;
}

/** One thing that is validated in folds: a model, or a procedure. */
export interface ValidationDto {
  readonly id: number;
  /** Of the Training Queue, and its state there; null: it was removed. */
  readonly jobId: number;
  readonly jobState: QueueState | null;
  readonly scheme: ValidationScheme;
  readonly subject: 'model' | 'procedure';
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Configuration and strategy, or what the grid holds, in words. */
  readonly title: string;
  /** Of a model. */
  readonly modelType: string | null;
  readonly configHash: string | null;
  readonly strategy: StrategyDto | null;
  /** The regime whose signals alone it trades; null: all. */
  readonly regime: string | null;
  /** Run and champion that it was asked for, where it was. */
  readonly runId: string | null;
  readonly champion: string | null;
  readonly testPeriodDays: number;
  readonly trainDays: number;
  readonly expandingWindow: boolean;
  readonly folds: readonly FoldDto[];
  /** Rolling folds that the data is too short for. */
  readonly missingFolds: number;
  /** Means over the counted rolling folds. */
  readonly average: FoldFiguresDto;
  readonly stitched: StitchedDto;
  /** Of a procedure, by name; of a model none. */
  readonly regimes: readonly RegimeCurveDto[];
  readonly aging: AgingDto | null;
  /** Stored of it: figures of its folds, and the file of its refit; bytes. */
  readonly storedBytes: number;
  /** Of a model in full, once all folds are there. */
  readonly refit: RefitDto | null;
  readonly criteria: readonly CriterionResult[];
  /** All criteria; null while folds are missing. */
  readonly met: boolean | null;
  /** Null while folds are missing, and where none counts. */
  readonly verdict: Verdict | null;
  /** Whole sentences with the figures that decided the verdict. */
  readonly verdictReason: string | null;
}

/** What a validation would compute; nothing is written for it. */
export interface PlannedValidationDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly title: string;
  readonly regime: string | null;
  readonly runId: string | null;
  readonly champion: string | null;
  readonly testPeriodDays: number;
  readonly trainDays: number;
  readonly expandingWindow: boolean;
  readonly folds: readonly (Pick<FoldDto, 'index' | 'kind' | 'counted' | 'train' | 'test'> & {
    /** It was computed before, and is not computed again. */
    readonly known: boolean;
  })[];
  readonly missingFolds: number;
  /** Days that its end lies before the holdout, so that all of its tests count. */
  readonly movedDays: number;
}

export interface ValidationPreviewDto {
  readonly scheme: ValidationMode;
  readonly validations: readonly PlannedValidationDto[];
  /** Models that would be trained: of folds whose figures are not there yet. */
  readonly toTrain: number;
  /** Whole job, by this workspace's own folds of such models; null while it has none. */
  readonly estimate: { readonly seconds: number | null; readonly bytes: number | null };
  /** What stands in the way, in whole sentences; without any the job can be made. */
  readonly problems: readonly string[];
  /** What to know before it starts. */
  readonly notes: readonly string[];
  /** Of a sequential job, what follows once it is confirmed: full; its problems stand in the way of the whole. */
  readonly next: ValidationPreviewDto | null;
}
