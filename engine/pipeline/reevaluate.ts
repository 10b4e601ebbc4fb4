import { EngineError } from '../contract/errors.ts';
import { decodeModelFile } from '../models/codec.ts';
import { type ChooseContenders, cellContenders } from './cell-contenders.ts';
import type { BatchContext } from './context.ts';
import type { EvaluatedModelResult, EvaluationJob } from './job.ts';
import { storedModelIn } from './target-model.ts';

/**
 * Follows some strategies of a model that was trained before through the windows of a context: a forward pass, to the same
 * bits as if the model had just been trained for it.
 *
 * @param choose as of `runCell`, where the job does not say whose figures are asked for
 * @throws EngineError `artifact-damaged` or `artifact-newer` for a model file that can't be read, `training-failed` for one
 * that forecasts from other features than the context has
 */
export function evaluateModel(
  context: BatchContext,
  job: EvaluationJob,
  choose: ChooseContenders = () => [],
): Omit<EvaluatedModelResult, 'seconds'> {
  const file = decodeModelFile(job.model, job.file);
  const { featureNames, modelKey } = file;
  const { matrix } = context.features;
  if (featureNames.join() !== matrix.names.join()) {
    throw new EngineError(
      'training-failed',
      `${job.file} forecasts from other features than its configuration has today. Train the configuration again.`,
    );
  }
  const { luck } = context;
  const rules = context.spec.contenders;
  luck?.begin(job.strategies.length);
  const model = storedModelIn(context, file);
  const table = context.evaluator.evaluateStrategies(
    model,
    job.strategies.map((index) => context.strategies[index]!),
    luck,
  );
  return {
    status: 'evaluated',
    index: job.index,
    modelKey,
    results: table.values,
    ...(luck && { luck: luck.take() }),
    ...(rules && {
      contenders:
        job.contending === undefined
          ? cellContenders(context, model, choose(table, rules), table)
          : cellContenders(context, model, job.contending),
    }),
  };
}
