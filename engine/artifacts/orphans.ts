import { temporaryTarget } from '../files/atomic-write.ts';
import type { FolderEntry } from '../files/folder-listing.ts';

/**
 * Files named as one of ours and referred to by nothing. Links, folders and files with other names are never among them.
 */
export function orphanFiles(
  entries: readonly FolderEntry[],
  isOurs: (name: string) => boolean,
  referenced: ReadonlySet<string>,
): FolderEntry[] {
  return entries.filter(
    ({ name, isFile }) =>
      isFile && temporaryTarget(name) === undefined && isOurs(name) && !referenced.has(name),
  );
}

/** What a crash left while one of ours was written: it never was under its name. */
export function unfinishedFiles(
  entries: readonly FolderEntry[],
  isOurs: (name: string) => boolean,
): FolderEntry[] {
  return entries.filter(({ name, isFile }) => {
    const target = temporaryTarget(name);
    return isFile && target !== undefined && isOurs(target);
  });
}

/** Runs whose model file is not where their row says. */
export function missingModels<R extends { readonly artifact_file: string }>(
  entries: readonly FolderEntry[],
  kept: readonly R[],
): R[] {
  const present = new Set(entries.filter(({ isFile }) => isFile).map((entry) => entry.name));
  return kept.filter((run) => !present.has(run.artifact_file));
}
