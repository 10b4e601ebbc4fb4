import { runCell } from './cell.ts';
import type { BatchContext } from './context.ts';
import type { CompletedCell, EvaluatedModelResult, WorkerJob } from './job.ts';
import { evaluateModel } from './reevaluate.ts';

/** Does whatever a job asks for. Throws as `runCell` and `evaluateModel` do. */
export function runJob(
  context: BatchContext,
  job: WorkerJob,
): Omit<CompletedCell, 'seconds'> | Omit<EvaluatedModelResult, 'seconds'> {
  return 'model' in job ? evaluateModel(context, job) : runCell(context, job);
}
