import { runCell } from '../pipeline/cell.ts';
import type { BatchContext } from '../pipeline/context.ts';
import type { CompletedCell, CompletedFold, EvaluatedModelResult, WorkerJob } from '../pipeline/job.ts';
import { evaluateModel } from '../pipeline/reevaluate.ts';
import { encodeFold } from '../validation/fold-blob.ts';
import { runFold } from '../validation/run-fold.ts';

type Done =
  | Omit<CompletedCell, 'seconds'>
  | Omit<EvaluatedModelResult, 'seconds'>
  | Omit<CompletedFold, 'seconds'>;

/** Does whatever a job asks for. Throws as `runCell`, `evaluateModel` and `runFold` do. */
export function runJob(context: BatchContext, job: WorkerJob): Done {
  if ('model' in job) return evaluateModel(context, job);
  if ('scope' in job) {
    const windows = runFold(context, job).map(({ window, ...fold }) => ({ window, bytes: encodeFold(fold) }));
    return { status: 'tested', index: job.index, windows };
  }
  return runCell(context, job);
}
