import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { EngineError } from '../contract/errors.ts';
import {
  decodePiece,
  encodePiece,
  HEAD_BYTES,
  type Item,
  itemLength,
  type Kind,
  PIECE_BYTES,
  type PieceHead,
  readHead,
} from './pieces.ts';
import {
  CHUNK_BYTES,
  damaged,
  FORMAT,
  type OpenSource,
  openSource,
  readPrefix,
  TRAILER_BYTES,
  trailerOf,
  VERSION,
} from './source.ts';

/**
 * Versions 3 and 4 of a checkpoint file: it grows at its end, and no byte that was written changes any more. They differ in what a
 * run holds: since version 4 no table of all its strategies, but the digest of it.
 *
 *   {"format":"regimen-checkpoint","version":4,…,      the header, as it was when the file was begun
 *   block, block, …                                    one each time the queue is saved
 *
 * A block holds what is new since the one before: pieces (`pieces.ts`), the last of kind `saved` with what of the header is by now,
 * and a line `"checksum":"<SHA-256 in hex of all bytes of the file before this line>"}`. Of items with the same key the last holds.
 * What stands after the last such line was being written when its writer was killed: readers leave it out, and the next block
 * takes its place.
 */

/** More than there are in a file of the largest size: each block has at most a few that are small. */
const MOST_PIECES = 1 << 20;

/** Shorter pieces are written at once. */
const SMALL_BYTES = 64 << 10;

export interface Piece extends PieceHead {
  /** Of its body, in bytes from the file's beginning. */
  readonly at: number;
}

/** The blocks of a file that are as they were written. */
export interface Blocks {
  readonly path: string;
  /** The file's header with what its last block says. */
  readonly header: object;
  readonly pieces: readonly Piece[];
  /** Where the last one ends. */
  readonly end: number;
  /** Of all bytes up to there. */
  readonly hash: Hash;
  /** What is wrong after them; undefined where nothing is. */
  readonly damage?: string;
}

export interface KindItem {
  readonly kind: Kind;
  readonly item: Item;
}

/** The first line of a new file. */
export function encodePrefix(header: object): Buffer {
  return Buffer.from(`${JSON.stringify({ format: FORMAT, version: VERSION, ...header }).slice(0, -1)},\n`);
}

/**
 * Bytes of a block, in pieces of about a megabyte; `hash`, of all bytes before it, goes on over them. `saved`: what of the header
 * is by now, key by key. Pieces are as few as the order of kinds allows.
 */
export function* encodeBlock(hash: Hash, entries: Iterable<KindItem>, saved: object): Generator<Buffer> {
  let kind: Kind = 'saved';
  let items: Item[] = [];
  let size = 0;
  function take(): readonly Buffer[] {
    const piece = encodePiece(kind, items);
    items = [];
    size = 0;
    for (const part of piece) hash.update(part);
    return piece[1].length < SMALL_BYTES ? [Buffer.concat(piece)] : piece;
  }
  for (const entry of entries) {
    const length = itemLength(entry.item);
    if (items.length > 0 && (entry.kind !== kind || size + length > PIECE_BYTES)) yield* take();
    kind = entry.kind;
    items.push(entry.item);
    size += length;
  }
  if (items.length > 0) yield* take();
  kind = 'saved';
  const json = Buffer.from(JSON.stringify(saved));
  // For whoever reads it without the rest.
  items.push({ json, bytes: crcOf(json) });
  const last = take();
  const trailer = trailerOf(hash);
  hash.update(trailer);
  yield Buffer.concat([...last, trailer]);
}

/**
 * Checks each block of a file, without holding it in memory; yields after each chunk.
 * @throws EngineError `artifact-damaged` if not even its first block is as it was written, `file-unreadable`
 */
export function* scanBlocks(path: string): Generator<void, Blocks> {
  const source = openSource(path);
  try {
    return yield* scan(path, source);
  } finally {
    source.close();
  }
}

