import { readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EngineError } from '../../contract/errors.ts';
import { FILE_KINDS } from '../../files/user-file.ts';
import type { MarketSource } from './source.ts';

/** RFC 1952: a member begins with 1f 8b and the method, of which there is one: 8, deflate. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/**
 * The content of a gzip file, be it of several members, unpacked while it is read: never more of it in memory than a piece.
 * Throws `data-invalid` where it is empty, damaged, truncated or larger than a market data file may be.
 *
 * @param packed bytes of the file
 * @param headBytes how many unpacked bytes the head has, if there are so many
 */
export async function gzipSource(
  path: string,
  descriptor: number,
  packed: number,
  headBytes: number,
  close: () => Promise<void>,
): Promise<MarketSource> {
  const pieces = () => unpacked(path, descriptor);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces()) {
    parts.push(piece);
    length += piece.length;
    if (length >= headBytes) break;
  }
  const whole = length < headBytes;
  const head = new Uint8Array(Buffer.concat(parts, Math.min(length, headBytes)));
  // The trailer has the size of the last member, modulo 2^32: good enough to tell how far a reader is.
  const size = whole ? length : Math.max(length + 1, lastSize(descriptor, packed));
  return { file: path, size, head, pieces, close };
}

function lastSize(descriptor: number, packed: number): number {
  const trailer = new DataView(new ArrayBuffer(4));
  readSync(descriptor, new Uint8Array(trailer.buffer), 0, 4, packed - 4);
  return trailer.getUint32(0, true);
}

const PACKED_PIECE_BYTES = 256 * 1024;

/** Each piece in memory of its own: the stream may still hold it when the next one is read. */
function* packedPieces(descriptor: number): Generator<Uint8Array> {
  let position = 0;
  for (;;) {
    const piece = new Uint8Array(PACKED_PIECE_BYTES);
    const bytesRead = readSync(descriptor, piece, 0, piece.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

async function* unpacked(path: string, descriptor: number): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const file = Readable.from(packedPieces(descriptor), { objectMode: false });
  file.on('error', (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  let length = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > FILE_KINDS.marketData.maxBytes) throw tooLarge(path);
      yield piece;
    }
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(
      'data-invalid',
      `${path} is a damaged or truncated gzip file (${(error as Error).message}). Download it again.`,
      { file: path },
      error,
    );
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

function tooLarge(path: string): EngineError {
  return new EngineError(
    'data-invalid',
    `${path} unpacks to more than the 2 GB a market data file may have. Export fewer years.`,
    { file: path },
  );
}
