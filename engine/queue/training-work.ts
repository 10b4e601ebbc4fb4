import type { ResolvedCell } from '../binding/resolver.ts';
import type { CellJob, CellResult } from '../pipeline/job.ts';
import type { QueueRow } from '../store/queues.ts';
import { planBatches } from '../workers/batches.ts';
import { startTraining } from '../workers/training.ts';
import { commitResult } from './commit.ts';
import { createInOrder } from './in-order.ts';
import type { DueCell } from './skip-trained.ts';
import { type Course, commitDepsOf, createPassProgress, type Pass, type WorkDeps } from './work.ts';

/** Has cells trained, and makes their results permanent in the queue's order. */
export function startTrainingWork(
  deps: WorkDeps,
  queue: QueueRow,
  pending: readonly DueCell[],
  course: Course,
): Pass {
  const cells = new Map(pending.map(({ index, cell }) => [index, cell]));
  const cellAt = (index: number): ResolvedCell => cells.get(index)!;
  const indices = pending.map(({ index }) => index);
  const commitDeps = commitDepsOf(deps);
  const progress = createPassProgress(deps, queue, indices, course);

  function commit(result: CellResult): void {
    const cell = cellAt(result.index);
    const outcome = commitResult(commitDeps, queue, cell, result);
    training.committed();
    progress.committed(result.index, cell, outcome);
  }

  const training = startTraining({
    trainer: deps.trainer,
    batches: planBatches(pending.map(jobOf), (job) => cellAt(job.index).contextKey),
    contextSpec: (batch) => course.contextSpec(cellAt(batch.cells[0]!.index)),
    maxSecondsPerCell: deps.config.queue.max_minutes_per_model * 60,
    onThread: progress.onThread,
    onResult: createInOrder(indices, commit).add,
  });
  return { ...training, present: progress.present };
}

function jobOf({ index, cell: { configuration, windows, configHash, trainingKey } }: DueCell): CellJob {
  return { index, configuration, training: windows.training, configHash, trainingKey };
}
