import { temporaryTarget } from '../files/atomic-write.ts';
import type { FolderEntry } from '../files/folder-listing.ts';

/**
 * Files that a crash left behind: named as one of ours, or as the beginning of one, and referred to by nothing. Links,
 * folders and files with other names are never among them.
 */
export function orphanFiles(
  entries: readonly FolderEntry[],
  isOurs: (name: string) => boolean,
  referenced: ReadonlySet<string>,
): FolderEntry[] {
  return entries.filter(({ name, isFile }) => {
    if (!isFile) return false;
    const target = temporaryTarget(name);
    return target === undefined ? isOurs(name) && !referenced.has(name) : isOurs(target);
  });
}

/**
 * Runs whose model file is not where their row says. With nothing at all in the folder it is the folder that is missing,
 * a drive not mounted say, and no run's model is taken for lost unless `evenAll`.
 */
export function lostModels<R extends { readonly artifact_file: string }>(
  entries: readonly FolderEntry[],
  kept: readonly R[],
  evenAll: boolean,
): R[] {
  if (entries.length === 0 && !evenAll) return [];
  const present = new Set(entries.map((entry) => entry.name));
  return kept.filter((run) => !present.has(run.artifact_file));
}
