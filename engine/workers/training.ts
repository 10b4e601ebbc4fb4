import { EngineError, type ErrorDto, toErrorDto } from '../contract/errors.ts';
import type { CellJob, ContextSpec, FailedCell, ResultOf, WorkerJob } from '../pipeline/job.ts';
import type { Batch } from './batches.ts';
import type { OpenBatch, Trainer } from './trainer.ts';

export interface TrainingOptions<Job extends WorkerJob = CellJob> {
  readonly trainer: Trainer;
  readonly batches: readonly Batch<Job>[];
  contextSpec(batch: Batch<Job>): ContextSpec;
  /** A cell that takes longer fails. */
  readonly maxSecondsPerCell: number;
  /** A thread (0, 1, …) turned to a cell; undefined: it is idle. */
  onThread(thread: number, cell: Job | undefined): void;
  /** Called once per cell, in the order in which threads finish; no more once it threw, which ends the training. */
  onResult(result: ResultOf<Job>): void;
}

export interface Training {
  /** No further cell is begun; those in flight are finished. */
  stop(): void;
  /** The result of the next cell in grid order is taken, and permanent now or soon: threads may take one more. */
  committed(): void;
  /** Resolves when nothing is in flight any more; rejects with what `onResult` threw. */
  readonly done: Promise<void>;
}

/** Times a cell is tried when its thread dies. */
const TRIES = 2;

interface PlannedBatch<Job extends WorkerJob> extends Batch<Job> {
  /** Cells of the batches before. */
  readonly offset: number;
  /** Cells of the batches that follow. */
  readonly after: number;
  /** Opened by the first thread that turns to it. */
  open: OpenBatch<Job> | undefined;
}

/** A thread is gone, and with it the cell that it was training, if it was. */
interface Loss<Job extends WorkerJob> {
  readonly cell: Job | undefined;
  readonly how: 'died' | 'too long';
  readonly error: unknown;
}

/**
 * Trains batches on all threads of a trainer. Every cell that was begun gets exactly one result: of a cell that exceeds
 * its time, or whose thread dies twice, that result is a failure. After a stop, one whose thread died is not begun again.
 */
