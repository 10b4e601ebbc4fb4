import type { GridSpec } from '../grid.ts';
import type { LogLevel } from '../log-level.ts';
import type { Timeframe } from '../timeframe.ts';
import type { JobKind } from './jobs.ts';
import type { ChampionDto } from './runs.ts';

export interface AxisDto {
  readonly name: string;
  readonly count: number;
}

/** What the rows that one model learns from hold of its class 1. */
export interface ClassShareDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly target: string;
  readonly side: 'both' | 'long' | 'short';
  /** Bars. */
  readonly horizon: number;
  /** The longest that the grid has and candles reach. */
  readonly daysHistory: number;
  /** With a label. */
  readonly rows: number;
  /** Of them, those of class 1: that rise, or reach the take-profit. */
  readonly positives: number;
}

export interface ClassSharesDto {
  readonly told: readonly ClassShareDto[];
  /** Counted, too, but not told. */
  readonly untold: number;
  /** Markets, targets and horizons that would have taken too long to count: training does it. */
  readonly uncounted: number;
}

export interface GridPreviewDto {
  /** `2 models x 2 symbols x … = 16 configurations - 3 already trained = 13 to train`. */
  readonly formula: string;
  readonly axes: readonly AxisDto[];
  readonly totalConfigs: number;
  /** Configurations that one job may have: a larger grid is counted, but is no job. */
  readonly most: number;
  readonly alreadyTrained: number;
  /** Can't be trained with the candles that there are, and are left out. */
  readonly impossible: number;
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
  /** Of targets with classes, before anything is trained. */
  readonly classes: ClassSharesDto;
  readonly notes: readonly string[];
}

export interface QueueSummaryDto {
  readonly queueId: number;
  readonly name: string;
  readonly kind: JobKind;
  readonly state: string;
  readonly totalConfigs: number;
  readonly alreadyTrained: number;
  readonly impossible: number;
  readonly completed: number;
  readonly failed: number;
  /** See QueueDto. */
  readonly crowned: number;
  readonly pushedOut: number;
  readonly kept: number;
  readonly deleted: number;
  readonly strategiesTested: number;
  readonly seconds: number;
  readonly champions: readonly ChampionDto[];
  readonly failures: readonly { readonly configuration: string; readonly error: string }[];
}

export const QUEUE_STATES = [
  'pending',
  'running',
  'pausing',
  'paused',
  'awaiting_confirmation',
  'cancelling',
  'completed',
  'cancelled',
  'failed',
  'crashed',
] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

/** What a process that trains is. */
export const HOST_KINDS = ['window', 'server', 'command line'] as const;
export type HostKind = (typeof HOST_KINDS)[number];
/** Who did something: a person in one of these, or a schedule in any of them. */
export type Actor = HostKind | 'schedule';

/** The process that works on a queue. */
export interface OwnerDto {
  readonly pid: number;
  readonly host: string;
  /** Null where an earlier release has not noted it. */
  readonly kind: HostKind | null;
  /** ISO 8601 UTC: since when it works on it. */
  readonly since: string | null;
  /** It is the one that says so. */
  readonly isThis: boolean;
}

export interface QueueDto {
  readonly id: number;
  readonly name: string;
  readonly state: QueueState;
  /** Why it is in this state where that is not obvious: `Disk is nearly full: …`. */
  readonly message: string | null;
  /** What a pending queue waits for, as a sentence; null in every other state. */
  readonly waitingFor: string | null;
  /** Null where nobody works on it. */
  readonly owner: OwnerDto | null;
  /** Higher runs earlier. */
  readonly priority: number;
  readonly kind: JobKind;
  /** Of a grid; null for other kinds, and where what is stored can't be read: nothing more is trained of it. */
  readonly grid: GridSpec | null;
  readonly symbols: readonly string[];
  readonly timeframes: readonly Timeframe[];
  readonly totalConfigs: number;
  /** Left out: already trained before, or impossible. */
  readonly skipped: number;
  /** Of those: can't be trained with the candles that there were. */
  readonly impossible: number;
  readonly completed: number;
  readonly failed: number;
  readonly pending: number;
  /** Models that became champion of a regime when their result came in. */
  readonly crowned: number;
  /** Of those: champion of none any more. */
  readonly pushedOut: number;
  /** Completed ones whose model is kept now, and whose is not. */
  readonly kept: number;
  readonly deleted: number;
  /** Number in grid order, from 1, of the next cell to train; null when none is left. */
  readonly currentIndex: number | null;
  /** Share of the cells to train that are done, 0..1; 1 when there is nothing to train. */
  readonly progress: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Seconds spent training so far, pauses left out. */
  readonly seconds: number;
  /** The most memory that the process that works on it was seen to hold, all of it included; null: not known. */
  readonly memoryBytes: number | null;
  /** What of it is on disk now: models that are kept, folds, a refit. */
  readonly diskBytes: number;
}

/** A queue that a crash stopped. */
export interface RecoveryDto {
  readonly queueId: number;
  readonly name: string;
  /** It goes on already: recovery.auto_resume_on_crash. */
  readonly resumed: boolean;
  /** 0..1 */
  readonly progress: number;
  readonly remaining: number;
  readonly crashedAt: string | null;
  readonly recommendation: string;
}

/** Results that the newest readable checkpoint of a job holds, and the database lost. */
export interface LostResultsDto {
  /** Name of the file; what a restore is asked for by. */
  readonly checkpoint: string;
  /** As the checkpoint calls the job, which the database need not know. */
  readonly queueId: number;
  readonly name: string;
  /** When the checkpoint was written. */
  readonly createdAt: string;
  /** How many results it holds, and how many of those are missing. */
  readonly results: number;
  readonly missing: number;
  /** Names of newer checkpoints of the job that can't be read. */
  readonly unreadable: readonly string[];
}

/** Results that were brought back. */
export interface RestoredResultsDto extends LostResultsDto {
  /**
   * Runs of the job, of which no checkpoint has the table of strategies: it follows from the model, which is kept or would have to be
   * trained again.
   */
  readonly withoutTable: { readonly kept: number; readonly deleted: number };
  /** The same in words, and what computes the tables again; null where none is missing. */
  readonly note: string | null;
}

/** `model`: one configuration's start or result; `checkpoint`: the second copy; `tracking`: what a tracking server is told; `job`: anything else. */
export const FEED_TOPICS = ['job', 'model', 'checkpoint', 'tracking'] as const;
export type FeedTopic = (typeof FEED_TOPICS)[number];

/** One line of the live feed. */
export interface FeedLineDto {
  readonly at: string;
  readonly level: LogLevel;
  readonly queueId: number | null;
  /** What it is about, so that nobody has to read that from its words. */
  readonly topic: FeedTopic;
  readonly message: string;
}
