import { closeSync, readSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type FileKind, openUserFile } from './user-file.ts';
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
   * An entry's content, piece by piece; never more than the directory says. The last piece is followed by an Error if the
   * content is shorter than that or does not match its CRC-32.
   */
  content(entry: ZipEntry): AsyncGenerator<Buffer>;
  close(): void;
}

/** Of a directory entry at least the header. */
const MOST_ENTRIES = 10_000_000;

/**
 * Opens an archive by its directory: any that begins with its first entry and ends with its directory, as all that make
 * archives write it. Every inconsistency is an Error that says what is wrong.
 * @throws EngineError as `openUserFile`
 */
export function openZip(path: string, kind: FileKind): ZipArchive {
  const { descriptor, size } = openUserFile(path, kind);
  try {
    const entries = readDirectory(descriptor, size);
    return {
      entries,
      content: (entry) => readContent(descriptor, entry),
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
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

interface Directory {
  readonly count: number;
  readonly from: number;
  readonly size: number;
  /** Where the record that says so stands: right behind the directory. */
  readonly end: number;
}

function findDirectory(file: number, fileSize: number): Directory {
  const length = Math.min(fileSize, zip.END_RECORD_BYTES + zip.LONGEST_COMMENT);
  const tail = bytesAt(file, fileSize - length, length);
  let at = length - zip.END_RECORD_BYTES;
  // The record's last field is the length of the comment behind it, which ends the file.
  while (at >= 0 && !isEndRecord(tail, at)) at--;
  if (at < 0) throw new Error('it does not end as a ZIP archive does');
  const end = fileSize - length + at;
  const locatorAt = at - zip.END64_LOCATOR_BYTES;
  if (locatorAt >= 0 && tail.readUInt32LE(locatorAt) === zip.END64_LOCATOR) {
    return find64(file, whole(tail.readBigUInt64LE(locatorAt + 8)), end - zip.END64_LOCATOR_BYTES);
  }
  return {
    count: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    from: tail.readUInt32LE(at + 16),
    end,
  };
}

function isEndRecord(tail: Buffer, at: number): boolean {
  return (
    tail.readUInt32LE(at) === zip.END_RECORD &&
    tail.readUInt16LE(at + 20) === tail.length - at - zip.END_RECORD_BYTES
  );
}

function find64(file: number, at: number, locatorAt: number): Directory {
  const end = bytesAt(file, at, zip.END64_RECORD_BYTES);
  if (end.readUInt32LE(0) !== zip.END64_RECORD) throw new Error('its directory is not where it should be');
  if (at + zip.END64_RECORD_BYTES !== locatorAt) throw new Error('its directory has an impossible size');
  return {
    count: whole(end.readBigUInt64LE(32)),
    size: whole(end.readBigUInt64LE(40)),
    from: whole(end.readBigUInt64LE(48)),
    end: at,
  };
}

function readDirectory(file: number, fileSize: number): ZipEntry[] {
  const { count, from, size, end } = findDirectory(file, fileSize);
  if (count > MOST_ENTRIES || from + size !== end) throw new Error('its directory has an impossible size');
  const directory = bytesAt(file, from, size);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < size) {
    const { entry, next } = readCentralHeader(directory, at);
    if (entry.offset + entry.compressedBytes > from) throw new Error('its directory has an impossible size');
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
  const extraEnd = extraAt + directory.readUInt16LE(at + 30);
  const next = extraEnd + directory.readUInt16LE(at + 32);
  if (next > directory.length) throw new Error('its directory can not be read');
  const method = directory.readUInt16LE(at + 10);
  if (
    (directory.readUInt16LE(at + 8) & zip.ENCRYPTED_FLAG) !== 0 ||
    ![zip.STORED, zip.DEFLATED].includes(method)
  ) {
    throw new Error('an entry is encrypted or compressed in an unknown way');
  }
  // The 64-bit field holds those values, in this order, for which the 32 bits are too few.
  const wide = wideValues(directory.subarray(extraAt, extraEnd));
  const value = (place: number): number => {
    const narrow = directory.readUInt32LE(at + place);
    if (narrow !== zip.IN_ZIP64) return narrow;
    const [next] = wide.splice(0, 1);
    if (next === undefined) throw new Error('its directory can not be read');
    return next;
  };
  const bytes = value(24);
  const compressedBytes = value(20);
  const entry = {
    name: directory.toString('utf8', nameAt, extraAt),
    bytes,
    compressedBytes,
    method,
    crc: directory.readUInt32LE(at + 16),
    offset: value(42),
  };
  return { entry, next };
}

function wideValues(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; ) {
    const from = at + 4;
    const end = from + extra.readUInt16LE(at + 2);
    if (end > extra.length) break;
    if (extra.readUInt16LE(at) === zip.ZIP64_FIELD) {
      const values: number[] = [];
      for (let i = from; i + 8 <= end; i += 8) values.push(whole(extra.readBigUInt64LE(i)));
      return values;
    }
    at = end;
  }
  return [];
}

const PIECE_BYTES = 65_536;

/** Not a stream of the file: that would close the archive's descriptor with the first entry that is not read to its end. */
function* piecesOf(file: number, start: number, length: number): Generator<Buffer> {
  for (let at = 0; at < length; at += PIECE_BYTES) {
    yield bytesAt(file, start + at, Math.min(PIECE_BYTES, length - at));
  }
}

async function* readContent(file: number, entry: ZipEntry): AsyncGenerator<Buffer> {
  const head = bytesAt(file, entry.offset, zip.LOCAL_HEADER_BYTES);
  if (head.readUInt32LE(0) !== zip.LOCAL_HEADER) throw new Error(`"${entry.name}" is not where it should be`);
  const start = entry.offset + zip.LOCAL_HEADER_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
  let bytes = 0;
  let crc = 0;
  if (entry.compressedBytes > 0) {
    const source = Readable.from(piecesOf(file, start, entry.compressedBytes));
    // An error of either ends the loop below; the callback is only there to be told of it.
    const chunks: AsyncIterable<Buffer> =
      entry.method === zip.DEFLATED ? pipeline(source, createInflateRaw(), () => undefined) : source;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > entry.bytes) throw new Error(`"${entry.name}" is longer than the directory says`);
      crc = crc32(chunk, crc);
      yield chunk;
    }
  }
  if (bytes !== entry.bytes || crc !== entry.crc)
    throw new Error(`"${entry.name}" does not match its checksum`);
}
