import { type FileHandle, open } from 'node:fs/promises';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { EngineError } from '../contract/errors.ts';

/** The bytes of a market data file: of the file itself, or of the one table inside a zip. */
export interface MarketSource {
  /** As messages name it. */
  readonly file: string;
  /** In bytes, unpacked. */
  readonly size: number;
  /** The first bytes, enough to recognize a format; all of them if `size` is not larger. */
  readonly head: Uint8Array;
  /** Name of the file that was taken out of a zip. */
  readonly entry?: string;
  /** All bytes from the start, in pieces; a piece is only valid until the next one is asked for. */
  pieces(): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

const MAX_BYTES = 2 * 1024 ** 3;
const HEAD_BYTES = 256 * 1024;
const PIECE_BYTES = 1024 * 1024;

/**
 * Opens a market data file. Throws `file-unreadable` if there is none, `data-invalid` if it is empty, larger than 2 GB, or a
 * damaged zip or one without a single table in it.
 */
export async function openMarketSource(path: string): Promise<MarketSource> {
  const handle = await openFile(path);
  try {
    const { size } = await handle.stat();
    if (size === 0)
      throw new EngineError('data-invalid', `${path} is empty: there is nothing to import.`, { file: path });
    checkSize(path, size);
    const head = new Uint8Array(Math.min(size, HEAD_BYTES));
    await readFully(handle, head);
    if (isZip(head)) {
      const packed = new Uint8Array(size);
      await readFully(handle, packed);
      await handle.close();
      return memorySource(path, packed);
    }
    return { file: path, size, head, pieces: () => filePieces(handle), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    if ((await handle.stat()).isFile()) return handle;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing
      ? `There is no file ${path}. Check the path.`
      : `${path} can not be opened: ${(error as Error).message}.`;
    throw new EngineError('file-unreadable', message, { file: path }, error);
  }
  await handle.close();
  throw new EngineError('file-unreadable', `${path} is not a file. Name one market data file.`, {
    file: path,
  });
}

function checkSize(file: string, size: number): void {
  if (size <= MAX_BYTES) return;
  throw new EngineError(
    'data-invalid',
    `${file} has ${(size / 1024 ** 3).toFixed(1)} GB; a market data file may have 2 GB. Split it, or export fewer years.`,
    { file },
  );
}

async function readFully(handle: FileHandle, into: Uint8Array): Promise<void> {
  let at = 0;
  while (at < into.length) {
    const { bytesRead } = await handle.read(into, at, into.length - at, at);
    if (bytesRead === 0) return;
    at += bytesRead;
  }
}

async function* filePieces(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(PIECE_BYTES);
  let position = 0;
  for (;;) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/** A zip begins with a local file header `PK 3 4`, or with the end record `PK 5 6` if it holds nothing. */
function isZip(head: Uint8Array): boolean {
  const [p, k, a, b] = head;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

function memorySource(path: string, packed: Uint8Array): MarketSource {
  const { name, bytes } = unzipTable(path, packed);
  return {
    file: path,
    entry: name,
    size: bytes.length,
    head: bytes.subarray(0, HEAD_BYTES),
    async *pieces() {
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
    },
    close: async () => {},
  };
}

/** The one CSV of a zip; where it holds none, its one file of any name. */
function unzipTable(path: string, packed: Uint8Array): { name: string; bytes: Uint8Array } {
  const names: string[] = [];
  unzip(path, packed, ({ name }) => {
    if (!name.endsWith('/') && !name.startsWith('__MACOSX/')) names.push(name);
    return false;
  });
  const tables = names.filter((name) => /\.csv$/i.test(name));
  const candidates = tables.length > 0 ? tables : names;
  const [name] = candidates;
  if (name === undefined || candidates.length > 1) {
    const found =
      candidates.length === 0
        ? 'no file'
        : `${candidates.length} tables (${candidates.slice(0, 5).join(', ')})`;
    throw new EngineError(
      'data-invalid',
      `${path} holds ${found}; a zip must hold one CSV. Unpack it and import the files one by one.`,
      {
        file: path,
      },
    );
  }
  const bytes = unzip(path, packed, (info) => {
    if (info.name === name) checkSize(`${name} in ${path}`, info.originalSize);
    return info.name === name;
  })[name]!;
  if (bytes.length === 0) {
    throw new EngineError('data-invalid', `${name} in ${path} is empty: there is nothing to import.`, {
      file: path,
    });
  }
  return { name, bytes };
}

function unzip(path: string, packed: Uint8Array, filter: (file: UnzipFileInfo) => boolean) {
  try {
    return unzipSync(packed, { filter });
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(
      'data-invalid',
      `${path} is a damaged or truncated zip (${(error as Error).message}). Download it again.`,
      { file: path },
      error,
    );
  }
}
