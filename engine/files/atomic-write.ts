import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { EngineError } from '../contract/errors.ts';

/** What temporary files end in: one that a crash left behind can be swept by this. */
export const TEMPORARY_SUFFIX = '.tmp';

let written = 0;

/**
 * Writes a file so that at any instant a reader, or a crash, finds the old content or all of the new one, never a part:
 * into a temporary file in the same folder, synced, renamed over the target, and the folder synced. On failure nothing of it
 * stays. Throws `disk-full`, or `file-unreadable` if the place can't be written to.
 */
export function writeFileAtomic(path: string, bytes: Uint8Array | string): void {
  const folder = dirname(path);
  // Process, thread and count: two writers never share a temporary file.
  const temporary = join(
    folder,
    `.${basename(path)}.${process.pid}-${threadId}-${written++}${TEMPORARY_SUFFIX}`,
  );
  try {
    writeAndSync(temporary, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    renameSync(temporary, path);
    syncFolder(folder);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw writeError(path, error);
  }
}

function writeAndSync(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    let at = 0;
    while (at < bytes.length) at += writeSync(file, bytes, at, bytes.length - at);
    fsyncSync(file);
  } finally {
    closeSync(file);
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
  return new EngineError('file-unreadable', `${path} can not be written: ${message}.`, { file: path }, error);
}
