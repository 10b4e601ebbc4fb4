import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * A piece of a checkpoint that grows: a head of 16 bytes and items of one kind. All numbers are little-endian.
 *
 *   u8  kind, its place in KINDS            u32 length of the items
 *   u8  coding: 0 as they are, 1 zstd       u32 length as they are stored
 *   u16 0                                   u32 CRC-32 of the twelve bytes before
 *
 * The head has a checksum of its own: a reader has to trust its lengths to tell a file that ends early, since its writer was
 * killed, from one that is damaged. An item is u32 length of its JSON, u32 length of its bytes (NO_BYTES: it has none), JSON, bytes.
 */
export const KINDS = [
  'saved',
  'configurations',
  'cells',
  'champions',
  'models',
  'results',
  'states',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Item {
  /** UTF-8. */
  readonly json: Uint8Array;
  readonly bytes?: Uint8Array | undefined;
}

export interface PieceHead {
  readonly kind: Kind;
  readonly isCompressed: boolean;
  readonly length: number;
  readonly stored: number;
}

export const HEAD_BYTES = 16;
/** Items are gathered up to this many bytes; a single one may have more. */
export const PIECE_BYTES = 1 << 20;
/** The largest model that there can be, and what stands beside it. */
const LONGEST_PIECE = 289 << 20;
const NO_BYTES = 0xffff_ffff;
/** Of rows of results level 1 makes nine tenths of what level 3 does, in little more than half the time. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const ITEM_HEAD = 8;

/**
 * What a reader unpacks at most: pieces that shrink by more are stored as they are, so that a few bytes never become gigabytes.
 */
const mostUnpacked = (stored: number) => (64 << 10) + 64 * stored;

export const itemLength = ({ json, bytes }: Item) => ITEM_HEAD + json.length + (bytes?.length ?? 0);

/** Its head and its body, one after the other: to put them together takes as long as to pack them. */
export function encodePiece(kind: Kind, items: readonly Item[]): [head: Buffer, body: Buffer] {
  const plain = Buffer.allocUnsafe(items.reduce((sum, item) => sum + itemLength(item), 0));
  let at = 0;
  for (const { json, bytes } of items) {
    plain.writeUInt32LE(json.length, at);
    plain.writeUInt32LE(bytes?.length ?? NO_BYTES, at + 4);
    plain.set(json, at + ITEM_HEAD);
    at += ITEM_HEAD + json.length;
    if (bytes !== undefined) plain.set(bytes, at);
    at += bytes?.length ?? 0;
  }
  const packed = zstdCompressSync(plain, FAST);
  const isCompressed = packed.length < plain.length && plain.length <= mostUnpacked(packed.length);
  const body = isCompressed ? packed : plain;
  const head = Buffer.alloc(HEAD_BYTES);
  head[0] = KINDS.indexOf(kind);
  head[1] = isCompressed ? 1 : 0;
  head.writeUInt32LE(plain.length, 4);
  head.writeUInt32LE(body.length, 8);
  head.writeUInt32LE(crc32(head.subarray(0, 12)), 12);
  return [head, body];
}

/** Undefined if it is none that this version writes. */
export function readHead(bytes: Buffer): PieceHead | undefined {
  const kind = KINDS[bytes[0]!];
  const [length, stored] = [bytes.readUInt32LE(4), bytes.readUInt32LE(8)];
  if (kind === undefined || bytes[1]! > 1 || crc32(bytes.subarray(0, 12)) !== bytes.readUInt32LE(12)) {
    return undefined;
  }
  const isCompressed = bytes[1] === 1;
  if (stored === 0 || length > LONGEST_PIECE) return undefined;
  if (isCompressed ? length > mostUnpacked(stored) : length !== stored) return undefined;
  return { kind, isCompressed, length, stored };
}

/** The items of a piece, as views. @throws Error where they are not what its head says; memory is that of `head.length` */
export function decodePiece({ isCompressed, length }: PieceHead, body: Buffer): Item[] {
  const plain = isCompressed ? zstdDecompressSync(body, { maxOutputLength: length }) : body;
  if (plain.length !== length) throw new RangeError('a piece is not as long as it says');
  const items: Item[] = [];
  for (let at = 0; at < length; ) {
    const [json, bytes] = [plain.readUInt32LE(at), plain.readUInt32LE(at + 4)];
    const from = at + ITEM_HEAD;
    const end = from + json + (bytes === NO_BYTES ? 0 : bytes);
    if (end > length) throw new RangeError('an item is longer than its piece');
    items.push({
      json: plain.subarray(from, from + json),
      bytes: bytes === NO_BYTES ? undefined : plain.subarray(from + json, end),
    });
    at = end;
  }
  return items;
}
