import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import { MODELS, modelFileName, openVersionFiles } from '../artifacts/version-files.ts';
import { readCheckpoint } from '../checkpoint/checkpoint.ts';
import { isCheckpointName } from '../checkpoint/folder.ts';
import type { VerifiedKind, VerifyDto, VerifyProblemDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { listFolder } from '../files/folder-listing.ts';
import { namedFile } from '../files/named-file.ts';
import { readCandleFile } from '../market/series/candle-file.ts';
import { decodeModelFile } from '../models/codec.ts';
import type { Store } from '../store/database.ts';
import { databaseProblems } from '../store/health.ts';
import { damagedLogNote } from '../store/log-mending.ts';
import { refitFiles } from '../store/refits.ts';
import { keptModelNames, runUuid } from '../store/runs.ts';
import { storedCandleFiles } from '../store/series.ts';
import type { Damage } from '../store/soundness.ts';
import { versionNames } from '../store/versions.ts';
import { verifyBackup } from './verify.ts';

export interface VerifyDeps {
  readonly workspace: string;
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly candleFolder: string;
  readonly checkpointFolder: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** Called between two pieces; may give others their turn, and throw to end it. */
  readonly pause: () => Promise<void>;
}

/** Something whole that holds a copy, the newest first. */
interface Source {
  readonly path: string;
  readonly createdAt: number;
  /** Whether it holds the run of this UUID; the file of this name. */
  readonly hasRun: (uuid: string) => boolean;
  readonly hasFile: (name: string) => boolean;
  /** Whether it holds rows of another kind: those of a job, a configuration. */
  readonly hasRows: (damage: Damage) => boolean;
  readonly command: string;
}

/**
 * Reads every byte that a workspace is made of and compares it with its checksum: database, candles, models, checkpoints, and
 * the backups that lie in the workspace or in its folder `backups`, or the one that is given. Changes nothing. What is wrong is named, with the newest whole checkpoint or backup that holds it.
 */
export async function verifyWorkspace(deps: VerifyDeps, given?: string): Promise<VerifyDto> {
  const { store, artifacts, candleFolder, checkpointFolder, workspace, pause } = deps;
  const problems: VerifyProblemDto[] = [];
  const counts: Record<VerifiedKind, number> = {
    database: 1,
    candles: 0,
    models: 0,
    checkpoints: 0,
    backups: 0,
  };
  const sources: Source[] = [];

  /** `isMeant`: whether the file is still one of the workspace; training deletes models meanwhile, and old checkpoints go. */
  async function check(
    kind: VerifiedKind,
    path: string,
    look: () => unknown,
    isMeant: () => boolean,
  ): Promise<void> {
    await pause();
    try {
      await look();
    } catch (error) {
      if (!isMeant()) return;
      problems.push({ kind, path, message: messageOf(error), from: null });
    }
    counts[kind]++;
  }

  for (const { name } of listFolder(checkpointFolder).filter((entry) => isCheckpointName(entry.name))) {
    const path = join(checkpointFolder, name);
    const look = async () => sources.push(await checkpointSource(path, pause));
    await check('checkpoints', path, look, () => existsSync(path));
  }
  for (const path of backupsOf(workspace, given)) {
    const look = async () => {
      const { createdAt, names } = await verifyBackup(path);
      const isLater = (uuid: string) =>
        createdAt >= (runUuid(store, uuid)?.created_at ?? Number.POSITIVE_INFINITY);
      const hasFile = (name: string) => names.has(name);
      const hasRows = () => hasFile('regimen.db');
      sources.push({
        path,
        createdAt,
        hasRun: isLater,
        hasFile,
        hasRows,
        command: `regimen restore ${path}`,
      });
    };
    await check('backups', path, look, () => path === given || existsSync(path));
  }
  sources.sort((a, b) => b.createdAt - a.createdAt);
  const from = (has: (source: Source) => boolean) => sources.find(has)?.command ?? null;

  const { damagedLog } = store;
  if (damagedLog !== undefined && damagedLog.keptAs === undefined) {
    // Opening the workspace to change it puts the log right; what is lost even so is brought back from checkpoints.
    const advice = 'regimen recovery restore';
    problems.push({
      kind: 'database',
      path: damagedLog.path,
      message: damagedLogNote(damagedLog),
      from: advice,
    });
  }
  for (const { message, run, damage } of await databaseProblems(store, pause)) {
    const uuid = run === null ? undefined : runUuid(store, run)?.uuid;
    const has = (source: Source) => {
      if (uuid !== undefined) return source.hasRun(uuid);
      return damage === null ? source.hasFile('regimen.db') : source.hasRows(damage);
    };
    problems.push({ kind: 'database', path: store.file, message, from: from(has) });
  }
  for (const { file, digest } of storedCandleFiles(store)) {
    await check(
      'candles',
      join(candleFolder, file),
      () => readCandleFile(namedFile(candleFolder, file), digest),
      () => storedCandleFiles(store).some((stored) => stored.file === file),
    );
  }
  const modelNames = () => [...keptModelNames(store), ...refitFiles(store)];
  for (const file of modelNames()) {
    await check(
      'models',
      join(artifacts.path, file),
      () => decodeModelFile(artifacts.read(file), file),
      () => modelNames().includes(file),
    );
  }
  const versions = openVersionFiles(join(workspace, MODELS));
  for (const { name, version, sha256 } of versionNames(store)) {
    const path = join(versions.path, name, modelFileName(version));
    await check(
      'models',
      path,
      () => decodeModelFile(versions.read(name, version, sha256), path),
      () => true,
    );
  }
  return {
    at: new Date(deps.now()).toISOString(),
    counts,
    problems: problems.map((problem) => {
      if (problem.kind === 'checkpoints' || problem.kind === 'backups') return withRemedy(problem, problems);
      const name = problem.path.split(/[\\/]/).at(-1)!;
      const isFile = problem.kind === 'candles' || problem.kind === 'models';
      return isFile ? { ...problem, from: from((source) => source.hasFile(name)) } : problem;
    }),
  };
}

/** What to do about a damaged copy: where all that it is a copy of is whole, it is made anew, or not needed. */
function withRemedy(problem: VerifyProblemDto, problems: readonly VerifyProblemDto[]): VerifyProblemDto {
  const isWhole = problems.every(({ kind }) => kind === 'checkpoints' || kind === 'backups');
  if (!isWhole) return problem;
  if (problem.kind === 'backups') return { ...problem, from: `regimen backup ${problem.path} --overwrite` };
  return { ...problem, message: `${problem.message} It can be deleted: the database is whole.` };
}

/** @throws what is neither Regimen's nor the file system's word on a file */
function messageOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!(error instanceof EngineError) && code === undefined) throw error;
  return code === 'ENOENT' ? 'The file is missing.' : message;
}

