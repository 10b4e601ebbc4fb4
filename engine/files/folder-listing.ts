import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface FolderEntry {
  readonly name: string;
  /** False for folders, links and devices. */
  readonly isFile: boolean;
  readonly bytes: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly modifiedAt: number;
}

/** What lies directly in a folder; nothing if there is no such folder. Links are not followed. */
export function listFolder(path: string): FolderEntry[] {
  let names: string[];
  try {
    names = readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names.sort().flatMap((name) => {
    const stat = lstatSync(join(path, name), { throwIfNoEntry: false });
    if (stat === undefined) return [];
    return [{ name, isFile: stat.isFile(), bytes: stat.size, modifiedAt: stat.mtimeMs }];
  });
}
