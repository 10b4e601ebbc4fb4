import { z } from 'zod';
import { EngineError, orList } from '../../contract/errors.ts';
import { DEFAULT_BASE_MODELS, readModelType } from '../../contract/model-type-names.ts';
import { foundText } from '../../contract/problems.ts';
import { logOdds } from '../calibration/calibration.ts';
import { trainingClasses } from '../class-labels.ts';
import type { AnyModelType, FeatureImportance, ModelType, TrainingSet } from '../model.ts';
import { leftOutPredictions } from '../training-metrics.ts';
import { innerSplits } from './inner-splits.ts';
import { decodeStack, encodeStack, StackMember, type StackPart } from './member.ts';
import { classWeights, returnWeights, type StackRows } from './weights.ts';

interface EnsembleParameters {
  /** Names of base model types, joined by +, in the order of the catalog. */
  readonly base_models: string;
  readonly folds: number;
}

/** Suggested where a form asks, and searched; any others of the base types can be written. */
export const USUAL_STACKS: readonly string[] = [
  DEFAULT_BASE_MODELS,
  'ridge+xgboost',
  'ridge+lightgbm',
  'elasticnet+random_forest+lightgbm',
  'random_forest+gradient_boosting+xgboost+lightgbm',
];

/**
 * Stacked models (Wolpert 1992; weights of no less than 0: Breiman, Stacked Regressions, Machine Learning 24, 1996): each member fits
 * every base model with its defaults, and weighs it by what it says, fitted again without them, of blocks of the member's own training
 * rows.
 *
 * @param base what can be stacked
 */
export function ensembleOf(base: readonly AnyModelType[]): ModelType<EnsembleParameters, StackMember> {
  const hyperparameters = z.strictObject({
    base_models: baseModelsSchema(base.map(({ name }) => name)),
    folds: z
      .int()
      .min(2)
      .max(10)
      .default(3)
      .describe('Blocks of the training rows that base models are fitted without, to weigh them.'),
  });
  const typeOf = (name: string) => base.find((type) => type.name === name);
  return {
    name: 'ensemble',
    title: 'Ensemble',
    description:
      'Several model types stacked, each weighed by what it forecast of rows that it had not learned from.',
    hyperparameters,
    fit: (data, { base_models, folds }) =>
      fitStack(
        data,
        base_models.split('+').map((name) => typeOf(name)!),
        folds,
      ),
    importance: (member, features) =>
      importanceOf(member, features.columns.length, (part) =>
        typeOf(part.modelType)!.importance(part.member, features),
      ),
    encode: encodeStack,
    decode: (bytes) =>
      decodeStack(bytes, (name, part) => {
        const type = typeOf(name);
        if (type !== undefined) return type.decode(part);
        throw new EngineError(
          'artifact-damaged',
          `A stored ensemble has a part of type ${foundText(name)}, which can't be stacked. Train the model again.`,
        );
      }),
    updating: {
      kind: 'none',
      reason:
        'its weights come from forecasts of bars that its parts had not learned from, so that all parts have to be trained anew for them',
    },
  };
}

/** `ridge + rf`, in any order and with the short names of other systems, becomes `ridge+random_forest`. */
function baseModelsSchema(names: readonly string[]) {
  const expected = `expected two or more of ${orList(names)}, joined by + (default ${DEFAULT_BASE_MODELS})`;
  return z
    .string({ error: ({ input }) => `${expected}, found ${foundText(input)}` })
    .meta({ examples: USUAL_STACKS.filter((text) => text.split('+').every((name) => names.includes(name))) })
    .transform((text, ctx) => {
      const given = text.split('+').map(readModelType);
      const isKnown = given.every((name) => names.includes(name));
      if (isKnown && given.length > 1 && new Set(given).size === given.length) {
        return names.filter((name) => given.includes(name)).join('+');
      }
      ctx.addIssue({ code: 'custom', message: `${expected}, found ${foundText(text)}` });
      return z.NEVER;
    })
    .prefault(DEFAULT_BASE_MODELS)
    .describe('Model types that are stacked, joined by +.');
}

