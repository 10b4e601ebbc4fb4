import { createHash } from 'node:crypto';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import { encodeModelFile } from '../models/codec.ts';
import { memberSplits } from '../models/members.ts';
import type { FeatureImportance, Member, RowRange, TrainingSet } from '../models/model.ts';
import type { Scale } from '../models/scaled-member.ts';
import { leftOutPredictions, type TrainingMetrics, trainingMetrics } from '../models/training-metrics.ts';
import type { Side } from '../targets/target.ts';
import type { BatchContext } from './context.ts';
import type { CellJob, CompletedCell } from './job.ts';
import { encodeResults } from './results-blob.ts';
import { evaluatedModel } from './target-model.ts';
import { PIPELINE_VERSION } from './version.ts';
import { trainingRows } from './windows.ts';

/**
 * The whole way of one configuration: train its members, measure them on what they left out, backtest every strategy.
 * Pure: the same context and job give the same bytes.
 * @throws EngineError `training-failed` when the configuration can't be trained
 */
export function runCell(context: BatchContext, job: CellJob): Omit<CompletedCell, 'seconds'> {
  const { configuration } = job;
  const { matrix } = context.features;
  const type = modelType(configuration.modelType);
  const fit = fitMembers(context, job);
  const { fitted, window, scales } = fit;
  const members = fitted.map(({ member }) => member);

  const { luck } = context;
  luck?.begin(context.strategies.length);
  const table = context.evaluator.evaluateStrategies(
    evaluatedModel(context, configuration, { members, scales }),
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
    ...(scales && { scales }),
  });
  return {
    status: 'completed',
    index: job.index,
    metrics: leftOutMetrics(fit),
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
  /** Of a target with two models those of the first, then as many of the second. */
  readonly fitted: readonly { readonly data: TrainingSet; readonly member: Member }[];
  /** By the position of a member in `fitted`, where its output is no return; see `Scale`. */
  readonly scales?: readonly Scale[];
  readonly sides: readonly Side[];
  /** The rows that they learned from, each but for its own block. */
  readonly window: RowRange;
}

/** @throws EngineError `training-failed` when the configuration can't be trained */
export function fitMembers(context: BatchContext, job: CellJob): FittedMembers {
  const { settings } = context.spec;
  const { configuration } = job;
  const { horizon, target } = configuration;
  const type = modelType(configuration.modelType);
  const hyperparameters = parseHyperparameters(type, configuration.hyperparameters);
  const window = trainingRows(context.candles, job.training, horizon);
  const { sides } = context.target(target, horizon);
  const fitted = sides.flatMap(({ labels }, s) => {
    const sets = memberSplits(window, settings.members, horizon).map((split, k): TrainingSet => {
      const seed = memberSeed(settings.seed, job, s * settings.members + k);
      return { features: context.features.matrix, labels, ...split, seed };
    });
    const members = context.fitAll(type, sets, hyperparameters);
    return sets.map((data, k) => ({ data, member: members[k]! }));
  });
  return { fitted, sides: sides.map(({ side }) => side), window };
}

/** Of one model its own; of two the means of both, and each of them. */
function leftOutMetrics({ fitted, sides }: FittedMembers): CompletedCell['metrics'] {
  const each = fitted.length / sides.length;
  const all = sides.map((_, s) =>
    trainingMetrics(
      fitted.slice(s * each, (s + 1) * each).map(({ member, data }) => leftOutPredictions(member, data)),
    ),
  );
  const [first, second] = all;
  if (second === undefined) return first!;
  const mean = (name: keyof TrainingMetrics) => (first![name] + second[name]) / 2;
  return {
    rmse: mean('rmse'),
    mae: mean('mae'),
    r2: mean('r2'),
    rankIc: mean('rankIc'),
    bySide: { long: first!, short: second },
  };
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
