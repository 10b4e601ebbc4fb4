import { closeSync, readSync } from 'node:fs';
import { EngineError } from '../../contract/errors.ts';
import { FILE_KINDS, openUserFile } from '../../files/user-file.ts';
import { openZip, type ZipArchive, type ZipEntry } from '../../files/zip-reader.ts';
import { gzipSource, isGzip } from './gzip-source.ts';
import { featherTable, isFeather } from './tables/feather-table.ts';
import { isJson, jsonTable } from './tables/json-table.ts';
import { isParquet, parquetTable } from './tables/parquet-table.ts';
import type { TableOrigin } from './tables/table-origin.ts';

/** The bytes of a market data file: of the file itself, of what a gzip file packs, or of the one table inside a zip. */
export interface MarketSource {
  /** As messages name it. */
  readonly file: string;
  /** In bytes, unpacked. */
  readonly size: number;
  /** The first bytes, enough to recognize a format; all of them if `size` is not larger. */
  readonly head: Uint8Array;
  /** Name of the file that was taken out of a zip. */
  readonly entry?: string;
  /** What the bytes were before they became the text of a table; undefined for what stands there as it is. */
  readonly origin?: TableOrigin;
  /** All bytes from the start, in pieces; a piece is only valid until the next one is asked for. */
  pieces(): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

const HEAD_BYTES = 256 * 1024;
const PIECE_BYTES = 1024 * 1024;

/**
 * Opens a market data file. Throws `file-unreadable` if there is none, or no regular file of up to 2 GB; `data-invalid` if
 * it is empty, a damaged zip, gzip, JSON, Parquet or Feather file, or a zip without a single table in it. What is damaged further on fails while
 * its pieces are read.
 */
export async function openMarketSource(path: string): Promise<MarketSource> {
  const source = await openBytes(path);
  try {
    const { head } = source;
    if (isParquet(head)) return await parquetTable(source, HEAD_BYTES);
    if (isFeather(head)) return await featherTable(source, HEAD_BYTES);
    return isJson(head) ? await jsonTable(source, HEAD_BYTES) : source;
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openBytes(path: string): Promise<MarketSource> {
  const { descriptor, size } = openUserFile(path, FILE_KINDS.marketData);
  try {
    if (size === 0) throw empty(path, path);
    const head = new Uint8Array(Math.min(size, HEAD_BYTES));
    readFully(descriptor, head);
    const close = async () => closeSync(descriptor);
    if (isGzip(head)) return await gunzippedSource(path, descriptor, size, close);
    if (!isZip(head)) {
      const pieces = () => filePieces(descriptor);
      return { file: path, size, head, pieces, close };
    }
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  closeSync(descriptor);
  return zipSource(path);
}

async function gunzippedSource(
  path: string,
  descriptor: number,
  packed: number,
  close: () => Promise<void>,
): Promise<MarketSource> {
  const source = await gzipSource(path, descriptor, packed, HEAD_BYTES, close);
  if (source.size === 0) throw empty(path, path);
  return source;
}

function readFully(descriptor: number, into: Uint8Array): void {
  let at = 0;
  while (at < into.length) {
    const bytesRead = readSync(descriptor, into, at, into.length - at, at);
    if (bytesRead === 0) return;
    at += bytesRead;
  }
}

async function* filePieces(descriptor: number): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(PIECE_BYTES);
  let position = 0;
  for (;;) {
    const bytesRead = readSync(descriptor, piece, 0, piece.length, position);
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

async function zipSource(path: string): Promise<MarketSource> {
  let archive: ZipArchive | undefined;
  try {
    archive = openZip(path, FILE_KINDS.marketData);
    const { content } = archive;
    const entry = tableOf(path, archive.entries);
    const head = await beginning(content(entry));
    const pieces = () => named(path, content(entry));
    return {
      file: path,
      entry: entry.name,
      size: entry.bytes,
      head,
      pieces,
      close: async () => archive?.close(),
    };
  } catch (error) {
    archive?.close();
    throw damagedZip(path, error);
  }
}

/** The one CSV of a zip; where it holds none, its one file of any name. */
function tableOf(path: string, entries: readonly ZipEntry[]): ZipEntry {
  const files = entries.filter(({ name }) => !name.endsWith('/') && !name.startsWith('__MACOSX/'));
  const tables = files.filter(({ name }) => /\.csv$/i.test(name));
  const candidates = tables.length > 0 ? tables : files;
  const [entry] = candidates;
  if (entry === undefined || candidates.length > 1) {
    const names = candidates.slice(0, 5).map(({ name }) => name);
    const found = candidates.length === 0 ? 'no file' : `${candidates.length} tables (${names.join(', ')})`;
    throw new EngineError(
      'data-invalid',
      `${path} holds ${found}; a zip must hold one CSV. Unpack it and import the files one by one.`,
      { file: path },
    );
  }
  if (entry.bytes === 0) throw empty(`${entry.name} in ${path}`, path);
  if (entry.bytes <= FILE_KINDS.marketData.maxBytes) return entry;
  throw new EngineError(
    'data-invalid',
    `${entry.name} in ${path} unpacks to more than the 2 GB a market data file may have. Export fewer years.`,
    { file: path },
  );
}

async function beginning(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (length >= HEAD_BYTES) break;
  }
  return new Uint8Array(Buffer.concat(parts, Math.min(length, HEAD_BYTES)));
}

/** The same pieces; what breaks them off gets a name. */
async function* named(path: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    throw damagedZip(path, error);
  }
}

function damagedZip(path: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError(
    'data-invalid',
    `${path} is a damaged or truncated zip (${(error as Error).message}). Download it again.`,
    { file: path },
    error,
  );
}

function empty(what: string, file: string): EngineError {
  return new EngineError('data-invalid', `${what} is empty: there is nothing to import.`, { file });
}
