import { modelType } from '../models/catalog.ts';
import type { FeatureImportance } from '../models/model.ts';
import { type ChooseContenders, cellContenders } from './cell-contenders.ts';
import type { BatchContext } from './context.ts';
import type { EvaluatedModel } from './evaluated-model.ts';
import { fitMembers, leftOutMetrics } from './fit-members.ts';
import type { CellJob, CellMetrics, CompletedCell } from './job.ts';
import { modelFileOf } from './model-file.ts';
import { isPolicy } from './policy.ts';
import { policyBeside } from './policy-beside.ts';
import { encodeResults } from './results-blob.ts';
import { evaluatedModel } from './target-model.ts';

/**
 * The whole way of one configuration: train its members, measure them on what they left out, backtest every strategy.
 * Pure: the same context and job give the same bytes.
 * @param choose whose figures are told where the context asks for contenders'
 * @throws EngineError `training-failed` when the configuration can't be trained
 */
export function runCell(
  context: BatchContext,
  job: CellJob,
  choose: ChooseContenders = () => [],
): Omit<CompletedCell, 'seconds'> {
  const { configuration } = job;
  const { matrix } = context.features;
  const type = modelType(configuration.modelType);
  const fit = fitMembers(context, job);
  const { fitted, window, scales, calibrations } = fit;
  const members = fitted.map(({ member }) => member);

  const { luck } = context;
  const rules = context.spec.contenders;
  luck?.begin(context.strategies.length);
  const model = evaluatedModel(context, configuration, { members, scales, calibrations });
  const table = context.evaluator.evaluateStrategies(model, context.strategies, luck);
  const artifact = modelFileOf(context, job, fit);
  return {
    status: 'completed',
    index: job.index,
    metrics: isPolicy(model)
      ? besidePolicy(context, model, leftOutMetrics(context, job, fit), fitted[0]!.data.seed)
      : leftOutMetrics(context, job, fit),
    trainRows: window.to - window.from,
    importance: {
      names: matrix.names,
      ...meanImportance(members.map((member) => type.importance(member, matrix))),
    },
    results: table.values,
    encoded: encodeResults(table),
    ...(luck && { luck: luck.take() }),
    ...(rules && { contenders: cellContenders(context, model, choose(table, rules), table) }),
    artifact,
  };
}

/** An agent's figures beside what can be had without it. */
function besidePolicy(
  context: BatchContext,
  model: EvaluatedModel,
  metrics: CellMetrics,
  seed: number,
): CellMetrics {
  return { ...metrics, sides: [{ side: 'both', ...metrics, beside: policyBeside(context, model, seed) }] };
}

function meanImportance(all: readonly FeatureImportance[]): FeatureImportance {
  const mean = (pick: (i: FeatureImportance) => Float64Array | undefined) => {
    const columns = all.map(pick).filter((c) => c !== undefined);
    if (columns.length === 0) return undefined;
    return columns[0]!.map((_, j) => columns.reduce((sum, c) => sum + c[j]!, 0) / columns.length);
  };
  return { gain: mean((i) => i.gain)!, splits: mean((i) => i.splits) };
}
