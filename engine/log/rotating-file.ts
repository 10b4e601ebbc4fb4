import { closeSync, fstatSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder, PRIVATE_MODE } from '../files/atomic-write.ts';

/** Files kept besides the one being written: `name.1` is the newest of them. */
const OLD_FILES = 3;
/** A file stays open no longer, ms, however long the process is busy: another one may have numbered it meanwhile. */
const LONGEST_OPEN_MS = 50;

/** A destination for pino. */
export interface LineWriter {
  /** Appends a line, its line end included. Never throws: a log must not stop the work it tells of. */
  write(line: string): void;
}

interface OpenFile {
  readonly handle: number;
  /** Of a clock that does not go back, ms. */
  readonly since: number;
}

/**
 * Appends lines to a file that is closed and numbered before it would grow beyond `maxBytes`. Every line is with the
 * operating system when `write` returns, so no exit or kill of the process loses one. Lines that come in one turn of the event loop
 * share an open file: it is closed with the turn, so that processes that share it see each other's rotations, and that Windows lets its
 * folder be moved; what such a process numbers within the turn has the lines of it that were on their way (Node opens files so that
 * Windows lets others rename and remove them, too). What could not be written, on a full disk say, is counted and said with the next line
 * that can be.
 */
export function createRotatingFile(path: string, maxBytes: number): LineWriter {
  let lost = 0;
  let file: OpenFile | undefined;

  function close(): void {
    if (file === undefined) return;
    const { handle } = file;
    file = undefined;
    closeSync(handle);
  }

  /** Appended to whatever has the name now, of this size. */
  function openNow(): OpenFile {
    file = { handle: openSync(path, 'a', PRIVATE_MODE), since: performance.now() };
    setImmediate(close).unref();
    return file;
  }

  /** The open file, where it is still to be used and has room for so many bytes. */
  function withRoom(bytes: number): OpenFile | undefined {
    if (file === undefined) return undefined;
    if (performance.now() - file.since < LONGEST_OPEN_MS && fstatSync(file.handle).size + bytes <= maxBytes) {
      return file;
    }
    close();
    return undefined;
  }

  function append(text: string): void {
    const bytes = Buffer.from(text);
    let open = withRoom(bytes.length);
    if (open === undefined) {
      const size = sizeOf(path);
      if (size > 0 && size + bytes.length > maxBytes) rotate(path);
      if (size === 0) makePrivateFolder(dirname(path));
      open = openNow();
    }
    for (let at = 0; at < bytes.length; ) at += writeSync(open.handle, bytes, at);
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
