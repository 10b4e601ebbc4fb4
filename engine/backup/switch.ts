import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { ARTIFACTS, artifactFolderOf } from '../artifacts/place.ts';
import { MODELS } from '../artifacts/version-files.ts';
import { readWorkspaceConfig } from '../config/files.ts';
import { EngineError } from '../contract/errors.ts';
import { makePrivateFolder, temporaryWriter, writeFileAtomic } from '../files/atomic-write.ts';
import { fileStamp } from '../files/file-stamp.ts';
import { isRunning } from '../files/processes.ts';
import { CANDLES, CONFIG, DATABASE, VERIFIED } from './manifest.ts';

/** Where a backup is unpacked, in the workspace. */
export const STAGING = '.restore';
const JOURNAL = 'journal.json';
/** Says in the staging folder which process unpacks into it. */
const UNPACKER = 'unpacker.json';
const unpackerSchema = z.object({ pid: z.int().positive(), host: z.string() });

const REPLACED = /^replaced-\w+$/;

const within = z.string().refine((path) => !isAbsolute(path) && !path.split(/[/\\]/).includes('..'));

/**
 * What a switch-over has still to do; each step may be done again. Without it, what is in the staging folder is no more
 * than an unpacking that did not end.
 */
const journalSchema = z.strictObject({
  /** `aside`: old content is on its way out. `in`: it is out, and the new one on its way in. */
  phase: z.enum(['aside', 'in']),
  /** Folder in the workspace that takes the old content. */
  replaced: z.string().regex(REPLACED),
  aside: z.array(within).readonly(),
  in: z.array(z.tuple([within, within])).readonly(),
});

type Journal = Readonly<z.output<typeof journalSchema>>;

/**
 * Puts what is unpacked in the place of what is there. @throws EngineError `workspace-busy` while any process has the
 * workspace's database open; nothing is changed then
 */
