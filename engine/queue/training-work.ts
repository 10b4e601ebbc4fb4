import type { ResolvedCell } from '../binding/resolver.ts';
import type { CellJob, CellResult } from '../pipeline/job.ts';
import type { KeptModels } from '../store/kept-models.ts';
import type { QueueRow } from '../store/queues.ts';
import { planBatches } from '../workers/batches.ts';
import { startTraining } from '../workers/training.ts';
import { commitResults } from './commit.ts';
import { createCommitGroups } from './commit-groups.ts';
import { createInOrder } from './in-order.ts';
import { createKeptCount } from './kept-count.ts';
import type { DueCell } from './skip-trained.ts';
import { type Course, commitDepsOf, createPassProgress, type Pass, type WorkDeps } from './work.ts';

/** Has cells trained, and makes their results permanent in the queue's order; `ready`: those that are trained already. */
export function startTrainingWork(
  deps: WorkDeps,
  queue: QueueRow,
  pending: readonly DueCell[],
  course: Course,
  ready: readonly CellResult[] = [],
): Pass {
  const cells = new Map(pending.map(({ index, cell }) => [index, cell]));
  const cellAt = (index: number): ResolvedCell => cells.get(index)!;
  const indices = pending.map(({ index }) => index);
  const commitDeps = commitDepsOf(deps);
  const progress = createPassProgress(deps, queue, indices, course);

  const keptNow = createKeptCount(deps.store, queue, deps.now);
  let crownedNow = 0;
  function commit(results: readonly CellResult[]): void {
    const trained = results.map((result) => ({ cell: cellAt(result.index), result }));
    const kept: KeptModels[] = [];
    let crowned = queue.crowned + crownedNow;
    const outcomes = commitResults(commitDeps, queue, trained, (outcome) => {
      if (outcome.crowned) crowned++;
      kept.push(keptNow(crowned, outcome));
    });
    crownedNow = crowned - queue.crowned;
    trained.forEach(({ cell, result: { index } }, i) => {
      progress.committed(index, cell, outcomes[i]!, { kept: kept[i] });
    });
  }

  let failure: { readonly error: unknown } | undefined;
  function failed(error: unknown): void {
    failure ??= { error };
    training.stop();
  }
  const groups = createCommitGroups({ commit, failed, now: () => performance.now() });
  function flush(): void {
    try {
      groups.flush();
    } catch (error) {
      failed(error);
    }
  }

  const inOrder = createInOrder(indices, (result: CellResult) => {
    groups.add(result);
    training.committed();
  });
  const training = startTraining({
    trainer: deps.trainer,
    batches: planBatches(
      pending.filter(({ index }) => !ready.some((result) => result.index === index)).map(jobOf),
      (job) => cellAt(job.index).contextKey,
    ),
    contextSpec: (batch) => course.contextSpec(cellAt(batch.cells[0]!.index)),
    maxSecondsPerCell: deps.config.queue.max_minutes_per_model * 60,
    onThread: progress.onThread,
    onResult: inOrder.add,
  });
  try {
    for (const result of ready) inOrder.add(result);
  } catch (error) {
    failed(error);
  }

  async function finished(): Promise<void> {
    try {
      await training.done;
    } finally {
      flush();
    }
    if (failure !== undefined) throw failure.error;
  }
  return {
    stop() {
      training.stop();
      flush();
    },
    present: progress.present,
    done: finished(),
  };
}

function jobOf({ index, cell: { configuration, windows, configHash, trainingKey } }: DueCell): CellJob {
  return { index, configuration, training: windows.training, configHash, trainingKey };
}
