import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { Option } from 'commander';

/**
 * The `--workspace` that every command takes; `REGIMEN_WORKSPACE` says the same, as containers do.
 *
 * @param project the folder that Regimen lies in: the workspace, unless npm has installed it and will replace it
 */
export function workspaceOption(project: string): Option {
  const option = new Option('--workspace <dir>', 'folder that holds candles, database and models').env(
    'REGIMEN_WORKSPACE',
  );
  return isInstalled(project)
    ? option.default(join(homedir(), 'regimen'), 'regimen in your home folder')
    : option.default(project, 'the project folder');
}

const isInstalled = (project: string) => project.split(sep).includes('node_modules');