function* scan(path: string, source: OpenSource): Generator<void, Blocks> {
  const start = readPrefix(path);
  if (start === undefined) throw damaged(path, 'it does not start as a checkpoint does');
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, source.size));
  let at = 0;
  function* pass(bytes: number): Generator<void, void> {
    for (const end = at + bytes; at < end; ) {
      const part = source.read(chunk.subarray(0, Math.min(chunk.length, end - at)), at);
      hash.update(part);
      at += part.length;
      yield;
    }
  }
  yield* pass(start.length);

  const pieces: Piece[] = [];
  let good: { end: number; pieces: number; hash: Hash } | undefined;
  let damage: string | undefined;
  while (damage === undefined) {
    const found = nextPiece(source, at);
    if (typeof found === 'string') damage = found;
    if (typeof found !== 'object') break;
    yield* pass(HEAD_BYTES + found.stored);
    if (pieces.push(found) > MOST_PIECES) damage = 'it has more pieces than any checkpoint';
    if (found.kind !== 'saved' || damage !== undefined) continue;
    if (source.size - at < TRAILER_BYTES) break;
    const expected = trailerOf(hash);
    if (!source.read(Buffer.alloc(TRAILER_BYTES), at).equals(expected)) {
      damage = 'its content does not match its checksum';
      continue;
    }
    yield* pass(TRAILER_BYTES);
    good = { end: at, pieces: pieces.length, hash: hash.copy() };
  }
  if (good === undefined) throw damaged(path, damage ?? 'it ends before its first block does');
  const whole = pieces.slice(0, good.pieces);
  const header = withSaved(path, start.prefix, readPieceFrom(path, source, whole.at(-1)!));
  return { ...good, path, pieces: whole, header, ...(damage === undefined ? {} : { damage }) };
}

/** A power cut may leave a file with its new length, but without what was written there. */
function isEmptyFrom(source: OpenSource, from: number): boolean {
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, source.size - from));
  for (let at = from; at < source.size; at += chunk.length) {
    const part = source.read(chunk.subarray(0, Math.min(chunk.length, source.size - at)), at);
    if (part.some((byte) => byte !== 0)) return false;
  }
  return true;
}

/** Undefined where the file ends before the piece does; what is wrong with it in words. */
function nextPiece(source: OpenSource, at: number): Piece | string | undefined {
  if (source.size - at < HEAD_BYTES) return undefined;
  const head = readHead(source.read(Buffer.alloc(HEAD_BYTES), at));
  if (head === undefined) {
    return isEmptyFrom(source, at) ? undefined : 'it has a piece that this version does not write';
  }
  const piece = { ...head, at: at + HEAD_BYTES };
  return piece.at + head.stored > source.size ? undefined : piece;
}

/** A header as a file has it. */
export interface FoundHeader {
  readonly header: object;
  /** Whether damage may hide a later one: what it says was right once. */
  readonly isDoubtful: boolean;
}

/**
 * The header of a file as its last complete block has it, unverified: goes from head to head. Undefined where its first line is none.
 * @throws EngineError `file-unreadable`
 */
export function lastSaved(path: string): FoundHeader | undefined {
  const start = readPrefix(path);
  if (start === undefined) return undefined;
  const source = openSource(path);
  try {
    const { saved, isDoubtful } = savedIn(source, start.length);
    for (const piece of saved.toReversed()) {
      try {
        const header = withSaved(path, start.prefix, readPieceFrom(path, source, piece));
        return { header, isDoubtful: isDoubtful || piece !== saved.at(-1) };
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
      }
    }
    return { header: start.prefix, isDoubtful: true };
  } finally {
    source.close();
  }
}

/** The headers of all blocks, and whether there may be others behind damage. */
function savedIn(source: OpenSource, start: number): { saved: Piece[]; isDoubtful: boolean } {
  const saved: Piece[] = [];
  let at = start;
  for (let count = 0; count < MOST_PIECES; count++) {
    const piece = nextPiece(source, at);
    // The end, or what was being written when its writer was killed.
    if (piece === undefined) return { saved, isDoubtful: false };
    if (typeof piece === 'string') break;
    at = piece.at + piece.stored;
    if (piece.kind !== 'saved') continue;
    at += TRAILER_BYTES;
    if (at <= source.size) saved.push(piece);
  }
  return { saved, isDoubtful: true };
}

/** What a generator comes to, without a pause. */
export function finish<T>(work: Generator<unknown, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

function crcOf(json: Uint8Array): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(json));
  return bytes;
}

function withSaved(path: string, prefix: object, items: readonly Item[]): object {
  try {
    const { json, bytes } = items[0]!;
    if (!crcOf(json).equals(bytes!)) throw new RangeError('it has another checksum');
    const { queue, ...saved } = JSON.parse(Buffer.from(json).toString());
    const begun = (prefix as { queue?: object }).queue;
    return { ...prefix, ...saved, queue: { ...begun, ...queue } };
  } catch (error) {
    throw damaged(path, 'it does not say what is in it', error);
  }
}

function readPieceFrom(path: string, source: OpenSource, piece: Piece): Item[] {
  try {
    return decodePiece(piece, source.read(Buffer.alloc(piece.stored), piece.at));
  } catch (error) {
    throw damaged(path, `its "${piece.kind}" are not what was written`, error);
  }
}

/** Items of one piece of verified blocks. @throws EngineError `artifact-damaged`, `file-unreadable` */
export function readPiece(path: string, piece: Piece): Item[] {
  const source = openSource(path);
  try {
    return readPieceFrom(path, source, piece);
  } finally {
    source.close();
  }
}
