import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { MenuCommand } from '../../engine/contract/bridge.ts';
import { EngineError } from '../../engine/contract/errors.ts';

/** No grid is longer; whatever is, was opened by mistake. */
const MAX_BYTES = 1024 * 1024;

/** Reads a GRID.yaml that the user opened. Throws `file-unreadable`. */
export async function openGridCommand(file: string): Promise<MenuCommand> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_BYTES) return { type: 'open-grid', file, text: await readFile(file, 'utf8') };
  } catch (error) {
    throw new EngineError('file-unreadable', `${file} can't be read.`, { file }, error);
  }
  throw new EngineError(
    'file-unreadable',
    `${basename(file)} is too long for a grid file (${MAX_BYTES} bytes).`,
    { file },
  );
}
