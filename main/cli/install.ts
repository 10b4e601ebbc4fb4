import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../engine/contract/errors.ts';
import {
  crontabFile,
  githubFile,
  type InstalledFile,
  type InstallKind,
  type Scheduled,
  systemdFiles,
  windowsFile,
  writtenFor,
} from './install/files.ts';
import type { CommandLine } from './install/quoting.ts';

/** The folder Regimen itself lies in, and in it the command line as a program of its own. */
const PROJECT_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const REGIMEN = join(PROJECT_FOLDER, 'main', 'launch', 'regimen.mjs');

/** What this machine has. */
export function kindHere(): InstallKind {
  if (process.platform === 'win32') return 'windows';
  return existsSync('/run/systemd/system') ? 'systemd' : 'crontab';
}

export function filesFor(kind: InstallKind, schedule: Scheduled): InstalledFile[] {
  const command: CommandLine = {
    program: process.execPath,
    args: [REGIMEN, 'schedule', 'run', schedule.name, '--due', '--workspace', schedule.workspace],
  };
  switch (kind) {
    case 'systemd':
      return systemdFiles(schedule, command);
    case 'crontab':
      return [crontabFile(schedule, command)];
    case 'windows':
      return [windowsFile(schedule, command)];
    case 'github':
      return [githubFile(schedule)];
  }
}

export function folderOf(kind: InstallKind): string {
  if (kind === 'systemd')
    return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'systemd', 'user');
  return resolve(kind === 'github' ? '.github/workflows' : '.');
}

/**
 * Writes files of a workspace, all or none, and returns where. One that something else wrote, or that is another workspace's, is replaced
 * with `force` only.
 * @throws EngineError `conflict`, `file-unreadable`
 */
export function writeFiles(
  folder: string,
  files: readonly InstalledFile[],
  { workspace, force }: { readonly workspace: string; readonly force: boolean },
): string[] {
  const targets = files.map((file) => ({ ...file, path: join(folder, file.name) }));
  for (const { path, encoding } of force ? [] : targets) {
    const owner = existsSync(path) ? writtenFor(readFileSync(path, encoding)) : workspace;
    if (owner === workspace) continue;
    throw new EngineError(
      'conflict',
      owner === undefined
        ? `${path} is there already, and was not written by this command. Move it away, or replace it with --force.`
        : `${path} is of the schedule of the same name in ${owner}. Make one here under another name (\`schedule set NAME\`), or replace it with --force.`,
    );
  }
  try {
    mkdirSync(folder, { recursive: true });
    for (const { path, text, encoding } of targets) {
      writeFileSync(path, encoding === 'utf16le' ? `\uFEFF${text.replaceAll('\n', '\r\n')}` : text, encoding);
    }
  } catch (error) {
    throw new EngineError(
      'file-unreadable',
      `The files can't be written to ${folder}: ${(error as Error).message}. Name another folder with --out.`,
      {},
      error,
    );
  }
  return targets.map(({ path }) => path);
}
