import { EngineError, type ErrorDto, toErrorDto } from '../contract/errors.ts';
import type { Batch } from '../grid/plan.ts';
import type { CellJob, CellResult, ContextSpec } from '../pipeline/job.ts';
import { type BatchControl, createControl, raiseLimit, stopBatch, takenCells } from '../workers/control.ts';
import type { WorkerPool } from '../workers/pool.ts';

export interface TrainingOptions {
  readonly pool: WorkerPool;
  readonly batches: readonly Batch<CellJob>[];
  contextSpec(batch: Batch<CellJob>): ContextSpec;
  /** A cell that takes longer fails. */
  readonly maxSecondsPerCell: number;
  /** A thread (0, 1, …) turned to a cell; undefined: it is idle. */
  onThread(thread: number, cell: CellJob | undefined): void;
  /** Called once per cell, in the order in which threads finish. An error it throws ends the training. */
  onResult(result: CellResult): void;
}

export interface Training {
  /** No further cell is begun; those in flight are finished. */
  stop(): void;
  /** The next cell in grid order is permanent: threads may take one more. */
  committed(): void;
  /** Resolves when nothing is in flight any more; rejects with what `onResult` threw. */
  readonly done: Promise<void>;
}

/** Cells that threads may be ahead of the last permanent one: bounds memory, and what a crash can cost. */
const MAX_AHEAD = 16;

/** Times a cell is tried when its thread dies. */
const TRIES = 2;

interface ControlledBatch extends Batch<CellJob> {
  readonly control: BatchControl;
}

/** A cell's thread is gone before its result came. */
type LostThread = 'died' | 'too long';

/**
 * Trains batches on all threads of the pool. Every cell that was begun gets exactly one result: of a cell that exceeds
 * its time, or whose thread dies twice, that result is a failure.
 */
export function startTraining(options: TrainingOptions): Training {
  const { pool } = options;
  const batches = options.batches.map(
    (batch): ControlledBatch => ({ ...batch, control: createControl(MAX_AHEAD) }),
  );
  let committedBatch = 0;
  let committedOfBatch = 0;
  let stopped = false;
  let failure: { error: unknown } | undefined;

  function stop(): void {
    stopped = true;
    for (const batch of batches) stopBatch(batch.control);
  }

  function fail(error: unknown): void {
    failure ??= { error };
    stop();
  }

  function deliver(result: CellResult): void {
    try {
      options.onResult(result);
    } catch (error) {
      fail(error);
    }
  }

  /** Lets one thread take cells of a batch; returns the cell that was lost with its thread, if one was. */
  async function work(
    batch: ControlledBatch,
    thread: number,
  ): Promise<{ cell: CellJob; how: LostThread; error: unknown } | undefined> {
    const aborter = new AbortController();
    let current: CellJob | undefined;
    let tooLong = false;
    let timer: NodeJS.Timeout | undefined;
    try {
      await pool.work(
        { context: options.contextSpec(batch), cells: batch.cells, control: batch.control },
        {
          onStart(position) {
            current = batch.cells[position];
            options.onThread(thread, current);
            timer = setTimeout(() => {
              tooLong = true;
              aborter.abort();
            }, options.maxSecondsPerCell * 1000);
          },
          onResult(_position, result) {
            clearTimeout(timer);
            current = undefined;
            deliver(result);
          },
        },
        aborter.signal,
      );
      return undefined;
    } catch (error) {
      if (current === undefined) throw error;
      return { cell: current, how: tooLong ? 'too long' : 'died', error };
    } finally {
      clearTimeout(timer);
      options.onThread(thread, undefined);
    }
  }

  async function finishLost(
    batch: ControlledBatch,
    thread: number,
    lost: { cell: CellJob; how: LostThread; error: unknown },
  ): Promise<void> {
    for (let tries = 1; ; tries++) {
      if (lost.how === 'too long' || tries === TRIES) {
        deliver({ status: 'failed', index: lost.cell.index, ...lossReport(lost, options, tries) });
        return;
      }
      const alone = { ...batch, cells: [lost.cell], control: createControl(1) };
      const again = await work(alone, thread);
      if (again === undefined) return;
      lost = again;
    }
  }

  async function runThread(thread: number): Promise<void> {
    for (const batch of batches) {
      while (!stopped && takenCells(batch.control) < batch.cells.length) {
        const lost = await work(batch, thread);
        if (lost !== undefined) await finishLost(batch, thread, lost);
      }
    }
  }

  async function runAll(): Promise<void> {
    const threads = Array.from({ length: pool.threads }, (_, thread) => runThread(thread).catch(fail));
    await Promise.all(threads);
    if (failure !== undefined) throw failure.error;
  }

  return {
    stop,
    committed() {
      if (++committedOfBatch === batches[committedBatch].cells.length) {
        committedBatch++;
        committedOfBatch = 0;
      } else if (!stopped) {
        raiseLimit(batches[committedBatch].control, committedOfBatch + MAX_AHEAD);
      }
    },
    done: runAll(),
  };
}

function lossReport(
  lost: { how: LostThread; error: unknown },
  options: TrainingOptions,
  tries: number,
): { error: ErrorDto; seconds: number } {
  if (lost.how === 'too long') {
    const minutes = options.maxSecondsPerCell / 60;
    const message = `Training took longer than queue.max_minutes_per_model (${minutes}). Raise it, or use fewer days, trees or features.`;
    return {
      error: toErrorDto(new EngineError('training-failed', message)),
      seconds: options.maxSecondsPerCell,
    };
  }
  const cause = lost.error instanceof Error ? lost.error.message : String(lost.error);
  const message = `The thread that trained this configuration died, ${tries} times (${cause}). If memory was short, raise queue.worker_memory_mb.`;
  return { error: toErrorDto(new EngineError('training-failed', message, {}, lost.error)), seconds: 0 };
}
