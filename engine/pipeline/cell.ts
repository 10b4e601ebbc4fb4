import { createHash } from 'node:crypto';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import { encodeModelFile } from '../models/codec.ts';
import { memberSplits } from '../models/members.ts';
import type { FeatureImportance, Member, RowRange, TrainingSet } from '../models/model.ts';
import { leftOutPredictions, trainingMetrics } from '../models/training-metrics.ts';
import type { BatchContext } from './context.ts';
import type { CellJob, CompletedCell } from './job.ts';
import { encodeResults } from './results-blob.ts';
import { PIPELINE_VERSION } from './version.ts';
import { trainingRows } from './windows.ts';

/**
 * The whole way of one configuration: train its members, measure them on what they left out, backtest every strategy.
 * Pure: the same context and job give the same bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained
 */
export function runCell(context: BatchContext, job: CellJob): Omit<CompletedCell, 'seconds'> {
  const { configuration } = job;
  const { horizon } = configuration;
  const { matrix } = context.features;
  const labels = context.labels(horizon);
  const type = modelType(configuration.modelType);
  const { fitted, window } = fitMembers(context, job);
  const members = fitted.map(({ member }) => member);

  const { luck } = context;
  luck?.begin(context.strategies.length);
  const table = context.evaluator.evaluateStrategies(
    { members, horizon, columns: matrix.columns, labels, rollout: context.rollout },
    context.strategies,
    luck,
  );
  const artifact = encodeModelFile({
    configuration,
    configHash: job.configHash,
    modelKey: job.trainingKey,
    pipelineVersion: PIPELINE_VERSION,
    trainingDataDigest: context.spec.dataDigest,
    featureNames: matrix.names,
    members: members.map((member) => type.encode(member)),
  });
  return {
    status: 'completed',
    index: job.index,
    metrics: trainingMetrics(fitted.map(({ member, data }) => leftOutPredictions(member, data))),
    trainRows: window.to - window.from,
    importance: {
      names: matrix.names,
      ...meanImportance(members.map((member) => type.importance(member, matrix))),
    },
    results: table.values,
    encoded: encodeResults(table),
    ...(luck && { luck: luck.take() }),
    artifact,
  };
}

/** A model's members, and what each of them learned from. */
export interface FittedMembers {
  readonly fitted: readonly { readonly data: TrainingSet; readonly member: Member }[];
  /** The rows that they learned from, each but for its own block. */
  readonly window: RowRange;
}

/** @throws EngineError `training-failed` when the configuration can't be trained */
export function fitMembers(context: BatchContext, job: CellJob): FittedMembers {
  const { settings } = context.spec;
  const { configuration } = job;
  const { horizon } = configuration;
  const type = modelType(configuration.modelType);
  const hyperparameters = parseHyperparameters(type, configuration.hyperparameters);
  const labels = context.labels(horizon);
  const window = trainingRows(context.candles, job.training, horizon);
  const sets = memberSplits(window, settings.members, horizon).map((split, k): TrainingSet => {
    const seed = memberSeed(settings.seed, job, k);
    return { features: context.features.matrix, labels, ...split, seed };
  });
  const members = context.fitAll(type, sets, hyperparameters);
  return { fitted: sets.map((data, k) => ({ data, member: members[k]! })), window };
}

/** Independent of the order and the thread a member is trained in. */
function memberSeed(seed: number, job: CellJob, member: number): number {
  return createHash('sha256').update(`${seed}:${job.configHash}:${member}`).digest().readUInt32LE(0);
}

function meanImportance(all: readonly FeatureImportance[]): FeatureImportance {
  const mean = (pick: (i: FeatureImportance) => Float64Array | undefined) => {
    const columns = all.map(pick).filter((c) => c !== undefined);
    if (columns.length === 0) return undefined;
    return columns[0]!.map((_, j) => columns.reduce((sum, c) => sum + c[j]!, 0) / columns.length);
  };
  return { gain: mean((i) => i.gain)!, splits: mean((i) => i.splits) };
}
