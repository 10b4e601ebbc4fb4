import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import { makePrivateFolder } from '../files/atomic-write.ts';
import { holderOf } from './holder.ts';
import { rescueAdvice } from './rescue.ts';

/** How long SQLite waits for a lock, in milliseconds. */
export const BUSY_TIMEOUT_MS = 5000;

/** Beside the database while it is open, or after a crash. */
export const LOG_SUFFIX = '-wal';
export const INDEX_SUFFIX = '-shm';

const NO_PERMISSION: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

/**
 * What SQLite or the file system says of a database, in Regimen's words; what they don't speak of stays as it is. Busy,
 * forbidden, full and unreadable are told from damaged: only that leads to a backup.
 */
export function storeError(file: string, error: unknown): unknown {
  if (error instanceof EngineError) return error;
  const { code = '', message } = error as { code?: string; message: string };
  // SQLite's extended codes begin with the plain one.
  const is = (...names: string[]) => names.some((name) => code === name || code.startsWith(`${name}_`));
  if (NO_PERMISSION.has(code)) return notReadable(file, error);
  if (is('SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL')) return busy(file, error);
  if (is('SQLITE_FULL')) {
    return new EngineError(
      'disk-full',
      `There is no room left to write the database ${file}. Free some space and try again.`,
      { file },
      error,
    );
  }
  if (is('SQLITE_CORRUPT', 'SQLITE_NOTADB')) return damaged(file, message, error);
  if (is('SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM', 'SQLITE_AUTH')) {
    try {
      assertWritable(file);
    } catch (forbidden) {
      return forbidden;
    }
    return unreadable(file, message, error);
  }
  return is('SQLITE_IOERR') ? unreadable(file, message, error) : error;
}

/** A defect of what is stored, as SQLite words it. */
export function damaged(file: string, verdict: string, cause?: unknown): EngineError {
  const found = verdict.replace(/^\*\*\* in database main \*\*\*\s+/, '');
  return new EngineError(
    'store-damaged',
    `The database ${file} is damaged (${found}). Nothing was written to it. ${rescueAdvice(file)}`,
    { file },
    cause,
  );
}

/**
 * Makes the folder of a database where there is none. @throws EngineError `file-unreadable` where this user may not write
 * to it or to what lies there, before anything is written
 */
export function assertWritable(file: string): void {
  const folder = dirname(file);
  try {
    makePrivateFolder(folder);
    accessSync(folder, constants.W_OK);
    for (const suffix of ['', LOG_SUFFIX, INDEX_SUFFIX]) {
      if (existsSync(file + suffix)) accessSync(file + suffix, constants.R_OK | constants.W_OK);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !NO_PERMISSION.has(code)) throw unreadable(file, message, error);
    const reason = code === 'EROFS' ? 'its file system is read-only' : 'this user lacks the permission';
    throw new EngineError(
      'file-unreadable',
      `The workspace ${folder} can't be written to, since ${reason}: give write permission for the folder and the files in it, or copy it to where there is one.`,
      { file },
      error,
    );
  }
}

function notReadable(file: string, cause: unknown): EngineError {
  return new EngineError(
    'file-unreadable',
    `The database ${file} can't be read, since this user lacks the permission: give read permission for its folder and the files in it, or have it copied.`,
    { file },
    cause,
  );
}

function unreadable(file: string, reason: string, cause: unknown): EngineError {
  return new EngineError(
    'file-unreadable',
    `The database ${file} can't be opened or read: ${reason}. Check the disk that it lies on and the connection to it; that it is damaged was not found.`,
    { file },
    cause,
  );
}

function busy(file: string, cause: unknown): EngineError {
  const { who, ...details } = holderOf(file);
  return new EngineError(
    'workspace-busy',
    `The database ${file} is locked: ${who} has kept it so for ${BUSY_TIMEOUT_MS / 1000} seconds. Wait for that process, or end it; nothing is damaged, and nothing was changed.`,
    { file, ...details },
    cause,
  );
}
