/** What hosts do with a workspace that must not be open, or need not be. */
import { resolve } from 'node:path';
import { restoreBackup } from '../backup/restore.ts';
import { finishRestore } from '../backup/switch.ts';
import { readWorkspaceConfig, USER_CONFIG_NAME } from '../config/files.ts';
import type { BackupDto } from '../contract/dto/index.ts';

export { readGridFile } from '../grid/file.ts';

/**
 * Checks the configuration of a workspace; returns the path of the user's file, which need not exist, and how many keys
 * are fine. @throws EngineError `config-invalid` with every problem
 */
export function checkConfig(workspace: string): { file: string; keys: number } {
  const config = readWorkspaceConfig(workspace);
  const keys = Object.values(config).reduce((sum, section) => sum + Object.keys(section).length, 0);
  return { file: resolve(workspace, USER_CONFIG_NAME), keys };
}

/** Puts a backup in the place of what is in a workspace. Throws as `restoreBackup`. */
export function restoreWorkspace(file: string, workspace: string): Promise<BackupDto> {
  const folder = resolve(workspace);
  finishRestore(folder);
  return restoreBackup(resolve(file), folder, Date.now());
}
