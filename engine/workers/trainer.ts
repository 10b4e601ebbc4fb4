import type { CellJob, ContextSpec, ResultOf, WorkerJob } from '../pipeline/job.ts';

/**
 * What crosses to where the training is done, as plain JSON and, of models that are evaluated again, bytes. Results come back
 * in the same way; see `wire.ts`. Cells of a batch are either all trained or all evaluated again.
 */
export interface TrainerBatch<Job extends WorkerJob = CellJob> {
  readonly context: ContextSpec;
  /** In grid order. */
  readonly cells: readonly Job[];
  /** Cells of the batches that follow; none unless said. */
  readonly after?: number;
}

/** What a slot reports while it works on a batch; positions are indices into the batch's cells. */
export interface BatchHooks<Job extends WorkerJob = CellJob> {
  /** Followed by the result of the same cell, unless the slot is lost: a slot trains one cell at a time. */
  onStart(position: number): void;
  onResult(position: number, result: ResultOf<Job>): void;
}

/** A batch that slots take cells of, each cell once, in order. */
export interface OpenBatch<Job extends WorkerJob = CellJob> {
  /** How many cells were taken. */
  readonly taken: number;
  /** Lets cells before position `limit` be taken; a limit is never lowered. Slots wait where it is reached. */
  allow(limit: number): void;
  /** No further cell is taken; those that were are finished. */
  stop(): void;
  /**
   * Has one slot take cells until none is left or the batch is stopped. A cell that can't be trained is a failed result.
   * Resolves when all its results were handed over; rejects when the slot was lost, was given up by `signal`, a hook
   * threw, or the candles can't be had (an EngineError, before any cell is taken). By then the hooks know all that a lost
   * slot did, and it takes no further cell: at most one cell was begun without a result.
   */
  work(hooks: BatchHooks<Job>, signal: AbortSignal): Promise<void>;
}

/** What trains: threads of this process, or workers elsewhere. The same cells give the same bits on each. */
export interface Trainer {
  /** Slots that train at a time. Callers have at most so many at work, so that a stop never waits for a backlog. */
  readonly threads: number;
  /** Cells that slots may be ahead of the last one whose result was taken: bounds memory, and what a crash can cost. */
  readonly ahead: number;
  /** `limit` as of `allow`. Costs nothing until a slot works on it. */
  open<Job extends WorkerJob>(batch: TrainerBatch<Job>, limit: number): OpenBatch<Job>;
  /** Ends all that is still at work. */
  close(): Promise<void>;
}

/** See Trainer.ahead: of threads of one machine. */
export const THREADS_AHEAD = 16;
