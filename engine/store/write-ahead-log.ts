/** SQLite's write-ahead log, byte by byte (https://www.sqlite.org/fileformat2.html#walformat). */

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** Lowest bit: checksums are of big-endian words. */
const MAGIC = 0x377f0682;
const VERSION = 3007000;
/** Where salts and checksum are, in the header and in a frame. */
const HEADER_SALTS = 16;
const HEADER_SUM = 24;
const FRAME_SALTS = 8;
const FRAME_SUM = 16;
const SALTS_BYTES = 8;

/** A checksum: two 32-bit numbers, each the one before it and a word more. */
export type LogSum = readonly [number, number];

/** A log whose header is whole. */
export interface LogFormat {
  readonly isLittleEndian: boolean;
  readonly pageBytes: number;
  readonly frameBytes: number;
}

/** Undefined where the header is not what was written, or there is none. */
export function formatOf(log: Buffer): LogFormat | undefined {
  if (log.length < HEADER_BYTES) return undefined;
  const magic = log.readUInt32BE(0);
  if ((magic & ~1) !== MAGIC || log.readUInt32BE(4) !== VERSION) return undefined;
  const pageBytes = log.readUInt32BE(8);
  if (pageBytes < 512 || pageBytes > 65536 || (pageBytes & (pageBytes - 1)) !== 0) return undefined;
  const format = {
    isLittleEndian: (magic & 1) === 0,
    pageBytes,
    frameBytes: FRAME_HEADER_BYTES + pageBytes,
  };
  const found = sumOf(log, 0, HEADER_SUM, format, [0, 0]);
  return isSame(found, headerSum(log)) ? format : undefined;
}

export const headerSum = (log: Buffer): LogSum => storedSum(log, HEADER_SUM);

export interface LogFrame {
  /** Of its header; the page follows. */
  readonly at: number;
  /** From 1 on. */
  readonly page: number;
  /** Of the database after it, in pages, where it ends a transaction; else 0. */
  readonly size: number;
  readonly hasSalts: boolean;
  readonly sum: LogSum;
}

/** `index`: from 0 on. Undefined behind the last whole frame. */
export function frameAt(log: Buffer, { frameBytes }: LogFormat, index: number): LogFrame | undefined {
  const at = HEADER_BYTES + index * frameBytes;
  if (at + frameBytes > log.length) return undefined;
  const salts = log.subarray(HEADER_SALTS, HEADER_SALTS + SALTS_BYTES);
  return {
    at,
    page: log.readUInt32BE(at),
    size: log.readUInt32BE(at + 4),
    hasSalts: log.subarray(at + FRAME_SALTS, at + FRAME_SALTS + SALTS_BYTES).equals(salts),
    sum: storedSum(log, at + FRAME_SUM),
  };
}

/** Which frame, from 0 on, a byte belongs to. */
export function frameOf(log: Buffer, at: number): number {
  return Math.floor((at - HEADER_BYTES) / formatOf(log)!.frameBytes);
}

/** A log of so many frames, the first ones of this. */
export function firstFrames(log: Buffer, count: number): Buffer {
  return log.subarray(0, HEADER_BYTES + count * formatOf(log)!.frameBytes);
}

export function pageOf(log: Buffer, { frameBytes }: LogFormat, { at }: Pick<LogFrame, 'at'>): Buffer {
  return log.subarray(at + FRAME_HEADER_BYTES, at + frameBytes);
}

/** What the checksum of a frame should be. `before`: the checksum of the frame before it, or of the header. */
export function frameSum(log: Buffer, format: LogFormat, { at }: LogFrame, before: LogSum): LogSum {
  const head = sumOf(log, at, at + 8, format, before);
  return sumOf(log, at + FRAME_HEADER_BYTES, at + format.frameBytes, format, head);
}

export const isSame = (a: LogSum, b: LogSum): boolean => a[0] === b[0] && a[1] === b[1];

