import { join } from 'node:path';
import { EngineError } from '../contract/errors.ts';

/** Most bytes of a name that file systems take. */
const LONGEST_NAME = 255;
/** What Windows opens as a device in any folder, whatever extension follows. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const SEPARATOR_OR_CONTROL = /[\u0000-\u001f\u007f/\\:]/;

/**
 * Whether a name is that of a file directly in a folder on every system: without separators and colons (drives, streams),
 * control characters and ends that Windows drops, neither `.` nor `..` nor a device.
 */
export function isPlainName(name: string): boolean {
  return (
    name !== '' &&
    !SEPARATOR_OR_CONTROL.test(name) &&
    !/[. ]$/.test(name) &&
    !DEVICE.test(name) &&
    name.isWellFormed() &&
    Buffer.byteLength(name) <= LONGEST_NAME
  );
}

/**
 * The path of a file that the database names in one of the workspace's folders: to be asked whenever such a name is used.
 * @throws EngineError `store-damaged` for a name that could lead anywhere else
 */
export function namedFile(folder: string, name: string): string {
  if (isPlainName(name)) return join(folder, name);
  const shown = JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}...` : name);
  throw new EngineError(
    'store-damaged',
    `The database names the file ${shown}, and no file of ${folder} can be called that. Nothing was read or deleted there. Restore a backup.`,
    { folder, name: name.slice(0, 1000) },
  );
}
