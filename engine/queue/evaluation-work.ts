import { storedModel } from '../binding/run-context.ts';
import { EngineError, toErrorDto } from '../contract/errors.ts';
import { strategiesOf } from '../inference/strategy-grid.ts';
import type { EvaluationJob, EvaluationResult } from '../pipeline/job.ts';
import type { Champion } from '../selection/champion.ts';
import { judgedBy } from '../selection/judged-by.ts';
import type { Store } from '../store/database.ts';
import { trainedRuns } from '../store/evaluated-runs.ts';
import { finishCell, type QueueRow } from '../store/queues.ts';
import { findRun } from '../store/runs.ts';
import { scoredRun } from '../store/scored-runs.ts';
import { planBatches } from '../workers/batches.ts';
import { startTraining, type Training } from '../workers/training.ts';
import { assertOwned } from './door.ts';
import { commitEvaluation, type EvaluationCell, type Waits } from './evaluation-commit.ts';
import { changeSince, isOutOfDate, stalenessOf } from './evaluation-survey.ts';
import { createInOrder } from './in-order.ts';
import type { DueCell } from './skip-trained.ts';
import { type Course, commitDepsOf, createPassProgress, type Pass, type WorkDeps } from './work.ts';

/** Models evaluated at a time: their files are in memory. */
const AT_A_TIME = 32;

/**
 * What of an evaluation job is left to do: models that are kept, and whose figures are not of today or lack their table. Others are
 * skipped: they were evaluated or deleted since the job was made, or training would give another model today.
 */
export function dueEvaluations(
  { store, config }: Pick<WorkDeps, 'store' | 'config'>,
  queue: QueueRow,
  due: readonly DueCell[],
): EvaluationCell[] {
  const rules = judgedBy(config.evaluation);
  return store.transaction(() => {
    assertOwned(store, queue);
    return due.flatMap(({ index, cell }) => {
      const all = trainedRuns(store, cell.configHash);
      const runs = all.filter((run) => run.training_key === cell.trainingKey);
      const stale = runs.filter((run) => run.artifact_file !== null && isOutOfDate(run, cell, rules));
      if (stale.length > 0) return { index, cell, runs: stale.map(({ id }) => id) };
      const about = (runs.at(-1) ?? all.at(-1))?.id;
      if (about === undefined) return [];
      finishCell(store, queue.id, index, 'skipped', about);
      return [];
    });
  });
}

/** Evaluates models, and makes their figures permanent in the job's order. */
export function startEvaluation(
  deps: WorkDeps,
  queue: QueueRow,
  pending: readonly EvaluationCell[],
  course: Course,
): Pass {
  const { store, artifacts, config } = deps;
  const cells = new Map(pending.map((cell) => [cell.index, cell]));
  const indices = pending.map(({ index }) => index);
  const models = new Map<number, Uint8Array>();
  const waits = createWaits(store, pending, judgedBy(config.evaluation));
  const commitDeps = { ...commitDepsOf(deps), waits };
  const progress = createPassProgress(deps, queue, indices, course);
  let current: Training | undefined;
  let stopped = false;

  const inOrder = createInOrder(indices, (result: EvaluationResult) => {
    const { index } = result;
    const evaluated = cells.get(index)!;
    const outcome = commitEvaluation(commitDeps, queue, evaluated, result, models.get(index));
    models.delete(index);
    current?.committed();
    progress.committed(index, evaluated.cell, outcome, { runs: evaluated.runs });
  });

  /** A model that can't be read fails with the reason; the others go on. */
  function jobOf({ index, cell, runs }: EvaluationCell): EvaluationJob | undefined {
    // By their positions in the context of the configuration, which has its own.
    const strategies = Array.from(strategiesOf(commitDeps.strategies, cell.configuration).keys());
    try {
      const { file, bytes } = storedModel(artifacts, findRun(store, runs[0]!)!, 'evaluated again');
      models.set(index, bytes);
      return { index, configuration: cell.configuration, model: bytes, file, strategies };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      inOrder.add({ status: 'failed', index, error: toErrorDto(error), seconds: 0 });
      return undefined;
    }
  }

  async function evaluate(some: readonly EvaluationCell[]): Promise<void> {
    const jobs = some.flatMap((cell) => jobOf(cell) ?? []);
    const cellAt = (job: EvaluationJob) => cells.get(job.index)!.cell;
    current = startTraining<EvaluationJob>({
      trainer: deps.trainer,
      batches: planBatches(jobs, (job) => cellAt(job).contextKey),
      contextSpec: (batch) => course.contextSpec(cellAt(batch.cells[0]!)),
      maxSecondsPerCell: config.queue.max_minutes_per_model * 60,
      onThread: (thread, job) => progress.onThread(thread, job),
      onResult: inOrder.add,
    });
    await current.done;
  }

  async function evaluateAll(): Promise<void> {
    for (let from = 0; from < pending.length && !stopped; from += AT_A_TIME) {
      await evaluate(pending.slice(from, from + AT_A_TIME));
    }
  }

  return {
    stop() {
      stopped = true;
      current?.stop();
    },
    present: progress.present,
    done: evaluateAll(),
  };
}

/** Which champions are still to be evaluated by the job itself, so that nobody is compared with what they were. */
function createWaits(store: Store, pending: readonly EvaluationCell[], rules: string): Waits {
  const waiting = new Map(pending.flatMap(({ runs, cell }) => runs.map((id) => [id, cell] as const)));

  return {
    reasonOf({ runId, regime }: Champion): string | undefined {
      const cell = waiting.get(runId);
      if (cell === undefined) return undefined;
      const run = findRun(store, runId);
      const staleness = run === undefined ? undefined : stalenessOf(run, cell, rules);
      if (staleness === undefined || !staleness.regimes.has(regime)) return undefined;
      if (!staleness.hasOtherFigures) return 'the rules of selection changed';
      const { basis } = scoredRun(store, runId);
      return changeSince(basis, cell.basis).replace(/ since$/, '');
    },
    turnOf(runId: number): void {
      waiting.delete(runId);
    },
  };
}