export function startTraining<Job extends WorkerJob>(options: TrainingOptions<Job>): Training {
  const { trainer } = options;
  const batches = planned(options.batches);
  let committed = 0;
  /** Batch of the next cell to commit. */
  let due = 0;
  let stopped = false;
  let failure: { error: unknown } | undefined;

  /** Of cells that are tried again, each alone. */
  const again = new Set<OpenBatch<Job>>();
  function stop(): void {
    stopped = true;
    for (const batch of batches) batch.open?.stop();
    for (const alone of again) alone.stop();
  }

  /** Ends the training with an error, unless it is ending with one already. */
  function guarded(work: () => void): void {
    if (failure !== undefined) return;
    try {
      work();
    } catch (error) {
      fail(error);
    }
  }

  function fail(error: unknown): void {
    failure ??= { error };
    stop();
  }

  const deliver = (result: ResultOf<Job>) => guarded(() => options.onResult(result));
  const show = (thread: number, cell?: Job) => guarded(() => options.onThread(thread, cell));

  /** Cells of a batch that may be taken by now. */
  const limitOf = (batch: PlannedBatch<Job>) => Math.max(0, committed + trainer.ahead - batch.offset);

  function opened(batch: PlannedBatch<Job>): OpenBatch<Job> {
    batch.open ??= open(options, batch, limitOf(batch));
    return batch.open;
  }

  /** Lets one thread take some of these cells. */
  async function work(
    open: OpenBatch<Job>,
    cells: readonly Job[],
    thread: number,
  ): Promise<Loss<Job> | undefined> {
    const aborter = new AbortController();
    let current: Job | undefined;
    let late: Job | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      await open.work(
        {
          onStart(position) {
            current = cells[position];
            show(thread, current);
            // A cell that was begun elsewhere may be begun again.
            clearTimeout(timer);
            timer = setTimeout(() => {
              late = current;
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
      // It was ready the moment it was given up.
      if (late !== undefined && current === undefined) return undefined;
      return { cell: current, how: late !== undefined && late === current ? 'too long' : 'died', error };
    } finally {
      clearTimeout(timer);
      show(thread);
    }
  }

  async function finishLost(
    batch: PlannedBatch<Job>,
    thread: number,
    cell: Job,
    loss: Loss<Job>,
  ): Promise<void> {
    for (let tries = 1; ; tries++) {
      if (loss.how === 'too long' || tries === TRIES) {
        const { maxSecondsPerCell } = options;
        const failed: FailedCell = {
          status: 'failed',
          index: cell.index,
          ...lossReport(loss, maxSecondsPerCell, tries),
        };
        // Whatever the job was, it may fail.
        deliver(failed as ResultOf<Job>);
        return;
      }
      if (stopped) return;
      const alone = trainer.open({ context: options.contextSpec(batch), cells: [cell] }, 1);
      again.add(alone);
      const next = await work(alone, [cell], thread);
      again.delete(alone);
      if (next === undefined) return;
      loss = next;
    }
  }

  async function runThread(thread: number): Promise<void> {
    for (const batch of batches) {
      let deathsBetweenCells = 0;
      while (!stopped && (batch.open?.taken ?? 0) < batch.cells.length) {
        const loss = await work(opened(batch), batch.cells, thread);
        if (loss?.cell !== undefined) await finishLost(batch, thread, loss.cell, loss);
        else if (loss !== undefined && ++deathsBetweenCells === TRIES) throw loss.error;
      }
    }
  }

  async function runAll(): Promise<void> {
    // To start a thread takes longer than to train a small model.
    const last = batches.at(-1);
    const length = Math.min(trainer.threads, last === undefined ? 0 : last.offset + last.cells.length);
    const threads = Array.from({ length }, (_, thread) => runThread(thread).catch(fail));
    await Promise.all(threads);
    if (failure !== undefined) throw failure.error;
  }

  return {
    stop,
    committed() {
      committed++;
      if (stopped) return;
      for (; due < batches.length; due++) {
        const { offset, cells } = batches[due]!;
        if (offset + cells.length > committed) break;
      }
      for (let b = due; b < batches.length && batches[b]!.offset < committed + trainer.ahead; b++) {
        batches[b]!.open?.allow(limitOf(batches[b]!));
      }
    },
    done: runAll(),
  };
}

function open<Job extends WorkerJob>(
  { trainer, contextSpec }: TrainingOptions<Job>,
  batch: PlannedBatch<Job>,
  limit: number,
): OpenBatch<Job> {
  const { cells, after } = batch;
  return trainer.open({ context: contextSpec(batch), cells, after }, limit);
}

function planned<Job extends WorkerJob>(batches: readonly Batch<Job>[]): PlannedBatch<Job>[] {
  let offset = 0;
  let after = batches.reduce((sum, { cells }) => sum + cells.length, 0);
  return batches.map((batch) => {
    after -= batch.cells.length;
    const plan = { ...batch, offset, after, open: undefined };
    offset += batch.cells.length;
    return plan;
  });
}

function lossReport(
  loss: Pick<Loss<WorkerJob>, 'how' | 'error'>,
  maxSecondsPerCell: number,
  tries: number,
): { error: ErrorDto; seconds: number } {
  if (loss.how === 'too long') {
    const minutes = maxSecondsPerCell / 60;
    const message = `Training took longer than queue.max_minutes_per_model (${minutes}). Raise it, or use fewer days, trees or features.`;
    return {
      error: toErrorDto(new EngineError('training-failed', message)),
      seconds: maxSecondsPerCell,
    };
  }
  const cause = loss.error instanceof Error ? loss.error.message : String(loss.error);
  const message = `The thread that trained this configuration died, ${tries} times (${cause}). If memory was short, raise queue.worker_memory_mb.`;
  return { error: toErrorDto(new EngineError('training-failed', message, {}, loss.error)), seconds: 0 };
}
