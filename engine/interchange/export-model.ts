import { EngineError } from '../contract/errors.ts';
import { FORMATS, formatRefusal, formatsOf, type ModelFormat } from '../contract/model-formats.ts';
import { modelType } from '../models/catalog.ts';
import { decodeModelFile, type ModelFile } from '../models/codec.ts';
import type { Member } from '../models/model.ts';
import type { Link, TreeEnsemble } from '../models/trees/ensemble.ts';
import { targetOf } from '../targets/catalog.ts';
import { coefficientsCsv, coefficientsJson } from './coefficients/write.ts';
import { exportLightgbmText } from './lightgbm-text/write.ts';
import { exportOnnx, type OnnxOutput } from './onnx/write.ts';
import { asTrees } from './trees/as-trees.ts';
import { exportXgboostJson } from './xgboost-json/write.ts';

export interface ExportJob {
  /** The model file, and what messages call it. */
  readonly model: Uint8Array;
  readonly file: string;
  readonly format: ModelFormat;
  /** From 1; undefined: the mean of all. */
  readonly member: number | undefined;
}

export interface ExportedModel {
  readonly modelKey: string;
  readonly content: string | Uint8Array;
  /** In the file; 0 where it has none. */
  readonly trees: number;
  readonly members: number;
  /** In the order of the columns. */
  readonly features: readonly string[];
  /** Of formats of trees: what makes a prediction of their sum. */
  readonly link: Link | undefined;
  /** Whether gains and covers are in it; undefined in formats that have none. */
  readonly withStatistics: boolean | undefined;
  /** What leaves an ONNX graph; empty elsewhere. */
  readonly outputs: readonly OnnxOutput[];
}

/**
 * A stored model, or one of its members, in a format that other programs read.
 * @throws EngineError `invalid-input` for a format that there is not of it, two models where the format holds one, and a member that there is
 * not; `artifact-damaged` or `artifact-newer` for a model file that can't be read
 */
export function exportModel({ model, file, format, member }: ExportJob): ExportedModel {
  const stored = decodeModelFile(model, file);
  const { configuration, featureNames, modelKey } = stored;
  assertMember(stored, member);
  assertFormat(format, stored, member);
  const type = modelType(configuration.modelType);
  const members = stored.members.map((bytes): Member => type.decode(bytes));
  const common = {
    modelKey,
    members: members.length,
    features: featureNames,
    trees: 0,
    link: undefined,
    withStatistics: undefined,
    outputs: [],
  };
  if (format === 'csv') return { ...common, content: coefficientsCsv(stored, members, member) };
  if (format === 'json') return { ...common, content: coefficientsJson(stored, members, member) };
  if (format === 'metatrader5') {
    throw new EngineError(
      'internal',
      'Expected a model alone: a bundle for MetaTrader 5 holds its strategy, too.',
    );
  }
  if (format === 'onnx') {
    const { bytes, outputs } = exportOnnx(stored, member);
    return { ...common, content: bytes, outputs };
  }
  const chosen = member === undefined ? members : [members[member - 1]!];
  const ensembles = chosen.map((one) => asTrees(one, featureNames.length)) as [
    TreeEnsemble,
    ...TreeEnsemble[],
  ];
  return {
    ...common,
    content: TREE_WRITERS[format](ensembles, featureNames),
    trees: treesOf(ensembles),
    link: ensembles[0].parts.link,
    withStatistics: format === 'xgboost-json' ? ensembles[0].parts.training !== undefined : undefined,
  };
}

/** Formats that hold one sum of leaves. */
export const TREE_WRITERS = {
  'xgboost-json': exportXgboostJson,
  'lightgbm-text': exportLightgbmText,
} as const;

export type TreeFormat = keyof typeof TREE_WRITERS;

export function isTreeFormat(format: ModelFormat): format is TreeFormat {
  return format in TREE_WRITERS;
}

export function treesOf(ensembles: readonly TreeEnsemble[]): number {
  return ensembles.reduce((sum, { parts }) => sum + parts.nodes.roots.length, 0);
}

function assertMember({ members }: ModelFile, member: number | undefined): void {
  if (member === undefined || member <= members.length) return;
  const message = `The model has members 1 to ${members.length}, not ${member}.`;
  throw new EngineError('invalid-input', message, { problems: [{ path: 'member', message }] });
}

/** @throws EngineError `invalid-input` with the reason and what there is instead */
export function assertFormat(
  format: ModelFormat,
  { configuration, members }: Pick<ModelFile, 'configuration' | 'members'>,
  member: number | undefined,
): void {
  const subject = { ...configuration, member };
  const refusal = formatRefusal(format, subject);
  if (refusal !== null) {
    const possible = formatsOf(subject).map((name) => `${name} (${FORMATS[name].title})`);
    const instead =
      possible.length === 0 ? 'No format can hold it.' : `It can be written as ${possible.join(', ')}.`;
    const message = `The model can't be written as ${format}: ${refusal}. ${instead}`;
    throw new EngineError('invalid-input', message, { problems: [{ path: 'format', message }] });
  }
  if (isTreeFormat(format) && member === undefined && targetOf(configuration.target).exits !== null) {
    const each = members.length / 2;
    const message = `The run has a LONG model, members 1 to ${each}, and a SHORT model, members ${each + 1} to ${members.length}: their mean is neither. Export them one by one.`;
    throw new EngineError('invalid-input', message, { problems: [{ path: 'member', message }] });
  }
}