export function switchOver(workspace: string, now: number): void {
  const staging = join(workspace, STAGING);
  try {
    assertNotInUse(workspace);
    const oldModels = modelFolder(workspace);
    const newModels = modelFolder(staging);
    if (isAbsolute(newModels)) throw outside(newModels);
    const journal: Journal = {
      phase: 'aside',
      replaced: freeName(workspace, `replaced-${fileStamp(now)}`),
      aside: [
        ...new Set([DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`, CONFIG, CANDLES, VERIFIED, newModels]),
        // Models outside the workspace stay where they are.
        ...(isAbsolute(oldModels) || oldModels === newModels ? [] : [oldModels]),
        // One by one: they may lie in the folder of models.
        ...foldersIn(join(workspace, MODELS)).map((name) => join(MODELS, name)),
      ],
      in: [
        [DATABASE, DATABASE],
        [CONFIG, CONFIG],
        [CANDLES, CANDLES],
        [ARTIFACTS, newModels],
        ...foldersIn(join(staging, MODELS)).map((name): [string, string] => {
          const path = join(MODELS, name);
          return [path, path];
        }),
      ],
    };
    writeJournal(workspace, journal);
  } catch (error) {
    discardUnpacked(workspace);
    throw error;
  }
  finishRestore(workspace);
}

/** @throws EngineError `workspace-busy` where a restore has begun to switch over and could not be ended */
export function assertNoneBegun(workspace: string): void {
  if (!existsSync(join(workspace, STAGING, JOURNAL))) return;
  throw new EngineError(
    'workspace-busy',
    `An earlier restore of ${workspace} is half done. Close the workspace wherever it is open; the next start ends that restore.`,
    { workspace },
  );
}

/** Names the process that unpacks, in the staging folder, so that what it leaves when it is killed can be told from work. */
export function signUnpacking(workspace: string): void {
  const unpacker = { pid: process.pid, host: hostname() };
  writeFileAtomic(join(workspace, STAGING, UNPACKER), JSON.stringify(unpacker));
}

/** Removes what a process of this computer that is dead was unpacking, and was not on its way into the workspace. */
export function discardAbandoned(workspace: string): void {
  const staging = join(workspace, STAGING);
  const file = join(staging, UNPACKER);
  if (existsSync(join(staging, JOURNAL)) || !existsSync(staging)) return;
  if (!existsSync(file)) {
    // Killed before it could sign.
    const writers = readdirSync(staging).map(temporaryWriter);
    const isLeft = writers.length > 0 && writers.every((pid) => pid !== undefined && !isRunning(pid));
    if (isLeft) discardUnpacked(workspace);
    return;
  }
  let unpacker: z.output<typeof unpackerSchema>;
  try {
    unpacker = unpackerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Nobody knows whose it is; the next restore replaces it.
    return;
  }
  if (unpacker.host === hostname() && !isRunning(unpacker.pid)) discardUnpacked(workspace);
}

/** Removes what is unpacked, where it won't take anything's place. */
export function discardUnpacked(workspace: string): void {
  rmSync(join(workspace, STAGING), { recursive: true, force: true });
}

/**
 * Ends a restore that a crash interrupted; to be called before a workspace is opened. Does nothing without one, or while
 * another process has the workspace open.
 * @throws EngineError `artifact-damaged` where nobody can read what is still to be done; nothing is changed then
 */
export function finishRestore(workspace: string): void {
  const staging = join(workspace, STAGING);
  if (!existsSync(join(staging, JOURNAL)) || isInUse(workspace)) return;
  let journal = readJournal(workspace);
  if (journal.phase === 'aside') {
    for (const path of journal.aside)
      moveIfThere(join(workspace, path), join(workspace, journal.replaced, path));
    journal = { ...journal, phase: 'in' };
    writeJournal(workspace, journal);
  }
  for (const [from, to] of journal.in) moveIfThere(join(staging, from), join(workspace, to));
  rmSync(staging, { recursive: true, force: true });
}

/**
 * Whoever only reads ends no restore, and half of one is not shown. @throws EngineError `conflict` while one is under way, or
 * was interrupted
 */
export function assertNotBeingRestored(workspace: string): void {
  if (!existsSync(join(workspace, STAGING, JOURNAL))) return;
  throw new EngineError(
    'conflict',
    `A backup is being put in the place of the workspace ${workspace}, or that was interrupted. It is ended by whatever opens the workspace next to write to it, such as the window or \`regimen cleanup\`.`,
    { workspace },
  );
}

/**
 * Makes way for a restore where the journal of an interrupted one can't be read: what was unpacked for it is moved to a folder
 * `replaced-…`, so that nothing is lost. Does nothing without one, or where it can be read.
 */
export function setUnreadableAside(workspace: string, now: number): void {
  if (!existsSync(join(workspace, STAGING, JOURNAL)) || isInUse(workspace)) return;
  try {
    readJournal(workspace);
  } catch {
    const folder = freeName(workspace, `replaced-${fileStamp(now)}`);
    makePrivateFolder(join(workspace, folder));
    renameSync(join(workspace, STAGING), join(workspace, folder, 'unpacked'));
  }
}

function readJournal(workspace: string): Journal {
  const file = join(workspace, STAGING, JOURNAL);
  try {
    return journalSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const replaced = readdirSync(workspace)
      .filter((name) => REPLACED.test(name))
      .sort()
      .at(-1);
    const back =
      replaced === undefined
        ? `Nothing was moved out of the workspace yet: to go back to it as it was, delete ${join(workspace, STAGING)}`
        : `To go back to the workspace as it was, move what is in ${join(workspace, replaced)} to ${workspace}, then delete ${join(workspace, STAGING)}`;
    throw new EngineError(
      'artifact-damaged',
      `A restore of ${workspace} was interrupted, and its journal ${file} is damaged: what it had still to do can't be read. Nothing was changed. Restore the backup again (\`regimen restore BACKUP\`), which keeps what is there in a folder "replaced-…". ${back}.`,
      { file },
      error,
    );
  }
}

function writeJournal(workspace: string, journal: Journal): void {
  writeFileAtomic(join(workspace, STAGING, JOURNAL), JSON.stringify(journal));
}

function moveIfThere(from: string, to: string): void {
  if (!existsSync(from)) return;
  makePrivateFolder(dirname(to));
  renameSync(from, to);
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

function freeName(workspace: string, base: string): string {
  let name = base;
  for (let n = 2; existsSync(join(workspace, name)); n++) name = `${base}_${n}`;
  return name;
}

/** Where a workspace, or one that is unpacked, keeps its models: a path within it, or an absolute one. */
function modelFolder(folder: string): string {
  try {
    return artifactFolderOf(folder, readWorkspaceConfig(folder).storage.artifacts_dir);
  } catch (error) {
    // A configuration with a mistake in it is moved like any other; models are then where they are by default.
    if (error instanceof EngineError && error.code === 'config-invalid')
      return artifactFolderOf(folder, ARTIFACTS);
    throw error;
  }
}

function outside(folder: string): EngineError {
  return new EngineError(
    'conflict',
    `The backup's storage.artifacts_dir is ${folder}, outside the workspace, where a restore touches nothing. Restore on a copy of the backup whose config.yaml names a folder in the workspace, such as "${ARTIFACTS}".`,
    { folder },
  );
}

function assertNotInUse(workspace: string): void {
  if (!isInUse(workspace)) return;
  throw new EngineError(
    'workspace-busy',
    `The workspace ${workspace} is open in another window or terminal. Close it there and restore again; nothing was changed.`,
    { workspace },
  );
}

/** SQLite grants an exclusive lock only while no other connection is open. */
function isInUse(workspace: string): boolean {
  const file = join(workspace, DATABASE);
  if (!existsSync(file)) return false;
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: 0 });
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    // Any other error: a damaged database is a good reason to restore.
    return (error as { code?: string }).code === 'SQLITE_BUSY';
  } finally {
    db?.close();
  }
}
