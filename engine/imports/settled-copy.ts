import { constants } from 'node:fs';
import { copyFile, open, stat, utimes } from 'node:fs/promises';
import { TAIL_BYTES, wholeBytes } from './whole-lines.ts';

/** What a file was when it was looked at. */
export interface FileLook {
  readonly size: number;
  /** ms since 1970-01-01 UTC */
  readonly modified: number;
}

export async function lookAtFile(path: string): Promise<FileLook> {
  const { size, mtimeMs } = await stat(path);
  return { size, modified: mtimeMs };
}

/**
 * Copies a file that another program goes on writing to, up to its last whole line, with the time at which it was written, at the latest
 * `now`. False where it was changed while it was copied.
 *
 * @throws the errors of the file system, such as EBUSY of a file that is locked
 */
export async function copySettled(path: string, to: string, look: FileLook, now: number): Promise<boolean> {
  // A copy that shares its blocks costs nothing, where the disk can do that.
  await copyFile(path, to, constants.COPYFILE_FICLONE);
  const after = await lookAtFile(path);
  if (after.size !== look.size || after.modified !== look.modified) return false;
  const file = await open(to, 'r+');
  try {
    const { size } = await file.stat();
    if (size !== look.size) return false;
    const head = await bytesOf(file, 0, Math.min(size, TAIL_BYTES));
    const from = Math.max(0, size - TAIL_BYTES);
    // Even, so that characters of two bytes are not cut.
    const tail = await bytesOf(file, from - (from % 2), size);
    const whole = wholeBytes(head, tail, size);
    if (whole < size) await file.truncate(whole);
  } finally {
    await file.close();
  }
  // A clock of another machine may be ahead: no bar is closed before it is here.
  const written = Math.min(look.modified, now) / 1000;
  await utimes(to, written, written);
  return true;
}

async function bytesOf(
  file: Awaited<ReturnType<typeof open>>,
  from: number,
  to: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
  return bytes.subarray(0, bytesRead);
}
