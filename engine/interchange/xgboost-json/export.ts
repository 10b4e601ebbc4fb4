import { EngineError } from '../../contract/errors.ts';
import { modelType } from '../../models/catalog.ts';
import { decodeModelFile } from '../../models/codec.ts';
import { type Link, TreeEnsemble } from '../../models/trees/ensemble.ts';
import { targetOf } from '../../targets/catalog.ts';
import { exportXgboostJson } from './write.ts';

export interface ExportJob {
  /** The model file, and what messages call it. */
  readonly model: Uint8Array;
  readonly file: string;
  /** From 1; undefined: the mean of all. */
  readonly member: number | undefined;
}

export interface ExportedModel {
  readonly modelKey: string;
  readonly json: string;
  readonly trees: number;
  readonly members: number;
  /** In the order of the columns. */
  readonly features: readonly string[];
  readonly link: Link;
  /** Whether gains and covers are in it. */
  readonly withStatistics: boolean;
}

/**
 * A stored model, or one of its members, in XGBoost's JSON format. All tree models are sums of leaves and can be written
 * so that XGBoost predicts the same.
 * @throws EngineError as `exportXgboostJson`; `invalid-input` for a model without trees, two models at once and a member that there is not;
 * `artifact-damaged` or `artifact-newer` for a model file that can't be read
 */
export function exportModel({ model, file, member }: ExportJob): ExportedModel {
  const { configuration, members, featureNames, modelKey } = decodeModelFile(model, file);
  const type = modelType(configuration.modelType);
  if (member !== undefined && member > members.length) {
    const message = `The model has members 1 to ${members.length}, not ${member}.`;
    throw new EngineError('invalid-input', message, { problems: [{ path: 'member', message }] });
  }
  if (member === undefined && targetOf(configuration.target).exits !== null) {
    const each = members.length / 2;
    const message = `The run has a LONG model, members 1 to ${each}, and a SHORT model, members ${each + 1} to ${members.length}: their mean is neither. Export them one by one.`;
    throw new EngineError('invalid-input', message, { problems: [{ path: 'member', message }] });
  }
  const chosen = member === undefined ? members : [members[member - 1]!];
  const [first, ...others] = chosen
    .map((bytes) => type.decode(bytes))
    .filter((m) => m instanceof TreeEnsemble);
  if (first === undefined) {
    throw noTrees(type.name);
  }
  const { link, training } = first.parts;
  const ensembles = [first, ...others] as const;
  return {
    modelKey,
    json: exportXgboostJson(ensembles, featureNames),
    trees: ensembles.reduce((sum, { parts }) => sum + parts.nodes.roots.length, 0),
    members: members.length,
    features: featureNames,
    link,
    withStatistics: training !== undefined,
  };
}

export function noTrees(modelType: string): EngineError {
  const reason =
    modelType === 'ensemble'
      ? "stacks several models, which XGBoost's format can't hold."
      : "has no trees and can't be written in XGBoost's format.";
  return new EngineError(
    'invalid-input',
    `A model of type ${modelType} ${reason} Models of type xgboost, lightgbm, gradient_boosting and random_forest can be written.`,
  );
}
