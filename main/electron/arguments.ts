import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLink } from './deep-link.ts';

export interface DesktopArguments {
  readonly workspace: string;
  /** A grid file that was opened with Regimen. */
  readonly gridFile?: string;
  /** A `regimen:` link, as it was followed. */
  readonly link?: string;
}

const GRID_FILE = /\.ya?ml$/i;

/**
 * Reads the command line: `[--workspace <dir>] [GRID.yaml | LINK]`. Desktops of Linux name a file by its `file:` address. Electron puts switches of
 * its own among the arguments, so that unknown ones are passed over.
 */
export function readArguments(
  argv: readonly string[],
  folder: string,
  defaultWorkspace: string,
): DesktopArguments {
  let workspace = defaultWorkspace;
  let gridFile: string | undefined;
  let link: string | undefined;
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]!;
    if (argument === '--workspace' && i + 1 < argv.length) workspace = resolve(folder, argv[++i]!);
    else if (argument.startsWith('--workspace='))
      workspace = resolve(folder, argument.slice('--workspace='.length));
    else if (isLink(argument)) link = argument;
    else if (!argument.startsWith('-') && GRID_FILE.test(argument)) gridFile = pathOf(argument, folder);
  }
  return {
    workspace,
    ...(gridFile !== undefined && { gridFile }),
    ...(link !== undefined && { link }),
  };
}

/** Undefined: an address of another machine. */
function pathOf(argument: string, folder: string): string | undefined {
  if (!/^[a-z][a-z+.-]+:\/\//i.test(argument)) return resolve(folder, argument);
  try {
    return fileURLToPath(argument);
  } catch {
    return undefined;
  }
}
