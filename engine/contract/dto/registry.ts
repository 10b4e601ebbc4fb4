import type { Configuration } from '../configuration.ts';
import type { CriteriaPreset, CriterionResult } from '../criteria.ts';
import type { ErrorCode } from '../errors.ts';
import type { GateWay } from '../gate-ways.ts';
import type { JournalAction, Stage } from '../registry.ts';
import type { Timeframe } from '../timeframe.ts';
import type { Verdict } from '../verdict.ts';
import type { Actor } from './queues.ts';
import type { StrategyDto } from './runs.ts';
import type { StitchedDto } from './validation.ts';

/** A model that may be used at a place: immutable, with an artifact of its own. Times are ISO 8601 UTC. */
export interface VersionDto {
  /** The place: `EURUSD H1 bull_trending`, or `EURUSD H1` over all regimes. */
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string | null;
  /** When it was made, `YYYYMMDD_HHMMSS` UTC. */
  readonly version: string;
  readonly stage: Stage;
  readonly aliases: readonly string[];
  /** Configuration and strategy in words. */
  readonly title: string;
  readonly configuration: Configuration;
  readonly strategy: StrategyDto;
  readonly configHash: string;
  /** UUID of the run, and name of the champion, that it was made from. */
  readonly run: string | null;
  readonly champion: string | null;
  /** The version that it is an update of, else the one that was in production when it was made. */
  readonly parent: string | null;
  /** Of an update: what was added to its parent, and dropped. */
  readonly update: VersionUpdateDto | null;
  readonly trained: { readonly from: string; readonly to: string; readonly bars: number };
  /** Newest bar that it knows of. */
  readonly asOf: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly isExpired: boolean;
  /** Of the run, on its selection window, by name; null where it has none. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** What its last gate said. */
  readonly gate: GateReportDto | null;
}

/** What an update added to its parent. */
export interface VersionUpdateDto {
  /** By sums, tree by tree, or by a fit on the same window where a model has neither. */
  readonly kind: 'sums' | 'trees' | 'refit';
  /** How many updates lie between the last fit and it, itself included. */
  readonly number: number;
  /** Bars that came since. */
  readonly bars: { readonly from: string; readonly to: string; readonly count: number };
  /** Rows of all members' sums; null where they were summed anew, or there are none. */
  readonly rows: { readonly added: number; readonly dropped: number } | null;
  /** Of all members. */
  readonly trees: { readonly added: number; readonly dropped: number } | null;
  /** All of it in words. */
  readonly text: string;
}

/** What came of an update. */
export interface ModelUpdateDto {
  /** Null: nothing was new, and nothing was done. */
  readonly version: VersionDto | null;
  readonly message: string;
}

/** A place of use with what was made for it. */
export interface ModelNameDto {
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string | null;
  /** What aliases point to, own ones and free ones. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Null: nobody is in charge. */
  readonly production: string | null;
  /** Since when. */
  readonly since: string | null;
  /** Oldest first. */
  readonly versions: readonly VersionDto[];
}

/** One thing that was done to a name. */
export interface JournalEntryDto {
  readonly id: number;
  readonly at: string;
  readonly name: string;
  readonly action: JournalAction;
  readonly alias: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: Actor;
  readonly reason: string | null;
  /** What was not asked of it. */
  readonly skipped: readonly string[];
  readonly gate: GateReportDto | null;
}

/** What was in production at a place for a stretch of time. */
export interface TenureDto {
  readonly name: string;
  readonly version: string;
  readonly from: string;
  /** Null: it still is. */
  readonly until: string | null;
}

export const GATE_PARTS = ['validation', 'thresholds', 'verdict', 'comparison', 'expiry'] as const;
export type GatePart = (typeof GATE_PARTS)[number];

/** One thing that the gate asks. */
export interface GateLineDto {
  readonly part: GatePart;
  readonly title: string;
  readonly state: 'met' | 'missed' | 'skipped';
  readonly value: number | null;
  readonly threshold: number | null;
  /** What always saying the larger class gets, and the value less it, where the figure is one of classes. */
  readonly base: number | null;
  readonly lift: number | null;
  /** A whole sentence. */
  readonly text: string;
}

/** How much one version earned more than another on the same days: net log return a day. */
export interface ComparisonDto {
  /** Null: the model from elsewhere. */
  readonly version: string | null;
  readonly against: string;
  readonly judgement: 'better' | 'not worse' | 'worse';
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Market days, and test windows that both have. */
  readonly days: number;
  readonly folds: number;
}

/** A model that was trained elsewhere, as a gate was asked of it. */
export interface ImportedModelDto {
  /** Its file, without folders. */
  readonly file: string;
  readonly sha256: string;
  /** UUID of the run whose features, horizon and strategy it has. */
  readonly run: string;
  /** The day of the last bar that it learned from, as who asked says. */
  readonly trainedUntil: string;
  readonly trees: number;
  /** Root of the sum of the squared net log returns of its bars: with its curve it is a try more, for whichever is asked of next. */
  readonly denominator: number;
}

/** What the gate asked of a version, or of a model from elsewhere, and what it found. */
export interface GateReportDto {
  readonly name: string;
  /** Null of a model from elsewhere, which `imported` is about. */
  readonly version: string | null;
  readonly imported?: ImportedModelDto;
  readonly at: string;
  readonly passed: boolean;
  /** Every line that is missed; null where it passed. */
  readonly refusal: string | null;
  /** What may be done about it; absent in old reports, whose refusal says it. */
  readonly ways?: readonly GateWay[];
  readonly lines: readonly GateLineDto[];
  readonly preset: CriteriaPreset;
  readonly criteria: readonly CriterionResult[];
  readonly skipped: readonly string[];
  /** Of the test windows; null where none were asked. */
  readonly validation: {
    /** Null of a model from elsewhere: it is no validation that can be shown. */
    readonly id: number | null;
    readonly from: string;
    readonly to: string;
    readonly stitched: StitchedDto;
    /** Days that all windows lie earlier than the data allows, so that each counts. */
    readonly movedDays: number;
  } | null;
  readonly verdict: { readonly verdict: Verdict; readonly reason: string } | null;
  readonly comparison: ComparisonDto | null;
  /** Null of a model from elsewhere. */
  readonly expiresAt: string | null;
  /** Cumulated net log return by market day (days since 1970-01-01). */
  readonly curve: {
    readonly days: readonly number[];
    readonly own: readonly number[];
    readonly production: readonly number[] | null;
  } | null;
}

/** Two versions side by side. */
export interface VersionComparisonDto {
  readonly version: VersionDto;
  readonly against: VersionDto;
  /** Null where they were not tested in the same windows yet; `missing` says what to do. */
  readonly comparison: ComparisonDto | null;
  readonly missing: string | null;
}

/** What a production training came to for one name. */
export interface TrainedNameDto {
  readonly name: string;
  /** `passed`: it would have been promoted, and was not asked to be. */
  readonly status: 'promoted' | 'passed' | 'refused' | 'failed';
  readonly version: string | null;
  /** UUID. */
  readonly run: string | null;
  readonly title: string | null;
  readonly hyperparameters: Configuration['hyperparameters'] | null;
  readonly report: GateReportDto | null;
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
  readonly seconds: number;
}
