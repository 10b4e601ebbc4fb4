import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { grouped } from '../contract/counted.ts';
import { EngineError } from '../contract/errors.ts';
import { isMarketFileName } from '../contract/market-files.ts';
import { type FileLook, lookAtFile } from './settled-copy.ts';

/** More is no folder of exports: somebody named a disk. */
const MOST_FILES = 5000;

/**
 * The files of a folder and of the folders in it whose names say that they may hold candles, as they are now. Hidden ones and links are
 * passed over. Never waits for a disk in the way of others, be the folder on a network that is slow.
 *
 * @throws EngineError `file-unreadable` where it can't be read, `invalid-input` where it holds too many
 */
export async function lookIntoFolder(folder: string): Promise<Map<string, FileLook>> {
  const found = new Map<string, FileLook>();
  await look(folder, folder, found);
  return found;
}

async function look(top: string, folder: string, found: Map<string, FileLook>): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await look(top, path, found);
    if (!entry.isFile() || !isMarketFileName(entry.name)) continue;
    // It may just have been removed.
    const now = await lookAtFile(path).catch(() => undefined);
    if (now !== undefined) found.set(path, now);
    if (found.size > MOST_FILES) {
      throw new EngineError(
        'invalid-input',
        `${top} holds more than ${grouped(MOST_FILES)} files. Watch the folder that the exports are in.`,
        { file: top },
      );
    }
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EACCES' || code === 'EPERM'
        ? 'you have no permission for it'
        : code === 'ENOENT'
          ? 'it is not there'
          : message;
    throw new EngineError(
      'file-unreadable',
      `The folder ${folder} can't be read: ${reason}.`,
      { file: folder },
      error,
    );
  }
}
