import type { ArtifactFolder } from '../artifacts/folder.ts';
import { assertOwnModel, storedModel } from '../binding/run-context.ts';
import { configurationOf } from '../cells/columns.ts';
import type { Input } from '../contract/api/index.ts';
import type { ModelExportDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import {
  FORMATS,
  type FormatSubject,
  formatOfFile,
  formatsOf,
  type ModelFormat,
} from '../contract/model-formats.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import { type ExportedModel, isTreeFormat } from '../interchange/export-model.ts';
import type { Store } from '../store/database.ts';
import { requireRun } from '../store/runs.ts';
import { targetOf } from '../targets/catalog.ts';
import type { Analysis } from '../workers/analysis.ts';
import type { ClaimOutput } from './claim-output.ts';
import { writePair } from './model-pair.ts';
import { modelRun } from './model-run.ts';

export interface ModelExportDeps {
  readonly analysis: Analysis;
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly claimOutput: ClaimOutput;
}

/**
 * Writes the model of a run in a format that other programs read; in formats of trees, of a run with two models, a folder of files.
 * @throws EngineError as `storedModel`, `ClaimOutput`, `exportModel`, `writePair`; `invalid-input` where nothing says which format is meant
 */
export async function exportRunModel(
  { analysis, store, artifacts, claimOutput }: ModelExportDeps,
  { run, format: asked, out, member, overwrite }: Input<'model.export'>,
): Promise<ModelExportDto> {
  const row = requireRun(store, run);
  const { file, bytes } = storedModel(artifacts, row, 'exported');
  const subject = { ...configurationOf(row), member };
  const exits = targetOf(subject.target).exits;
  const format = asked ?? formatOfFile(out, subject) ?? usualFormat(subject);
  if (format !== undefined && isTreeFormat(format) && member === undefined && exits !== null) {
    return writePair(row, await analysis.exportPair({ model: bytes, file, format }), {
      folder: out,
      format,
      claim: (path) => claimOutput(path, overwrite),
    });
  }
  const target = claimOutput(out, overwrite);
  if (format === undefined) throw unclear(out, subject);
  const exported = await analysis.exportModel({ model: bytes, file, format, member });
  assertOwnModel(row, exported.modelKey);
  writeFileAtomic(target, exported.content, USER_MODE);
  return {
    ...modelRun(row),
    ...described(exported, format, exits !== null),
    file: target,
    files: [target],
    member: member ?? null,
  };
}

/** Where neither option nor ending says it: models of trees were always written so. */
function usualFormat(subject: FormatSubject): ModelFormat | undefined {
  return formatsOf(subject).includes('xgboost-json') ? 'xgboost-json' : undefined;
}

function unclear(out: string, subject: FormatSubject): EngineError {
  const possible = formatsOf(subject).map((format) => `${format} (${FORMATS[format].ending})`);
  const message =
    possible.length === 0
      ? `A model of type ${subject.modelType} can't be written in any format.`
      : `The ending of ${out} does not say in which format the model is to be written. It can be ${possible.join(', ')}.`;
  return new EngineError('invalid-input', message, { problems: [{ path: 'format', message }] });
}

function described(
  { members, trees, features, link, withStatistics, outputs }: ExportedModel,
  format: ModelFormat,
  isOfTrades: boolean,
) {
  const isProbability = link !== undefined && link.kind !== 'identity';
  return {
    format,
    members,
    trees,
    features,
    predicts: isProbability
      ? ('probability' as const)
      : isOfTrades
        ? ('outcome' as const)
        : ('return' as const),
    meanAbsoluteReturn: link?.kind === 'logistic' ? link.scale : null,
    withStatistics: withStatistics ?? null,
    outputs,
  };
}
