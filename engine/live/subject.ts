import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { VersionFiles } from '../artifacts/version-files.ts';
import type { Basis } from '../binding/basis.ts';
import { storedModel } from '../binding/run-context.ts';
import { configurationOf } from '../cells/columns.ts';
import { describeConfiguration } from '../cells/describe.ts';
import type { Config } from '../config/schema.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { ChampionDto, ModelNameDto, SpeakerDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import { strategyWords } from '../contract/strategy-words.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { NewestBarJob } from '../pipeline/newest-bar.ts';
import { readManifest } from '../registry/manifest.ts';
import { verdictOfVersion } from '../registry/version-verdict.ts';
import { type ListedChampion, listedChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { requireRun } from '../store/runs.ts';
import { modelOfVersion, requireVersion } from '../store/versions.ts';
import { createChampionJudge } from '../validation/champion-judge.ts';
import { readVerdicts, type Verdicts } from '../validation/verdicts.ts';
import { datedChampionDtos } from '../views/champions.ts';
import { basisOf } from '../views/run-detail.ts';

const DAY_MS = 86_400_000;

/** Somebody who is in charge of a place, and what it takes to ask. */
export interface Subject {
  readonly speaker: SpeakerDto;
  readonly configuration: Configuration;
  readonly basis: Basis;
  /** Of the window that it was chosen on, by name. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** What its last gate said, in whole sentences; empty where none was asked. */
  readonly gate: readonly string[];
  /** Equal for the same model file. */
  readonly modelName: string;
  /** @throws EngineError `artifact-damaged`, `conflict` where it was not kept */
  model(): { readonly file: string; readonly bytes: Uint8Array };
}

export interface SubjectDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly versionFiles: VersionFiles;
  readonly config: () => Config;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Those in charge; each is read when it is asked for, and what was validated once for all. */
export interface Subjects {
  /** A version of a name: that in production where none is given, which has to be there. @throws EngineError `artifact-damaged`, `not-found` */
  version(name: ModelNameDto, version?: string): Subject;
  /** The champions of all places, the best of each first. */
  champions(): Promise<readonly ChampionPlace[]>;
}

/** A champion, which is read in full when it is asked for. */
export interface ChampionPlace {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly regime: string;
  /** @throws EngineError `artifact-damaged` */
  subject(): Subject;
}

/** What it is asked with. @throws as `Subject.model` */
export function modelOf(subject: Subject): Pick<NewestBarJob, 'model' | 'file' | 'modelName'> {
  const { file, bytes } = subject.model();
  return { file, model: bytes, modelName: subject.modelName };
}

export function createSubjects(deps: SubjectDeps): Subjects {
  let read: Verdicts | undefined;
  const verdicts = () => {
    read ??= readVerdicts(deps.store);
    return read;
  };
  let champions: Promise<readonly ChampionPlace[]> | undefined;
  return {
    version: (name, version) => versionSubject(deps, verdicts(), name, version),
    champions() {
      champions ??= championSubjects(deps);
      return champions;
    },
  };
}

function versionSubject(
  { store, versionFiles, now }: SubjectDeps,
  verdicts: Verdicts,
  { name, production, since, versions }: ModelNameDto,
  wanted = production!,
): Subject {
  const row = requireVersion(store, name, wanted);
  const dto = versions.find(({ version }) => version === wanted)!;
  const { basis, trained } = readManifest(row);
  const { configuration, strategy } = modelOfVersion(row);
  const judged = verdictOfVersion(verdicts, row);
  return {
    speaker: {
      kind: 'version',
      name,
      version: row.version,
      regime: row.regime,
      runId: dto.run,
      title: dto.title,
      target: configuration.target,
      horizon: configuration.horizon,
      strategy,
      since: wanted === production ? since! : dto.createdAt,
      trainedTo: trained.to,
      ageDays: daysSince(trained.to, now()),
      expiresAt: dto.expiresAt,
      isExpired: dto.isExpired,
      verdict: judged?.verdict ?? null,
      verdictReason: judged?.reason ?? null,
    },
    configuration,
    basis,
    figures: dto.figures,
    gate: dto.gate?.lines.map(({ text }) => text) ?? [],
    modelName: `${name} ${row.version} ${row.sha256}`,
    model: () => ({
      file: `the model of ${name}, version ${row.version}`,
      bytes: versionFiles.read(name, row.version, row.sha256),
    }),
  };
}

async function championSubjects(deps: SubjectDeps): Promise<readonly ChampionPlace[]> {
  const { store, artifacts } = deps;
  // Whether its score is of today is no matter here: its candles are looked at when it is asked.
  const dtos = await datedChampionDtos(store, artifacts, async () => null, createChampionJudge(store));
  return listedChampions(store).map((row, index) => ({
    symbol: row.symbol,
    timeframe: row.timeframe,
    regime: row.regime,
    subject: () => championSubject(deps, row, dtos[index]!),
  }));
}

function championSubject(
  { store, artifacts, now }: SubjectDeps,
  row: ListedChampion,
  dto: ChampionDto,
): Subject {
  const configuration = configurationOf(row);
  const run = requireRun(store, row.uuid);
  const basis =
    row.basis === null
      ? basisOf(run)
      : storedJson<Basis>(row.basis, `the basis of a champion of ${row.regime}`);
  const { strategy } = dto;
  const trainedTo = basisOf(run).windows.training.to;
  return {
    speaker: {
      kind: 'champion',
      name: dto.champion,
      version: null,
      regime: row.regime,
      runId: row.uuid,
      title: `${describeConfiguration(configuration)}; ${strategyWords(strategy)}`,
      target: configuration.target,
      horizon: configuration.horizon,
      strategy,
      since: dto.achievedAt,
      trainedTo,
      ageDays: daysSince(trainedTo, now()),
      expiresAt: null,
      isExpired: false,
      verdict: dto.verdict,
      verdictReason: dto.verdictReason,
    },
    configuration,
    basis,
    figures: {
      sharpe: dto.sharpe,
      sharpe_error: dto.sharpeError,
      max_drawdown: dto.maxDrawdown,
      win_rate: dto.winRate,
      profit_factor: dto.profitFactor,
      trades: dto.trades,
      composite: dto.composite,
      p: dto.p,
    },
    gate: [],
    modelName: `${row.uuid} ${row.artifact_file}`,
    model: () => storedModel(artifacts, run, 'asked what it says now'),
  };
}

const daysSince = (iso: string, now: number) => Math.max(0, Math.floor((now - Date.parse(iso)) / DAY_MS));
