import { EngineError } from '../contract/errors.ts';
import { modelType } from '../models/catalog.ts';
import { decodeModelFile } from '../models/codec.ts';
import type { TreeEnsemble } from '../models/trees/ensemble.ts';
import { targetOf } from '../targets/catalog.ts';
import { assertFormat, TREE_WRITERS, type TreeFormat, treesOf } from './export-model.ts';
import { asTrees } from './trees/as-trees.ts';

export interface PairJob {
  /** The model file, and what messages call it. */
  readonly model: Uint8Array;
  readonly file: string;
  readonly format: TreeFormat;
}

/** A file of one of the two models. */
export interface PairFile {
  readonly side: 'long' | 'short';
  /** The member that it holds, of its side and from 1; null: the mean of all. */
  readonly member: number | null;
  readonly content: string;
  readonly trees: number;
  /** (offset + slope m) times the unit is the expected log return of an output m. */
  readonly scale: { readonly offset: number; readonly slope: number };
  /** Of probabilities: made so before they are scaled. */
  readonly calibration: unknown;
}

export interface ExportedPair {
  readonly modelKey: string;
  readonly features: readonly string[];
  readonly predicts: 'outcome' | 'probability';
  readonly members: number;
  readonly withStatistics: boolean;
  readonly files: readonly PairFile[];
}

/**
 * The LONG and the SHORT model of a run in a format of trees: of numbers the mean of each side's members; of probabilities, whose mean is no
 * such model, each member alone.
 * @throws EngineError `invalid-input` for a model without trees or of one side; as `decodeModelFile`
 */
export function exportPair({ model, file, format }: PairJob): ExportedPair {
  const stored = decodeModelFile(model, file);
  const { configuration, members, featureNames, modelKey, scales, calibrations } = stored;
  const type = modelType(configuration.modelType);
  const { exits, type: target } = targetOf(configuration.target);
  if (exits === null) throw new EngineError('invalid-input', 'Expected a run with a LONG and a SHORT model.');
  assertFormat(format, stored, 1);
  const ensembles = members.map((bytes) => asTrees(type.decode(bytes), featureNames.length));
  const each = ensembles.length / 2;
  const ofSide = (side: 'long' | 'short', s: number): PairFile[] => {
    const own = Array.from({ length: each }, (_, k) => s * each + k);
    const groups = target.task === 'classes' ? own.map((m) => [m]) : [own];
    return groups.map((group, k): PairFile => {
      const chosen = group.map((m) => ensembles[m]!) as [TreeEnsemble, ...TreeEnsemble[]];
      return {
        side,
        member: groups.length > 1 ? k + 1 : null,
        content: TREE_WRITERS[format](chosen, featureNames),
        trees: treesOf(chosen),
        scale: scales?.[group[0]!] ?? { offset: 0, slope: 1 },
        calibration: calibrations?.[group[0]!] ?? null,
      };
    });
  };
  return {
    modelKey,
    features: featureNames,
    predicts: target.task === 'classes' ? 'probability' : 'outcome',
    members: each,
    withStatistics: format === 'xgboost-json' && ensembles[0]!.parts.training !== undefined,
    files: [...ofSide('long', 0), ...ofSide('short', 1)],
  };
}
