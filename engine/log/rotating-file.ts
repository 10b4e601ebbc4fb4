import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder, PRIVATE_MODE } from '../files/atomic-write.ts';

/** Files kept besides the one being written: `name.1` is the newest of them. */
const OLD_FILES = 3;

/** A destination for pino. */
export interface LineWriter {
  /** Appends a line, its line end included. Never throws: a log must not stop the work it tells of. */
  write(line: string): void;
}

/**
 * Appends lines to a file that is closed and numbered before it would grow beyond `maxBytes`. Every line is with the
 * operating system when `write` returns, so no exit or kill of the process loses one; the file is opened for each, so
 * processes that share it see each other's rotations. What could not be written, on a full disk say, is counted and said
 * with the next line that can be.
 */
export function createRotatingFile(path: string, maxBytes: number): LineWriter {
  let lost = 0;

  function append(text: string): void {
    const size = sizeOf(path);
    if (size > 0 && size + Buffer.byteLength(text) > maxBytes) rotate(path);
    if (size === 0) makePrivateFolder(dirname(path));
    appendFileSync(path, text, { mode: PRIVATE_MODE });
  }

  return {
    write(line) {
      try {
        const notice =
          lost === 0 ? '' : `${JSON.stringify({ level: 'warn', lostLines: lost, msg: lostText(lost) })}\n`;
        append(notice + line);
        lost = 0;
      } catch {
        lost++;
      }
    },
  };
}

function lostText(lines: number): string {
  return `${lines} ${lines === 1 ? 'line' : 'lines'} before this could not be written.`;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function rotate(path: string): void {
  rmSync(`${path}.${OLD_FILES}`, { force: true });
  for (let n = OLD_FILES - 1; n >= 0; n--) {
    const from = n === 0 ? path : `${path}.${n}`;
    if (sizeOf(from) > 0) renameSync(from, `${path}.${n + 1}`);
  }
}
