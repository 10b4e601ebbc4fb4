import type { Timeframe } from '../timeframe.ts';
import type { Verdict } from '../verdict.ts';
import type { JobDto, JobKind } from './jobs.ts';
import type { QueueState } from './queues.ts';
import type { JournalEntryDto } from './registry.ts';

/** What a person has to decide; the most urgent first. */
export const DECISION_CODES = [
  'job-crashed',
  'job-failed',
  'job-confirmation',
  'job-paused',
  'gate-passed',
  'version-expired',
  'version-stale',
  'data-late',
  'alerts-undelivered',
  'champions-stale',
  'champions-unvalidated',
] as const;
export type DecisionCode = (typeof DECISION_CODES)[number];

/** One thing to decide. */
export interface DecisionDto {
  readonly code: DecisionCode;
  /** What it is about, in a few words: the name of a job, of a place of the registry, or markets. */
  readonly subject: string;
  /** Whole sentences. */
  readonly text: string;
  /** Number of the job that it is about. */
  readonly job: number | null;
  /** The place of use that it is about: `EURUSD H1 bull_trending`. */
  readonly name: string | null;
}

/** A job that came to an end. */
export interface FinishedJobDto {
  readonly id: number;
  readonly name: string;
  readonly kind: JobKind;
  readonly state: QueueState;
  readonly at: string;
  readonly completed: number;
  readonly failed: number;
  /** Of its models: champion of a regime now. */
  readonly kept: number;
  /** Spent on it, pauses left out. */
  readonly seconds: number;
}

/** A champion that was none at the last look. */
export interface NewChampionDto {
  readonly champion: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string;
  readonly modelType: string;
  readonly runId: string;
  readonly at: string;
  readonly sharpe: number | null;
  readonly sharpeError: number | null;
  readonly verdict: Verdict;
  readonly synthetic: boolean;
  /** Who had its place at the last look; null where there was nobody. */
  readonly replaced: { readonly runId: string; readonly modelType: string } | null;
}

/** So many of a list, and how many there are in all. */
export interface ListedDto<T> {
  readonly total: number;
  readonly listed: readonly T[];
}

/** What a trader looks at first: what came since the last look, what goes on, and what is to be decided. Times are ISO 8601 UTC. */
export interface OverviewDto {
  readonly at: string;
  /** What is new is new since then; null: nobody has looked yet, and all of it is. */
  readonly since: string | null;
  /** Whether there are candles, and whether anything was ever asked to be trained. */
  readonly hasSeries: boolean;
  readonly hasJobs: boolean;
  /** Newest first. */
  readonly finished: ListedDto<FinishedJobDto>;
  /** Newest first. */
  readonly champions: ListedDto<NewChampionDto>;
  /** Who came in charge, or left, newest first. */
  readonly promotions: ListedDto<Omit<JournalEntryDto, 'gate'>>;
  /** Champions, those whose verdict is `strong` or `suggestive`, and those that were validated. */
  readonly evidence: {
    readonly champions: number;
    readonly withEvidence: number;
    readonly validated: number;
  };
  readonly running: readonly JobDto[];
  /** Jobs that wait for their turn. */
  readonly waiting: number;
  /** See DECISION_CODES. */
  readonly decisions: ListedDto<DecisionDto>;
}
