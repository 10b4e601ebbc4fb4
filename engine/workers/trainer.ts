import type { CellJob, CellResult, ContextSpec } from '../pipeline/job.ts';

/** What crosses to where the training is done, as plain JSON. Results come back as JSON and bytes; see `wire.ts`. */
export interface TrainerBatch {
  readonly context: ContextSpec;
  /** In grid order. */
  readonly cells: readonly CellJob[];
}

/** What a slot reports while it works on a batch; positions are indices into the batch's cells. */
export interface BatchHooks {
  /** Followed by the result of the same cell, unless the slot is lost: a slot trains one cell at a time. */
  onStart(position: number): void;
  onResult(position: number, result: CellResult): void;
}

/** A batch that slots take cells of, each cell once, in order. */
export interface OpenBatch {
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
  work(hooks: BatchHooks, signal: AbortSignal): Promise<void>;
}

/** What trains: threads of this process, or workers elsewhere. The same cells give the same bits on each. */
export interface Trainer {
  /** Slots that train at a time. Callers have at most so many at work, so that a stop never waits for a backlog. */
  readonly threads: number;
  /** `limit` as of `allow`. Costs nothing until a slot works on it. */
  open(batch: TrainerBatch, limit: number): OpenBatch;
  /** Ends all that is still at work. */
  close(): Promise<void>;
}
