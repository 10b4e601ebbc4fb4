import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import * as zip from './zip-format.ts';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  readonly compressedBytes: number;
  readonly method: number;
  readonly crc: number;
  readonly offset: number;
}

export interface ZipArchive {
  readonly entries: readonly ZipEntry[];
  /**
   * Hands an entry's content on, piece by piece. Rejects if it is longer or shorter than the directory says, or does not
   * match its CRC-32; by then pieces were handed on.
   */
  read(entry: ZipEntry, take: (chunk: Buffer) => void): Promise<void>;
  close(): void;
}

/** Of a directory entry at least the header and a name of one letter. */
const MOST_ENTRIES = 10_000_000;

/**
 * Opens an archive by its directory, as `createZipWriter` writes it (64-bit fields throughout, no comment). Any other, and
 * any inconsistency, is an Error that says what is wrong.
 */
export function openZip(path: string): ZipArchive {
  const file = openSync(path, 'r');
  try {
    const entries = readDirectory(file);
    return {
      entries,
      read: (entry, take) => readEntry(path, file, entry, take),
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function bytesAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (position < 0 || readSync(file, bytes, 0, length, position) !== length) throw new Error('it is cut off');
  return bytes;
}

function whole(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error('it has an impossible size');
  return Number(value);
}

function readDirectory(file: number): ZipEntry[] {
  const tailBytes = zip.END64_LOCATOR_BYTES + zip.END_RECORD_BYTES;
  const tailAt = fstatSync(file).size - tailBytes;
  const tail = bytesAt(file, tailAt, tailBytes);
  const endsHere =
    tail.readUInt32LE(0) === zip.END64_LOCATOR &&
    tail.readUInt32LE(zip.END64_LOCATOR_BYTES) === zip.END_RECORD;
  if (!endsHere) throw new Error('it does not end as a backup does');
  const endAt = whole(tail.readBigUInt64LE(8));
  const end = bytesAt(file, endAt, zip.END64_RECORD_BYTES);
  if (end.readUInt32LE(0) !== zip.END64_RECORD) throw new Error('its directory is not where it should be');
  const count = whole(end.readBigUInt64LE(32));
  const size = whole(end.readBigUInt64LE(40));
  const from = whole(end.readBigUInt64LE(48));
  if (count > MOST_ENTRIES || from + size !== endAt || endAt + zip.END64_RECORD_BYTES !== tailAt) {
    throw new Error('its directory has an impossible size');
  }
  const directory = bytesAt(file, from, size);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < size) {
    const { entry, next } = readCentralHeader(directory, at);
    entries.push(entry);
    at = next;
  }
  if (entries.length !== count)
    throw new Error(`its directory has ${entries.length} entries instead of ${count}`);
  return entries;
}

function readCentralHeader(directory: Buffer, at: number): { entry: ZipEntry; next: number } {
  const nameAt = at + zip.CENTRAL_HEADER_BYTES;
  if (nameAt > directory.length || directory.readUInt32LE(at) !== zip.CENTRAL_HEADER) {
    throw new Error('its directory can not be read');
  }
  const extraAt = nameAt + directory.readUInt16LE(at + 28);
  const extraBytes = directory.readUInt16LE(at + 30);
  const next = extraAt + extraBytes + directory.readUInt16LE(at + 32);
  const isZip64 =
    extraBytes === 28 && next <= directory.length && directory.readUInt16LE(extraAt) === zip.ZIP64_FIELD;
  if (!isZip64) throw new Error('its directory can not be read');
  const method = directory.readUInt16LE(at + 10);
  if (
    (directory.readUInt16LE(at + 8) & zip.ENCRYPTED_FLAG) !== 0 ||
    ![zip.STORED, zip.DEFLATED].includes(method)
  ) {
    throw new Error('an entry is encrypted or compressed in an unknown way');
  }
  return {
    entry: {
      name: directory.toString('utf8', nameAt, extraAt),
      bytes: whole(directory.readBigUInt64LE(extraAt + 4)),
      compressedBytes: whole(directory.readBigUInt64LE(extraAt + 12)),
      method,
      crc: directory.readUInt32LE(at + 16),
      offset: whole(directory.readBigUInt64LE(extraAt + 20)),
    },
    next,
  };
}

async function readEntry(
  path: string,
  file: number,
  entry: ZipEntry,
  take: (chunk: Buffer) => void,
): Promise<void> {
  const head = bytesAt(file, entry.offset, zip.LOCAL_HEADER_BYTES);
  if (head.readUInt32LE(0) !== zip.LOCAL_HEADER) throw new Error(`"${entry.name}" is not where it should be`);
  const start = entry.offset + zip.LOCAL_HEADER_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
  let bytes = 0;
  let crc = 0;
  const check = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > entry.bytes) throw new Error(`"${entry.name}" is longer than the directory says`);
      crc = crc32(chunk, crc);
      take(chunk);
    }
  };
  if (entry.compressedBytes > 0) {
    const source = createReadStream(path, { start, end: start + entry.compressedBytes - 1 });
    if (entry.method === zip.DEFLATED) await pipeline(source, createInflateRaw(), check);
    else await pipeline(source, check);
  }
  if (bytes !== entry.bytes || crc !== entry.crc)
    throw new Error(`"${entry.name}" does not match its checksum`);
}
