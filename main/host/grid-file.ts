import { closeSync, openSync, readSync } from 'node:fs';
import { EngineError } from '../../engine/contract/errors.ts';
import { YAML_BYTES } from '../../engine/contract/grid.ts';

/**
 * The text of a GRID.yaml, as far as one is ever read: whoever reads it refuses what is longer.
 * @throws EngineError `file-unreadable`
 */
export function readGridFile(file: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    // One byte more than allowed is enough to be refused.
    const buffer = Buffer.alloc(YAML_BYTES + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
    }
    return buffer.toString('utf8', 0, length);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' }[String(code)] ?? message;
    throw new EngineError('file-unreadable', `The grid ${file} can't be read: ${reason}.`, { file }, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
