import { type BatchContext, foldContext } from './context.ts';
import { fitMembers } from './fit-members.ts';
import type { CompletedRefit, RefitJob } from './job.ts';
import { modelFileOf } from './model-file.ts';

/**
 * Trains a model on all that its window has, and tests nothing. Pure: the same context and job give the same bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained
 */
export function runRefit(base: BatchContext, job: RefitJob): Omit<CompletedRefit, 'seconds'> {
  const context = foldContext(base, job.evaluation);
  const fit = fitMembers(context, job);
  return {
    status: 'refitted',
    index: job.index,
    trainRows: fit.window.to - fit.window.from,
    artifact: modelFileOf(context, job, fit),
  };
}
