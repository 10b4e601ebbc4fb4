import { closeSync, fstatSync, fsync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { EngineError } from '../contract/errors.ts';
import { writeError } from '../files/atomic-write.ts';

/** A file that grows at its end: nothing before that is touched. */
export interface Append {
  /** @throws EngineError `disk-full`, `file-unreadable`; `conflict` if another process wrote meanwhile */
  write(bytes: Uint8Array): void;
  /** Resolves once all of it is on disk. Throws as `write`. */
  sync(): Promise<void>;
  /** Takes back what was written, as far as the file still ends with it. */
  cutBack(): void;
  /** Where the file ends by now. */
  end(): number;
  close(): void;
}

/**
 * Opens a file to be written to after `end`; what stands there, since a writer was killed, is cut off. `mark`: of `markOf`, when it
 * was read. Throws as `write`.
 */
export function openAppend({
  path,
  end: begin,
  mark,
}: {
  readonly path: string;
  readonly end: number;
  readonly mark: string;
}): Append {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw error instanceof EngineError ? error : writeError(path, error);
    }
  };
  const file = guarded(() => openSync(path, 'r+'));
  let end = begin;
  const assertOurs = (isOurs: boolean) => {
    if (!isOurs) throw new EngineError('conflict', `another process writes ${path}.`, { file: path });
  };
  try {
    guarded(() => {
      assertOurs(markOf(path) === mark);
      if (fstatSync(file).size > end) ftruncateSync(file, end);
    });
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return {
    write: (bytes) =>
      guarded(() => {
        assertOurs(fstatSync(file).size === end);
        for (let at = 0; at < bytes.length; ) {
          const count = writeSync(file, bytes, at, bytes.length - at, end);
          at += count;
          end += count;
        }
      }),
    async sync() {
      await promisify(fsync)(file).catch((error) => {
        throw writeError(path, error);
      });
    },
    cutBack() {
      try {
        if (fstatSync(file).size === end) ftruncateSync(file, begin);
      } catch {
        // What stands there is no whole block: it is left out by readers and cut off by the next writer.
      }
    },
    end: () => end,
    close: () => closeSync(file),
  };
}

/** Tells which file has a name, and when it was written to last. */
export function markOf(path: string): string {
  const { ino, size, mtimeMs } = statSync(path);
  return `${ino} ${size} ${mtimeMs}`;
}
