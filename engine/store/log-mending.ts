import { existsSync, linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { counted } from '../contract/counted.ts';
import { syncFolder, writeFileAtomic } from '../files/atomic-write.ts';
import { fileStamp } from '../files/file-stamp.ts';
import { LOG_SUFFIX } from './errors.ts';
import { chooseFlip } from './log-choice.ts';
import { findRot, transactionsFrom } from './log-rot.ts';
import { copyStill } from './still-copy.ts';
import { firstFrames, frameOf } from './write-ahead-log.ts';

/** What was wrong with a database's write-ahead log when it was opened, besides a tail that was never written. */
export interface DamagedLog {
  /** Path of the log. */
  readonly path: string;
  /** Frames, from 1 on, that are not what was written; 0: the header. */
  readonly frames: readonly number[];
  /** Transactions that can't be read; one holds up to eight results. */
  readonly lost: number;
  /** Copy of the log as it was found, where the log itself was put right or cut; else it is as it was. */
  readonly keptAs: string | undefined;
}

/** What can be read of a log. */
interface Mended {
  readonly log: Buffer;
  readonly frames: readonly number[];
  readonly lost: number;
}

/** Where a log that was put right waits for its turn. */
const MENDED_SUFFIX = '.mended';

/**
 * Puts the log of a database right before SQLite recovers it, if no other connection has the database open: SQLite itself would read up
 * to the first damaged frame, and cut off the rest. `check` throws where what comes of it is no sound database; nothing is written
 * then. Undefined where nothing is wrong.
 */
export function mendLog(file: string, check: (db: Database.Database) => void): DamagedLog | undefined {
  const written = readLog(file);
  const mended = written && mend(file, written);
  if (mended === undefined) return undefined;
  checkCopy(file, mended.log, check);
  const path = file + LOG_SUFFIX;
  const copy = `${path}.damaged-${fileStamp(statSync(path).mtimeMs)}`;
  const temporary = path + MENDED_SUFFIX;
  const isAlone = whileAlone(file, () => {
    if (!readLog(file)?.equals(written!)) return false;
    writeFileAtomic(copy, written!);
    writeFileAtomic(temporary, mended.log);
    return true;
  });
  const { frames } = mended;
  if (!isAlone) return { path, frames, lost: mended.lost, keptAs: undefined };
  // Its last connection has put away what could be read, and removed the log.
  const isInPlace = putWhereNothingIs(temporary, path);
  const lost = isInPlace ? mended.lost : transactionsFrom(written!, Math.max(0, frames[0]! - 1));
  return { path, frames, lost, keptAs: copy };
}

function checkCopy(file: string, log: Buffer, check: (db: Database.Database) => void): void {
  const copy = copyStill(file);
  let db: Database.Database | undefined;
  try {
    if (typeof copy.source === 'string') writeFileAtomic(copy.source + LOG_SUFFIX, log);
    db = new Database(copy.source);
    check(db);
  } finally {
    db?.close();
    copy.remove();
  }
}

/** Whether it is there now; somebody who opened the database in between has begun a log of their own. */
function putWhereNothingIs(from: string, to: string): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // A file system without links.
    if (existsSync(to)) return false;
    renameSync(from, to);
  } finally {
    rmSync(from, { force: true });
  }
  syncFolder(dirname(to));
  return true;
}

/** The same for a copy of a database, at `source`, that no one else knows of. */
export function mendCopiedLog(source: string, file: string): DamagedLog | undefined {
  const written = readLog(source);
  const mended = written && mend(source, written);
  if (mended === undefined) return undefined;
  writeFileAtomic(source + LOG_SUFFIX, mended.log);
  return { path: file + LOG_SUFFIX, frames: mended.frames, lost: mended.lost, keptAs: undefined };
}

/** Whether a log is other than it was written; only looks. */
export function hasRot(file: string): boolean {
  const written = readLog(file);
  return written !== undefined && findRot(written) !== undefined;
}

function readLog(file: string): Buffer | undefined {
  try {
    return readFileSync(file + LOG_SUFFIX);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function mend(file: string, written: Buffer): Mended | undefined {
  const rot = findRot(written);
  if (rot === undefined) return undefined;
  const { frames, choices, readable, lost } = rot;
  if (choices.length === 0) return { log: firstFrames(rot.log, readable), frames, lost };
  const log = chooseFlip(readFileSync(file), rot);
  if (log !== undefined) return { log: firstFrames(log, readable), frames, lost };
  // Of bits that the checksum can't tell apart none was right: SQLite reads up to their frame.
  const index = frameOf(rot.log, choices[0]!.at);
  return {
    log: firstFrames(rot.log, index),
    frames: frames.filter((frame) => frame <= index + 1),
    lost: transactionsFrom(rot.log, index),
  };
}

/**
 * Does it while no other connection, of this or another process, has the database open or can open it; whether it did. SQLite grants an
 * exclusive lock only then.
 */
function whileAlone(file: string, work: () => boolean): boolean {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return work();
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false;
    throw error;
  } finally {
    db.close();
  }
}

/** What whoever looks at the workspace should know of it. */
export function damagedLogNote({ path, frames, lost, keptAs }: DamagedLog): string {
  const where = frames
    .slice(0, LISTED)
    .map((frame) => (frame === 0 ? 'its header' : `frame ${frame}`))
    .join(', ');
  const what = `The log of the database, ${path}, was not what was written (${where}): a disk or another program changed it.`;
  const kept = keptAs === undefined ? '' : ` It is kept as it was in ${keptAs}.`;
  if (lost === 0) {
    const now =
      keptAs === undefined
        ? 'The file itself stays as it is until the next command that changes something'
        : 'The log was put right';
    return `${what} Which bits had flipped follows from its checksums: they were turned back, and nothing is lost. ${now}.${kept}`;
  }
  const count = counted(lost, 'transaction');
  return `${what} What was written from there on, about ${count} (results that came close together share one), can't be read. Results that a checkpoint holds are offered; others are trained again.${kept}`;
}

const LISTED = 5;
