import { resolve } from 'node:path';

export interface DesktopArguments {
  readonly workspace: string;
  /** A grid file that was opened with Regimen. */
  readonly gridFile?: string;
}

const GRID_FILE = /\.ya?ml$/i;

/**
 * Reads the command line: `[--workspace <dir>] [GRID.yaml]`. Electron puts switches of its own among the arguments, so
 * that unknown ones are passed over.
 */
export function readArguments(
  argv: readonly string[],
  folder: string,
  defaultWorkspace: string,
): DesktopArguments {
  let workspace = defaultWorkspace;
  let gridFile: string | undefined;
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]!;
    if (argument === '--workspace' && i + 1 < argv.length) workspace = resolve(folder, argv[++i]!);
    else if (argument.startsWith('--workspace='))
      workspace = resolve(folder, argument.slice('--workspace='.length));
    else if (!argument.startsWith('-') && GRID_FILE.test(argument)) gridFile = resolve(folder, argument);
  }
  return gridFile === undefined ? { workspace } : { workspace, gridFile };
}
