import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { EngineError } from '../contract/errors.ts';

/** What a user may hand in, and the most bytes that are read of it. */
export interface FileKind {
  /** As messages call it. */
  readonly what: string;
  readonly maxBytes: number;
}

const MB = 1024 ** 2;

/** One line per kind of file that comes from outside: nothing is read that was not measured by this table. */
export const FILE_KINDS = {
  /** In UTF-16 a text takes twice the bytes; `readYaml` measures the text itself. */
  yaml: { what: 'a grid or configuration', maxBytes: MB },
  marketData: { what: 'a market data file', maxBytes: 2048 * MB },
  model: { what: 'a model in JSON', maxBytes: 128 * MB },
  backup: { what: 'a backup', maxBytes: 1024 * 1024 * MB },
  bundle: { what: 'a run bundle', maxBytes: 2048 * MB },
  checkpoint: { what: 'a checkpoint', maxBytes: 16 * 1024 * MB },
} as const satisfies Readonly<Record<string, FileKind>>;

export interface OpenUserFile {
  readonly descriptor: number;
  /** In bytes, when it was opened. */
  readonly size: number;
}

/**
 * Opens a file of the user for reading: the one way to do so. A pipe, device or socket is refused without being waited for, and a
 * file that is too large before anything is read. The caller closes the descriptor.
 * @throws EngineError `file-unreadable`
 */
export function openUserFile(path: string, kind: FileKind): OpenUserFile {
  let descriptor: number | undefined;
  try {
    assertMeasured(path, statSync(path), kind);
    // What was looked at may have been swapped for a pipe since: opened like this it keeps nobody waiting.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(descriptor);
    assertMeasured(path, stats, kind);
    return { descriptor, size: stats.size };
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    throw error instanceof EngineError ? error : unreadable(path, error);
  }
}

/** All bytes of a file of the user; of one that grows meanwhile, those it had. Throws as `openUserFile`. */
export function readUserFile(path: string, kind: FileKind): Uint8Array {
  const { descriptor, size } = openUserFile(path, kind);
  try {
    const bytes = new Uint8Array(size);
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read) {
      read = readSync(descriptor, bytes, length, size - length, length);
    }
    return bytes.subarray(0, length);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    closeSync(descriptor);
  }
}

function assertMeasured(path: string, stats: Stats, { what, maxBytes }: FileKind): void {
  if (!stats.isFile()) {
    throw new EngineError('file-unreadable', `${path} is ${kindOf(stats)}, not a file. Name ${what}.`, {
      file: path,
    });
  }
  if (stats.size <= maxBytes) return;
  throw new EngineError(
    'file-unreadable',
    `${path} has ${sizeText(stats.size)}; ${what} may have ${sizeText(maxBytes)}. Is it the right file?`,
    { file: path },
  );
}

/** What a path that is no regular file leads to. */
export function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

function sizeText(bytes: number): string {
  const mb = bytes / MB;
  return mb >= 1024 ? `${Number((mb / 1024).toFixed(1))} GB` : `${Number(mb.toFixed(1))} MB`;
}

function unreadable(path: string, error: unknown): EngineError {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Readonly<Record<string, string>> = {
    ENOENT: `There is no file ${path}. Check the path.`,
    ENOTDIR: `There is no file ${path}. Check the path.`,
    EACCES: `${path} can't be read: you have no permission for it.`,
    ENAMETOOLONG: 'There is no file of so long a name. Check the path.',
    ELOOP: `${path} is a link that leads to itself.`,
    ERR_INVALID_ARG_VALUE: 'There is no file of such a name. Check the path.',
  };
  const text = words[String(code)] ?? `${path} can't be read: ${message}.`;
  return new EngineError('file-unreadable', text, { file: path }, error);
}
