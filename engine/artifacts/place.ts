import { existsSync } from 'node:fs';
import { normalize, resolve } from 'node:path';

/** Where models are by default, and where the first release had them. */
export const ARTIFACTS = 'artifacts';
export const FIRST_RELEASE_ARTIFACTS = 'artefacts';

/**
 * Folder of a workspace's models, relative to it or absolute, from the configured one (`storage.artifacts_dir`). The
 * default folder of the first release goes on being used where it is.
 */
export function artifactFolderOf(workspace: string, configured: string): string {
  const folder = normalize(configured);
  if (folder !== ARTIFACTS || existsSync(resolve(workspace, ARTIFACTS))) return folder;
  return existsSync(resolve(workspace, FIRST_RELEASE_ARTIFACTS)) ? FIRST_RELEASE_ARTIFACTS : folder;
}