function fitStack(data: TrainingSet, types: readonly AnyModelType[], folds: number): StackMember {
  const isClasses = data.task === 'classes';
  const center = centerOf(data);
  const weighed = weigh(data, types, folds);
  const moved = weighed.reduce((sum, { weight, deviation }) => sum + weight * deviation, 0);
  const parts = types.flatMap((type, j): StackPart[] => {
    const { weight, deviation } = weighed[j]!;
    if (weight === 0) return [];
    const member = type.fit(data, type.hyperparameters.parse({}));
    return [
      {
        modelType: type.name,
        member,
        bytes: type.encode(member),
        weight,
        share: moved > 0 ? (weight * deviation) / moved : 0,
      },
    ];
  });
  return new StackMember({ task: isClasses ? 'classes' : 'returns', center, parts });
}

/** What one would say of a row without a model; of classes in log odds. @throws EngineError `training-failed` where there is one class only */
function centerOf({ labels, train, task, classWeight }: TrainingSet): number {
  const learned = train.flatMap(({ from, to }) => [...labels.subarray(from, to)]);
  if (task === 'classes') return logOdds(trainingClasses(Float64Array.from(learned), classWeight).baseRate);
  return learned.reduce((sum, label) => sum + label, 0) / learned.length;
}

interface Weighed {
  readonly weight: number;
  /** Root mean square of what it said in the blocks, counted from their centers. */
  readonly deviation: number;
}

/** Where too few rows are left to weigh them, all have the same say. */
function weigh(data: TrainingSet, types: readonly AnyModelType[], folds: number): Weighed[] {
  const rows = forecastRows(data, types, folds);
  if (rows === undefined) return types.map(() => ({ weight: 1 / types.length, deviation: 1 }));
  const weights =
    data.task === 'classes'
      ? classWeights(rows, trainingClasses(rows.labels, data.classWeight).weights)
      : returnWeights(rows);
  return rows.outputs.map((output, j) => ({
    weight: weights[j]!,
    deviation: Math.sqrt(output.reduce((sum, value) => sum + value * value, 0) / output.length),
  }));
}

/** What each type says of the blocks that it is fitted without; undefined where they can't be cut, or one has a single class. */
function forecastRows(
  data: TrainingSet,
  types: readonly AnyModelType[],
  folds: number,
): StackRows | undefined {
  const splits = innerSplits(data.train, folds, data.purge ?? 0);
  const isClasses = data.task === 'classes';
  const sets = splits.map((split): TrainingSet => ({ ...data, ...split }));
  if (sets.length === 0 || (isClasses && !sets.every(hasBothClasses))) return undefined;
  const total = splits.reduce((sum, { leftOut }) => sum + leftOut.to - leftOut.from, 0);
  const outputs = types.map(() => new Float64Array(total));
  const centers = new Float64Array(total);
  const labels = new Float64Array(total);
  let at = 0;
  for (const set of sets) {
    const center = centerOf(set);
    const count = set.leftOut.to - set.leftOut.from;
    // Nothing is watched while these are fitted: the block is what they are judged by.
    const blind = { ...set, leftOut: { from: set.leftOut.to, to: set.leftOut.to } };
    types.forEach((type, j) => {
      const { predictions } = leftOutPredictions(type.fit(blind, type.hyperparameters.parse({})), set);
      for (let i = 0; i < count; i++) {
        outputs[j]![at + i] = (isClasses ? logOdds(predictions[i]!) : predictions[i]!) - center;
      }
    });
    centers.fill(center, at, at + count);
    labels.set(data.labels.subarray(set.leftOut.from, set.leftOut.to), at);
    at += count;
  }
  return { outputs, centers, labels };
}

function hasBothClasses({ labels, train }: TrainingSet): boolean {
  const found = new Set(train.flatMap(({ from, to }) => [...labels.subarray(from, to)]));
  return found.size === 2;
}

/** Of each feature the mean over the parts, by their shares of what moves the forecast. */
function importanceOf(
  { parts }: StackMember,
  features: number,
  ofPart: (part: StackPart) => FeatureImportance,
): FeatureImportance {
  const gain = new Float64Array(features);
  for (const part of parts) {
    ofPart(part).gain.forEach((value, j) => {
      gain[j]! += part.share * value;
    });
  }
  // A part that splits nowhere has no importances, and those of the others count as all.
  const total = gain.reduce((sum, value) => sum + value, 0);
  return { gain: total > 0 ? gain.map((value) => value / total) : gain };
}
