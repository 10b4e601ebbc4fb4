import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../contract/errors.ts';
import { decodeText } from '../contract/text-encoding.ts';
import { FILE_KINDS, readUserFile } from '../files/user-file.ts';
import { type ConfigText, loadConfig } from './load.ts';
import type { Config } from './schema.ts';

/** The defaults that ship with Regimen, every key commented. */
export const DEFAULT_CONFIG_PATH = fileURLToPath(
  new URL('../../configs/training_pipeline/default_config.yaml', import.meta.url),
);

/** The user's file in a workspace; it need not exist. */
export const USER_CONFIG_NAME = 'config.yaml';

/** Configuration of a workspace. Throws `file-unreadable`, and `config-invalid` as `loadConfig` does. */
export function readWorkspaceConfig(workspace: string): Config {
  return loadConfig(readDefaults(), readText(join(workspace, USER_CONFIG_NAME)));
}

/** The text of the defaults. Throws `file-unreadable`. */
export function readDefaults(): ConfigText {
  const defaults = readText(DEFAULT_CONFIG_PATH);
  if (defaults !== undefined) return defaults;
  throw new EngineError(
    'file-unreadable',
    `${DEFAULT_CONFIG_PATH} is missing. It comes with Regimen: install it again.`,
    { file: DEFAULT_CONFIG_PATH },
  );
}

/**
 * Undefined if there is no such file. Throws `file-unreadable`, and `config-invalid` for bytes that are neither UTF-8 nor
 * UTF-16.
 */
export function readText(file: string): ConfigText | undefined {
  if (!existsSync(file)) return undefined;
  const decoded = decodeText(readUserFile(file, FILE_KINDS.yaml));
  if ('text' in decoded) return { file, text: decoded.text };
  throw new EngineError('config-invalid', `${file} ${decoded.problem}.`, { file });
}
