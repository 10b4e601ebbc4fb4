import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { AtomicFile } from './atomic-write.ts';
import * as zip from './zip-format.ts';

export interface ZipWriter {
  /** Adds the content of a file or an open one, piece by piece, and says what went in: its size and SHA-256 in hex. */
  addFile(name: string, from: string | number, compress: boolean): Promise<{ bytes: number; sha256: string }>;
  addBytes(name: string, bytes: Uint8Array): Promise<void>;
  /** Writes the directory; nothing may be added after that. */
  finish(): void;
}

interface Entry {
  readonly name: Buffer;
  readonly method: number;
  readonly offset: number;
  crc: number;
  bytes: number;
  compressedBytes: number;
}

/**
 * Writes a ZIP archive that any tool can open; with 64-bit sizes, so that neither the archive nor its entries have an end
 * at 4 GB or 65,535. Entries carry no time: the same files give the same archive.
 */
export function createZipWriter(file: AtomicFile): ZipWriter {
  const entries: Entry[] = [];
  let length = 0;

  function write(bytes: Uint8Array): void {
    file.write(bytes);
    length += bytes.length;
  }

  /** `open` is called once the header is written: a stream that nobody reads would fail unheard. */
  async function add(name: string, open: () => Readable, compress: boolean) {
    const entry: Entry = {
      name: Buffer.from(name),
      method: compress ? zip.DEFLATED : zip.STORED,
      offset: length,
      crc: 0,
      bytes: 0,
      compressedBytes: 0,
    };
    const sha = createHash('sha256');
    write(localHeader(entry));
    const dataAt = length;
    const measure = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        sha.update(chunk);
        entry.crc = crc32(chunk, entry.crc);
        entry.bytes += chunk.length;
        yield chunk;
      }
    };
    const store = async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) write(chunk);
    };
    if (compress) await pipeline(open(), measure, createDeflateRaw(), store);
    else await pipeline(open(), measure, store);
    entry.compressedBytes = length - dataAt;
    file.writeAt(entry.offset, localHeader(entry));
    entries.push(entry);
    return { bytes: entry.bytes, sha256: sha.digest('hex') };
  }

  return {
    addFile: (name, from, compress) => add(name, () => contentOf(from), compress),
    async addBytes(name, bytes) {
      await add(name, () => Readable.from([Buffer.from(bytes)]), true);
    },
    finish() {
      const from = length;
      for (const entry of entries) write(centralHeader(entry));
      write(endRecords(entries.length, from, length - from));
    },
  };
}

function contentOf(from: string | number): Readable {
  return typeof from === 'string'
    ? createReadStream(from)
    : createReadStream('', { fd: from, autoClose: false, start: 0 });
}

/** What both headers say of an entry, from the version on. */
function common({ method, crc }: Entry): Buffer {
  const bytes = Buffer.alloc(16);
  // Version 4.5 knows 64-bit sizes.
  bytes.writeUInt16LE(45, 0);
  bytes.writeUInt16LE(zip.UTF8_FLAG, 2);
  bytes.writeUInt16LE(method, 4);
  // No time, and the first day that the format knows: 1 January 1980.
  bytes.writeUInt16LE((1 << 5) | 1, 8);
  bytes.writeUInt32LE(crc, 10);
  return bytes.subarray(0, 14);
}

function uint64s(...values: number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, i) => {
    bytes.writeBigUInt64LE(BigInt(value), 8 * i);
  });
  return bytes;
}

function extraField(values: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(zip.ZIP64_FIELD, 0);
  head.writeUInt16LE(values.length, 2);
  return Buffer.concat([head, values]);
}

function localHeader(entry: Entry): Buffer {
  const extra = extraField(uint64s(entry.bytes, entry.compressedBytes));
  const head = Buffer.alloc(zip.LOCAL_HEADER_BYTES);
  head.writeUInt32LE(zip.LOCAL_HEADER, 0);
  common(entry).copy(head, 4);
  head.writeUInt32LE(zip.IN_ZIP64, 18);
  head.writeUInt32LE(zip.IN_ZIP64, 22);
  head.writeUInt16LE(entry.name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, entry.name, extra]);
}

function centralHeader(entry: Entry): Buffer {
  const extra = extraField(uint64s(entry.bytes, entry.compressedBytes, entry.offset));
  const head = Buffer.alloc(zip.CENTRAL_HEADER_BYTES);
  head.writeUInt32LE(zip.CENTRAL_HEADER, 0);
  head.writeUInt16LE(45, 4);
  common(entry).copy(head, 6);
  head.writeUInt32LE(zip.IN_ZIP64, 20);
  head.writeUInt32LE(zip.IN_ZIP64, 24);
  head.writeUInt16LE(entry.name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(zip.IN_ZIP64, 42);
  return Buffer.concat([head, entry.name, extra]);
}

function endRecords(count: number, directoryAt: number, directoryBytes: number): Buffer {
  const end64 = Buffer.alloc(zip.END64_RECORD_BYTES);
  end64.writeUInt32LE(zip.END64_RECORD, 0);
  end64.writeBigUInt64LE(BigInt(zip.END64_RECORD_BYTES - 12), 4);
  end64.writeUInt16LE(45, 12);
  end64.writeUInt16LE(45, 14);
  uint64s(count, count, directoryBytes, directoryAt).copy(end64, 24);
  const locator = Buffer.alloc(zip.END64_LOCATOR_BYTES);
  locator.writeUInt32LE(zip.END64_LOCATOR, 0);
  locator.writeBigUInt64LE(BigInt(directoryAt + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(zip.END_RECORD_BYTES);
  end.writeUInt32LE(zip.END_RECORD, 0);
  end.writeUInt16LE(zip.IN_ZIP64_SHORT, 8);
  end.writeUInt16LE(zip.IN_ZIP64_SHORT, 10);
  end.writeUInt32LE(zip.IN_ZIP64, 12);
  end.writeUInt32LE(zip.IN_ZIP64, 16);
  return Buffer.concat([end64, locator, end]);
}
