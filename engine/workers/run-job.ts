import { runCell } from '../pipeline/cell.ts';
import type { BatchContext } from '../pipeline/context.ts';
import { EVALUATION_WINDOWS } from '../pipeline/evaluation-span.ts';
import { tableOf } from '../pipeline/evaluation-table.ts';
import type {
  CompletedCell,
  CompletedFold,
  CompletedRefit,
  ContextSpec,
  EvaluatedModelResult,
  LoadedContext,
  TriedTrial,
  WorkerJob,
} from '../pipeline/job.ts';
import { evaluateModel } from '../pipeline/reevaluate.ts';
import { runRefit } from '../pipeline/refit.ts';
import { viewedContext } from '../pipeline/view.ts';
import { runTrial } from '../search/run-trial.ts';
import { eligibleContenders } from '../selection/contending.ts';
import { decidedStrategies } from '../selection/decided-strategies.ts';
import { encodeFold } from '../validation/fold-blob.ts';
import { encodeProcedure } from '../validation/procedure-blob.ts';
import { runFold } from '../validation/run-fold.ts';
import { runProcedure } from '../validation/run-procedure.ts';

type Done =
  | Omit<CompletedCell, 'seconds'>
  | Omit<EvaluatedModelResult, 'seconds'>
  | Omit<CompletedFold, 'seconds'>
  | Omit<CompletedRefit, 'seconds'>
  | Omit<TriedTrial, 'seconds'>;

/**
 * Does whatever a job asks for. Throws as `runCell`, `evaluateModel`, `runFold`, `runRefit` and `runProcedure` do.
 *
 * @param loaded what the job was given with
 * @param contextOf makes the context of that, or of a part of it
 */
export function runJob(
  loaded: LoadedContext,
  contextOf: (part: LoadedContext) => BatchContext,
  job: WorkerJob,
): Done {
  if ('groups' in job) {
    const within = (spec: ContextSpec) => contextOf(viewedContext(loaded, spec));
    const bytes = encodeProcedure(runProcedure(within, job));
    return { status: 'tested', index: job.index, windows: [{ window: job.test, bytes }] };
  }
  const context = contextOf(loaded);
  if ('model' in job) return evaluateModel(context, job, eligibleContenders);
  if ('refit' in job) return runRefit(context, job);
  if ('scope' in job) {
    const windows = runFold(context, job).map(({ window, ...fold }) => ({ window, bytes: encodeFold(fold) }));
    return { status: 'tested', index: job.index, windows };
  }
  if ('reference' in job) return runTrial(context, job);
  return decidedCell(context, runCell(context, job, eligibleContenders));
}

/** Whoever commits it decides by a few strategies' figures, and keeps the rest as it is encoded: a tenth of the numbers has to get there. */
function decidedCell(
  { spec, strategies, evaluator }: BatchContext,
  cell: Omit<CompletedCell, 'seconds'>,
): Omit<CompletedCell, 'seconds'> {
  if (spec.decided === undefined) return cell;
  const { results: values, luck } = cell;
  const whole = {
    strategies,
    windows: EVALUATION_WINDOWS,
    regimeNames: evaluator.testedRegimes,
    values,
    luck,
  };
  const table = tableOf(whole, decidedStrategies(whole, spec.decided));
  return { ...cell, results: table.values, of: table.of, ...(table.luck && { luck: table.luck }) };
}
