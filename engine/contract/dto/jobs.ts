import type { Timeframe } from '../timeframe.ts';
import type { HostKind, QueueState } from './queues.ts';

/**
 * What is worked on in the Training Queue. `list`: configurations that are no product of axes; `evaluation`: kept models, which
 * are evaluated again without being trained.
 */
export const JOB_KINDS = [
  'grid',
  'list',
  'evaluation',
  'walk_forward',
  'search',
  'production',
  'survival',
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/**
 * One row of the table of jobs, of whatever kind: the same names over HTTP, in JSON and in CSV. A figure that a kind does
 * not have, or that is not known yet, is null. Times are ISO 8601 in UTC, durations seconds.
 */
export interface JobDto {
  readonly id: number;
  readonly kind: JobKind;
  readonly name: string;
  readonly symbols: readonly string[];
  readonly timeframes: readonly Timeframe[];
  readonly state: QueueState;
  /** 0..100 */
  readonly progress_pct: number;
  /** Number, from 1, of the one in work while the job is worked on; else how many are done. */
  readonly current: number;
  /** How many there are to do. */
  readonly total: number;
  /** What `current` and `total` count: `models`, `folds` or `trials`. */
  readonly unit: string;
  /** What is in work, in words: `Ridge EURUSD H1, 60 days, 12 bars ahead, normalized`. */
  readonly current_model: string | null;
  readonly best_score_long: number | null;
  readonly best_score_short: number | null;
  /** 0..1 */
  readonly accuracy: number | null;
  /** 0..1 */
  readonly hit_rate_tp1: number | null;
  /** 0..1 */
  readonly avg_roc_auc: number | null;
  /** Spent so far, pauses left out. */
  readonly elapsed: number;
  /** Likely left at the pace so far. */
  readonly remaining: number | null;
  readonly model_version: string | null;
  /** Why it failed, or crashed. */
  readonly error: string | null;
  readonly requested_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  /** Higher runs earlier. */
  readonly priority: number;
  /** What a pending job waits for, or one that awaits confirmation asks, as a sentence. */
  readonly waiting_for: string | null;
  readonly completed: number;
  readonly failed: number;
  /** Left out: done before by another job, or impossible. */
  readonly skipped: number;
  readonly impossible: number;
  /** Models that became champion of a regime when their result came in; of those, champion of none any more. */
  readonly crowned: number;
  readonly pushed_out: number;
  /** Models that are kept now, and those that are not. */
  readonly kept: number;
  readonly deleted: number;
  /** See QueueDto: the most memory that its process was seen to hold, and what of it is on disk now. */
  readonly peak_memory_bytes: number | null;
  readonly disk_bytes: number;
  /** The process that works on it, and its computer; null where none does. */
  readonly owner_pid: number | null;
  readonly owner_host: string | null;
  /** `window`, `server` or `command line`; null where an earlier release has not noted it, like the next. */
  readonly owner_kind: HostKind | null;
  readonly owner_since: string | null;
  /** See MarksDto; null: no note. */
  readonly favorite: boolean;
  readonly tags: readonly string[];
  readonly note: string | null;
}

/** In the order of a table. */
export const JOB_COLUMNS = [
  'id',
  'kind',
  'name',
  'symbols',
  'timeframes',
  'state',
  'progress_pct',
  'current',
  'total',
  'unit',
  'current_model',
  'best_score_long',
  'best_score_short',
  'accuracy',
  'hit_rate_tp1',
  'avg_roc_auc',
  'elapsed',
  'remaining',
  'model_version',
  'error',
  'requested_at',
  'started_at',
  'completed_at',
  'priority',
  'waiting_for',
  'completed',
  'failed',
  'skipped',
  'impossible',
  'crowned',
  'pushed_out',
  'kept',
  'deleted',
  'peak_memory_bytes',
  'disk_bytes',
  'owner_pid',
  'owner_host',
  'owner_kind',
  'owner_since',
  'favorite',
  'tags',
  'note',
] as const satisfies readonly (keyof JobDto)[];
