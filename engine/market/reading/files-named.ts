import { type Dirent, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { counted, grouped } from '../../contract/counted.ts';
import { EngineError } from '../../contract/errors.ts';
import { isMarketFileName } from '../../contract/market-files.ts';
import { statOf } from '../../files/stat-of.ts';

/** What paths of files and folders come to. */
export interface NamedFiles {
  /** Files that may hold candles, those of a folder by name, each once. */
  readonly files: readonly string[];
  /** Files of folders whose names say that they hold none. */
  readonly leftOut: readonly string[];
}

/** More is no folder of exports: somebody named a disk. */
const MOST_FILES = 5000;

/**
 * Files that are named stay as they are, be they there or not; of a folder, all that it and the folders in it hold. Hidden files and links
 * inside a folder are passed over.
 *
 * @throws EngineError `invalid-input` for a folder without a market data file, or with more than 5,000; `file-unreadable` where one may not be read
 */
export function filesNamed(paths: readonly string[]): NamedFiles {
  const files = new Set<string>();
  const leftOut: string[] = [];
  for (const path of paths) {
    if (!isFolder(path)) {
      files.add(path);
      continue;
    }
    const all = filesIn(path);
    const taken = all.filter((file) => isMarketFileName(basename(file)));
    if (taken.length === 0) throw noFiles(path, all.length);
    for (const file of taken) files.add(file);
    leftOut.push(...all.filter((file) => !taken.includes(file)));
  }
  return { files: [...files], leftOut };
}

export function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

function filesIn(folder: string, found: string[] = [], top = folder): string[] {
  for (const entry of entriesOf(folder)) {
    if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) filesIn(path, found, top);
    else if (entry.isFile()) found.push(path);
    if (found.length > MOST_FILES) {
      throw new EngineError(
        'invalid-input',
        `${top} holds more than ${grouped(MOST_FILES)} files. Name the folder that the exports are in.`,
        { file: top },
      );
    }
  }
  return found;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'EACCES'
        ? 'you have no permission for it'
        : (error as Error).message;
    throw new EngineError(
      'file-unreadable',
      `The folder ${folder} can't be read: ${reason}.`,
      { file: folder },
      error,
    );
  }
}

function noFiles(folder: string, others: number): EngineError {
  const held = others === 0 ? 'no file' : `${counted(others, 'file')}, none of them of market data`;
  return new EngineError(
    'invalid-input',
    `The folder ${folder} holds ${held}. Name one with exports in it, such as EURUSD_H1.csv.`,
    { file: folder },
  );
}
