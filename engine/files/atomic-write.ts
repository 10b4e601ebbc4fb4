import { closeSync, fsync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { threadId } from 'node:worker_threads';
import { EngineError } from '../contract/errors.ts';

/** What temporary files end in: one that a crash left behind can be swept by this. */
export const TEMPORARY_SUFFIX = '.tmp';

/** The file that a temporary file's name was made from, or undefined if it is none of ours. */
export function temporaryTarget(name: string): string | undefined {
  return /^\.(?<target>.+)\.\d+-\d+-\d+\.tmp$/.exec(name)?.groups?.target;
}

/** The process that a temporary file is named for, be it an atomic file's or a backup's copy of the database; undefined of any other. */
export function temporaryWriter(name: string): number | undefined {
  const pid = /^\..+\.(?<pid>\d+)(-\d+-\d+\.tmp|\.db\.tmp(-wal|-shm|-journal)?)$/.exec(name)?.groups?.pid;
  return pid === undefined ? undefined : Number(pid);
}

/** Of the files of a workspace: what was trained is its owner's alone. */
export const PRIVATE_MODE = 0o600;
/** Of files that the user asked for: what the user's own settings (umask) leave of it. */
export const USER_MODE = 0o666;
const PRIVATE_FOLDER_MODE = 0o700;

/** Makes a folder of a workspace, and those above it that are missing, for its owner alone. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: PRIVATE_FOLDER_MODE });
}

let written = 0;

/** A file in the making: nothing stands under its name until `commit`. */
export interface AtomicFile {
  /** Appends. */
  write(bytes: Uint8Array): void;
  /** Overwrites what was written at this position. */
  writeAt(position: number, bytes: Uint8Array): void;
  /** Syncs the content and puts it in place of whatever has the name; a power cut may undo that until the folder is synced. */
  rename(): void;
  /** As `rename`, and syncs the folder. */
  commit(): void;
  /** As `commit`; syncing much content then keeps nobody waiting. */
  commitSoon(): Promise<void>;
  /** Leaves nothing behind. Does nothing after a commit. */
  abort(): void;
}

/**
 * Begins a file that a reader, or a crash, finds as it was before or complete, never in part: it grows as a temporary
 * file in the same folder, with the given mode where the system has modes. All its functions throw `disk-full`, or
 * `file-unreadable` if the place can't be written to.
 */
export function createAtomicFile(path: string, mode = PRIVATE_MODE): AtomicFile {
  const folder = dirname(path);
  // Process, thread and count: two writers never share a temporary file.
  const temporary = join(
    folder,
    `.${basename(path)}.${process.pid}-${threadId}-${written++}${TEMPORARY_SUFFIX}`,
  );
  const named = <T>(work: () => T): T => guarded(path, work);
  let file: number | undefined = named(() => openSync(temporary, 'w', mode));
  let length = 0;

  function put(position: number, bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) at += writeSync(file!, bytes, at, bytes.length - at, position + at);
  }
  function close(): void {
    if (file === undefined) return;
    const open = file;
    file = undefined;
    closeSync(open);
  }
  function rename(): void {
    close();
    renameSync(temporary, path);
  }
  const putInPlace = () =>
    named(() => {
      rename();
      syncFolder(folder);
    });
  return {
    write: (bytes) =>
      named(() => {
        put(length, bytes);
        length += bytes.length;
      }),
    writeAt: (position, bytes) => named(() => put(position, bytes)),
    rename: () =>
      named(() => {
        fsyncSync(file!);
        rename();
      }),
    commit() {
      named(() => fsyncSync(file!));
      putInPlace();
    },
    async commitSoon() {
      await promisify(fsync)(file!).catch((error) => {
        throw writeError(path, error);
      });
      putInPlace();
    },
    abort() {
      close();
      rmSync(temporary, { force: true });
    },
  };
}

/**
 * Writes whole files of one folder, each atomically, and syncs the folder once for all of them; on failure some of them may be
 * there. `onWritten` is called when one is on disk, but not yet under its name. Throws as `createAtomicFile`.
 */
export function writeFilesAtomic(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
  onWritten?: () => void,
): void {
  for (const [name, bytes] of files) {
    const file = createAtomicFile(join(folder, name));
    try {
      file.write(bytes);
      onWritten?.();
      file.rename();
    } catch (error) {
      file.abort();
      throw error;
    }
  }
  if (files.size > 0) guarded(folder, () => syncFolder(folder));
}

/** Writes a whole file atomically; on failure nothing of it stays. Throws as `createAtomicFile`. */
export function writeFileAtomic(path: string, bytes: Uint8Array | string, mode?: number): void {
  const file = createAtomicFile(path, mode);
  try {
    file.write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    file.commit();
  } catch (error) {
    file.abort();
    throw error;
  }
}

/** Makes a rename in a folder survive a power cut. Windows can't open folders and needs no sync for this. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw writeError(path, error);
  }
}

/** The error a failed write becomes. */
export function writeError(path: string, error: unknown): EngineError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EngineError(
      'disk-full',
      `There is no room left to write ${path}. Free some space and try again.`,
      { file: path },
      error,
    );
  }
  const reason =
    code === 'ENOENT'
      ? `there is no folder ${dirname(path)}`
      : code === 'EEXIST'
        ? 'a file of that name is in the place of the folder'
        : message;
  return new EngineError('file-unreadable', `${path} can not be written: ${reason}.`, { file: path }, error);
}