async function checkpointSource(path: string, pause: VerifyDeps['pause']): Promise<Source> {
  const checkpoint = await readCheckpoint(path);
  const uuids = new Set<string>();
  for (const { uuid } of checkpoint.runIdentities()) {
    uuids.add(uuid);
    await pause();
  }
  const models = new Set([...checkpoint.models()].map(({ file }) => file));
  const configurations = new Set<string>();
  for (const { config_hash } of checkpoint.configurations()) {
    configurations.add(config_hash);
    await pause();
  }
  const queueId = checkpoint.header.queue.id;
  return {
    path,
    hasRows: ({ kind, owner }) =>
      kind === 'configurations'
        ? configurations.has(String(owner))
        : (kind === 'queues' || kind === 'cells') && owner === queueId,
    createdAt: Date.parse(checkpoint.header.created_at),
    hasRun: (uuid) => uuids.has(uuid),
    hasFile: (name) => models.has(name),
    command: `regimen queue resume --checkpoint ${path}`,
  };
}

function backupsOf(workspace: string, given: string | undefined): string[] {
  const found = [workspace, join(workspace, 'backups')].flatMap((folder) =>
    listFolder(folder)
      .filter((entry) => entry.isFile && /\.zip$/i.test(entry.name))
      .map((entry) => join(folder, entry.name)),
  );
  return [...new Set(given === undefined ? found : [...found, given])];
}
