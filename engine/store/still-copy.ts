import {
  closeSync,
  constants,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import { writeError } from '../files/atomic-write.ts';
import { isRunning } from '../files/processes.ts';
import { LOG_SUFFIX } from './errors.ts';

/** A database as it was at one moment, for whoever must not touch the original. */
export interface StillCopy {
  /** For `new Database`. */
  readonly source: Buffer | string;
  remove(): void;
}

/** Reading this much takes no longer than opening a file elsewhere and removing it again. */
export const IN_MEMORY_BYTES = 64 * 1024 * 1024;
/** Copies that are begun anew because another process wrote meanwhile. */
const TRIES = 20;

const JOURNAL_SUFFIX = '-journal';
/** Checksum and salts of the log (https://www.sqlite.org/fileformat2.html#walformat, bytes 0 to 31). */
const LOG_HEADER_BYTES = 32;
/** Versions of the format for writing and reading; 2 is with a log, which memory has not, 1 without. */
const FORMAT_AT = [18, 19];
const FOLDER = /^regimen-read-(?<pid>\d+)-/;

/**
 * Copies a database and what a process that is at work on it, or died, has in its log. Only reads: SQLite itself would leave
 * files beside the original. Up to `largestInMemory` bytes it is read into memory where it has no log, else copied to a temporary
 * folder. @throws EngineError `workspace-busy` while others write to it without a pause, `disk-full`
 */
export function copyStill(file: string, largestInMemory = IN_MEMORY_BYTES): StillCopy {
  for (let n = 0; n < TRIES; n++) {
    const copy = tryCopy(file, largestInMemory);
    if (copy !== undefined) return copy;
  }
  throw new EngineError(
    'workspace-busy',
    `The database ${file} is written to without a pause, and could not be read. Try again in a moment.`,
    { file },
  );
}

/** What a copy depends on. */
interface Present {
  readonly bytes: number;
  /** Undefined without a log that holds anything. */
  readonly log: string | undefined;
  /** Of the database and its rollback journal. */
  readonly version: string;
  readonly hasJournal: boolean;
}

function tryCopy(file: string, largestInMemory: number): StillCopy | undefined {
  const before = presentOf(file);
  if (before.log === undefined && !before.hasJournal && before.bytes <= largestInMemory) {
    const source = readFileSync(file);
    if (!isSame(before, presentOf(file))) return undefined;
    if (FORMAT_AT.every((at) => source[at] === 2)) for (const at of FORMAT_AT) source[at] = 1;
    return { source, remove: () => undefined };
  }
  const folder = temporaryFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const source = join(folder, 'regimen.db');
    // The database before its log: pages that move from one to the other meanwhile are in the log that is copied then.
    const suffixes = ['', ...(before.log === undefined ? [] : [LOG_SUFFIX])];
    for (const suffix of before.hasJournal ? [JOURNAL_SUFFIX, ...suffixes] : suffixes) {
      copyFileSync(file + suffix, source + suffix, constants.COPYFILE_FICLONE);
    }
    if (isSame(before, presentOf(file))) return { source, remove };
  } catch (error) {
    remove();
    const { code } = error as NodeJS.ErrnoException;
    // The log was put away when its last user left.
    if (code === 'ENOENT') return undefined;
    throw code === 'ENOSPC' ? writeError(folder, error) : error;
  }
  remove();
  return undefined;
}

/**
 * A log is only added to until it begins anew, with another header. As long as it has not, it holds whatever was put into the
 * database meanwhile; without one, the database must be as it was.
 */
function isSame(before: Present, after: Present): boolean {
  if (before.log !== after.log || before.hasJournal !== after.hasJournal) return false;
  return (before.log !== undefined && !before.hasJournal) || before.version === after.version;
}

function presentOf(file: string): Present {
  const journal = statSync(file + JOURNAL_SUFFIX, { bigint: true, throwIfNoEntry: false });
  const stats = statSync(file, { bigint: true });
  const version = [stats, journal].map((s) => s && [s.ino, s.size, s.mtimeNs, s.ctimeNs].join());
  return {
    bytes: Number(stats.size),
    log: logHeader(file + LOG_SUFFIX),
    version: version.join(' '),
    hasJournal: journal !== undefined && journal.size > 0n,
  };
}

function logHeader(path: string): string | undefined {
  let log: number;
  try {
    log = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const header = Buffer.alloc(LOG_HEADER_BYTES);
    return readSync(log, header, 0, header.length, 0) < header.length ? undefined : header.toString('hex');
  } finally {
    closeSync(log);
  }
}

/** One for this user alone; those of processes that were killed go. */
function temporaryFolder(): string {
  removeDeadCopies();
  return mkdtempSync(join(tmpdir(), `regimen-read-${process.pid}-`));
}

/** Removes copies whose process was killed. */
export function removeDeadCopies(): void {
  const root = tmpdir();
  for (const name of readdirSync(root)) {
    const pid = FOLDER.exec(name)?.groups?.pid;
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      rmSync(join(root, name), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
}
