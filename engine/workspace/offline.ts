/** What hosts do with a workspace that must not be open, or need not be. */
import { join, resolve } from 'node:path';
import { restoreBackup } from '../backup/restore.ts';
import { finishRestore, setUnreadableAside } from '../backup/switch.ts';
import { readText, readWorkspaceConfig, USER_CONFIG_NAME } from '../config/files.ts';
import { renamedKeys } from '../config/load.ts';
import { readYaml } from '../config/yaml.ts';
import type { BackupDto, RenamedKeyDto } from '../contract/dto/index.ts';

import { readGridFile } from '../grid/file.ts';

export { readGridFile } from '../grid/file.ts';

/** What a file that is no grid holds, JSON or YAML. @throws EngineError `file-unreadable`, `invalid-input` with the line that is neither */
export function readYamlFile(file: string): unknown {
  return readYaml(readGridFile(file), file, 'invalid-input').value;
}

export interface CheckedConfig {
  /** The user's file, which need not exist. */
  readonly file: string;
  /** How many keys are fine, those of the defaults included. */
  readonly keys: number;
  /** Keys that the file calls by other names. */
  readonly renamed: readonly RenamedKeyDto[];
}

/** Checks the configuration of a workspace. @throws EngineError `config-invalid` with every problem */
export function checkConfig(workspace: string): CheckedConfig {
  const config = readWorkspaceConfig(workspace);
  const keys = Object.values(config).reduce((sum, section) => sum + Object.keys(section).length, 0);
  const text = readText(join(workspace, USER_CONFIG_NAME));
  const renamed = text === undefined ? [] : renamedKeys(text);
  return { file: resolve(workspace, USER_CONFIG_NAME), keys, renamed };
}

/** Puts a backup in the place of what is in a workspace. Throws as `restoreBackup`. */
export function restoreWorkspace(file: string, workspace: string): Promise<BackupDto> {
  const folder = resolve(workspace);
  const now = Date.now();
  setUnreadableAside(folder, now);
  finishRestore(folder);
  return restoreBackup(resolve(file), folder, now);
}
