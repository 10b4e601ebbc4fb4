import { realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import { writeError } from './atomic-write.ts';
import { kindOf } from './user-file.ts';

export interface OutputRules {
  /** Whether a file that is there may be replaced. */
  readonly overwrite: boolean;
  /** Whether a path, every link in it followed, is one that only the program itself writes to. */
  isOwn(path: string): boolean;
}

/**
 * The absolute path of a file that the user wants written; nothing is written yet. To be asked before any work is done for it.
 * @throws EngineError `conflict` for a file that is there, unless it may be replaced, and for files of the workspace even
 * then; `file-unreadable` for a folder, a pipe, a device
 */
export function claimOutput(file: string, { overwrite, isOwn }: OutputRules): string {
  const path = resolve(file);
  const stats = statsOf(path);
  if (stats !== undefined && !stats.isFile()) {
    throw new EngineError(
      'file-unreadable',
      `${path} is ${kindOf(stats)}, and nothing is written there. Name a file.`,
      { file: path },
    );
  }
  if (isOwn(realPath(path))) {
    throw new EngineError(
      'conflict',
      `${path} belongs to the workspace, which keeps its files itself. Choose another name.`,
      { file: path },
    );
  }
  if (stats === undefined || overwrite) return path;
  throw new EngineError('conflict', `${path} exists already. Choose another name, or have it overwritten.`, {
    file: path,
    remedy: 'overwrite',
  });
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw writeError(path, error);
  }
}

/** The path with every link followed, as far as it exists, in the spelling that the file system has for it. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
