import { isAbsolute, relative, sep } from 'node:path';
import { FIRST_RELEASE_ARTIFACTS } from '../artifacts/place.ts';
import { MODELS } from '../artifacts/version-files.ts';
import { VERIFIED } from '../backup/manifest.ts';
import { STAGING } from '../backup/switch.ts';
import { realPath } from '../files/output-file.ts';
import { LAST_LOOK } from '../overview/last-look.ts';

/** Logs that were put right, and what they were, included. */
const DATABASE = /^regimen\.db(-\w+(\.[\w-]+)?)?$/;
const FILES = ['config.yaml', VERIFIED, LAST_LOOK];
const FOLDERS = [
  'candles',
  FIRST_RELEASE_ARTIFACTS,
  MODELS,
  'checkpoints',
  'logs',
  'uploads',
  STAGING,
  '.regimen',
];
const REPLACED = /^replaced-\d/;

/**
 * Whether only the program writes to a path (every link in it followed): what it keeps in the workspace, in whatever spelling, since
 * some file systems tell no capitals. `folders` are those that it keeps elsewhere.
 */
export function isOwnFile(workspace: string, folders: readonly string[], path: string): boolean {
  const [top, ...below] = partsWithin(workspace, path);
  if (folders.some((folder) => isWithin(folder, path))) return true;
  if (top === undefined) return false;
  if (below.length === 0 && (DATABASE.test(top) || FILES.includes(top))) return true;
  return FOLDERS.includes(top) || REPLACED.test(top);
}

function isWithin(folder: string, path: string): boolean {
  return partsWithin(folder, path).length > 0;
}

/** The names from a folder to a path in it; none if it is elsewhere. */
function partsWithin(folder: string, path: string): string[] {
  const way = relative(realPath(folder).toLowerCase(), path.toLowerCase());
  return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? [] : way.split(sep);
}