export function putSalts(log: Buffer, { at }: LogFrame): void {
  log.copy(log, at + FRAME_SALTS, HEADER_SALTS, HEADER_SALTS + SALTS_BYTES);
}

export function putSum(log: Buffer, { at }: LogFrame, [first, second]: LogSum): void {
  log.writeUInt32BE(first, at + FRAME_SUM);
  log.writeUInt32BE(second, at + FRAME_SUM + 4);
}

/** One bit of a log that may have been turned round. */
export interface BitFlip {
  /** Byte of the log. */
  readonly at: number;
  readonly mask: number;
}

export function turn(log: Buffer, { at, mask }: BitFlip): void {
  log[at]! ^= mask;
}

/**
 * Each single bit of what a frame's checksum covers that would make it right. A word d more, k words before the end, adds F(k) d to the
 * first and F(k + 1) d to the second number of the checksum, F being Fibonacci's numbers, all modulo 2^32. Since these are periodic modulo
 * every power of two (3 * 2^(n - 1) for 2^n), a flip of one of the nine highest bits of a word has others in the frame that look the
 * same: 342 for the highest, on pages of 4,096 bytes.
 */
export function flipsThatExplain(
  log: Buffer,
  format: LogFormat,
  frame: LogFrame,
  found: LogSum,
): readonly BitFlip[] {
  const { at } = frame;
  const missing = [(frame.sum[0] - found[0]) | 0, (frame.sum[1] - found[1]) | 0] as const;
  const flips: BitFlip[] = [];
  let [first, second] = [0, 1];
  const words = [...wordsBackwards(at + FRAME_HEADER_BYTES, at + format.frameBytes), at + 4, at];
  for (const place of words) {
    const word = format.isLittleEndian ? log.readUInt32LE(place) : log.readUInt32BE(place);
    for (let bit = 0; bit < 32; bit++) {
      const more = (word >>> bit) & 1 ? -(1 << bit) : 1 << bit;
      if (Math.imul(first, more) !== missing[0] || Math.imul(second, more) !== missing[1]) continue;
      const byte = format.isLittleEndian ? bit >> 3 : 3 - (bit >> 3);
      flips.push({ at: place + byte, mask: 1 << (bit & 7) });
    }
    [first, second] = [second, (first + second) | 0];
  }
  // A flip in the checksum itself.
  const turned = frame.sum.map((value, i) => (value ^ found[i]!) >>> 0);
  const [i, bits] = turned[0] === 0 ? [1, turned[1]!] : [0, turned[0]!];
  if (turned[1 - i] === 0 && (bits & (bits - 1)) === 0) {
    const bit = 31 - Math.clz32(bits);
    flips.push({ at: at + FRAME_SUM + 4 * i + 3 - (bit >> 3), mask: 1 << (bit & 7) });
  }
  return flips;
}

/** Each bit of the header, by which another try at reading it may do. */
export function* headerFlips(): Generator<BitFlip> {
  for (let at = 0; at < HEADER_BYTES; at++) for (let bit = 0; bit < 8; bit++) yield { at, mask: 1 << bit };
}

function* wordsBackwards(from: number, to: number): Generator<number> {
  for (let at = to - 4; at >= from; at -= 4) yield at;
}

/** Checksums are stored big-endian, whatever words they are made of. */
const storedSum = (log: Buffer, at: number): LogSum => [log.readUInt32BE(at), log.readUInt32BE(at + 4)];

function sumOf(
  log: Buffer,
  from: number,
  to: number,
  { isLittleEndian }: Pick<LogFormat, 'isLittleEndian'>,
  [first, second]: LogSum,
): LogSum {
  const words = new DataView(log.buffer, log.byteOffset + from, to - from);
  let a = first | 0;
  let b = second | 0;
  for (let at = 0; at < words.byteLength; at += 8) {
    a = (a + words.getInt32(at, isLittleEndian) + b) | 0;
    b = (b + words.getInt32(at + 4, isLittleEndian) + a) | 0;
  }
  return [a >>> 0, b >>> 0];
}
