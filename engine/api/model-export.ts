import type { ArtifactFolder } from '../artifacts/folder.ts';
import { assertOwnModel, storedModel } from '../binding/run-context.ts';
import { configurationOf } from '../cells/columns.ts';
import type { Input } from '../contract/api/index.ts';
import type { ModelExportDto, VersionExportDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import {
  FORMATS,
  type FormatSubject,
  formatOfFile,
  formatRefusal,
  formatsOf,
  type ModelFormat,
} from '../contract/model-formats.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import { assertFormat, type ExportedModel, isTreeFormat } from '../interchange/export-model.ts';
import type { Experts } from '../live/experts.ts';
import type { Registry } from '../registry/service.ts';
import type { Store } from '../store/database.ts';
import { requireRun } from '../store/runs.ts';
import { targetOf } from '../targets/catalog.ts';
import type { Analysis } from '../workers/analysis.ts';
import type { ClaimOutput } from './claim-output.ts';
import { exportPath } from './exports.ts';
import { expertDto, writeExpert } from './metatrader.ts';
import { writePair } from './model-pair.ts';
import { modelRun } from './model-run.ts';

export interface ModelExportDeps {
  readonly analysis: Analysis;
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly experts: Experts;
  readonly claimOutput: ClaimOutput;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/**
 * Writes the model of a run in a format that other programs read; in formats of trees, of a run with two models, a folder of files.
 * @throws EngineError as `storedModel`, `ClaimOutput`, `exportModel`, `writePair`; `invalid-input` where nothing says which format is meant
 */
export async function exportRunModel(
  { analysis, store, artifacts, experts, claimOutput, home, now }: ModelExportDeps,
  { run, format: asked, out: named, member, regime, parityBars, overwrite }: Input<'model.export'>,
): Promise<ModelExportDto> {
  const row = requireRun(store, run);
  const { file, bytes } = storedModel(artifacts, row, 'exported');
  const subject = { ...configurationOf(row), member };
  const exits = targetOf(subject.target).exits;
  const format = wishedFormat(asked, named, subject);
  const isPair = format !== undefined && isTreeFormat(format) && member === undefined && exits !== null;
  if (named === undefined && format === undefined) throw unclear(undefined, subject);
  const ending = format === undefined || isPair ? '' : FORMATS[format].ending;
  const out = named ?? exportPath(home, `model_run_${row.id}`, now(), ending);
  // What has no name yet is nobody's.
  const claim = (path: string) => (named === undefined ? path : claimOutput(path, overwrite));
  if (isPair) {
    return writePair(row, await analysis.exportPair({ model: bytes, file, format }), {
      folder: out,
      format,
      claim,
    });
  }
  const target = claim(out);
  if (format === 'metatrader5') {
    assertFormat(format, { configuration: subject, members: [] }, member);
    const bundle = await experts.ofRun(row, regime, parityBars);
    assertOwnModel(row, bundle.modelKey);
    await writeExpert(target, bundle);
    return { ...modelRun(row), ...expertDto(target, bundle) };
  }
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

/**
 * The same of a version, whose model is its own. Of LONG and SHORT models formats of trees take one member.
 * @throws EngineError as `Registry.model`, `ClaimOutput`, `exportModel`; `invalid-input` where nothing says which format is meant
 */
export async function exportVersion(
  {
    analysis,
    experts,
    registry,
    claimOutput,
    home,
    now,
  }: Omit<ModelExportDeps, 'store' | 'artifacts'> & { readonly registry: Registry },
  {
    version: wanted,
    format: asked,
    out,
    member,
    parityBars,
    overwrite,
    ...place
  }: Input<'production.export'>,
): Promise<VersionExportDto> {
  const { version, bytes } = registry.model(place, wanted);
  const { configuration, name } = version;
  const subject = { ...configuration, member };
  const format = wishedFormat(asked, out, subject);
  const claimed = out === undefined ? undefined : claimOutput(out, overwrite);
  if (format === undefined) throw unclear(out, subject);
  const file = `version ${version.version} of ${name}`;
  const base = `model_${name.replaceAll(' ', '_')}_${version.version}`;
  const target = () => claimed ?? exportPath(home, base, now(), FORMATS[format].ending);
  const { modelType, symbol, timeframe, horizon, daysHistory, target: learned } = configuration;
  const of = {
    ...{ modelType, symbol, timeframe, horizon, daysHistory, target: learned },
    name,
    version: version.version,
  };
  if (format === 'metatrader5') {
    assertFormat(format, { configuration: subject, members: [] }, member);
    const bundle = await experts.ofVersion(name, version.version, parityBars);
    const path = target();
    await writeExpert(path, bundle);
    return { ...of, ...expertDto(path, bundle) };
  }
  const exported = await analysis.exportModel({ model: bytes, file, format, member });
  const path = target();
  writeFileAtomic(path, exported.content, USER_MODE);
  return {
    ...of,
    ...described(exported, format, targetOf(learned).exits !== null),
    file: path,
    files: [path],
    member: member ?? null,
  };
}

/** As the option says, else the file's ending; a file of neither gets what models of trees were always written as. */
function wishedFormat(
  asked: ModelFormat | undefined,
  out: string | undefined,
  subject: FormatSubject,
): ModelFormat | undefined {
  if (asked !== undefined || out === undefined) return asked;
  const usual = formatsOf(subject).includes('xgboost-json') ? 'xgboost-json' : undefined;
  return formatOfFile(out, subject) ?? usual;
}

function unclear(out: string | undefined, subject: FormatSubject): EngineError {
  const possible = formatsOf(subject).map((format) => `${format} (${FORMATS[format].ending})`);
  const message =
    possible.length === 0
      ? `The model can't be written in any format: ${formatRefusal('onnx', subject)}.`
      : `${out === undefined ? 'Nothing says' : `The ending of ${out} does not say`} in which format the model is to be written. It can be ${possible.join(', ')}.`;
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
