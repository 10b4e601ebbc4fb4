/** Compressed data that is damaged, or is not what it says. */
export class DamagedLz4 extends Error {
  constructor(what: string) {
    super(`damaged LZ4 data: ${what}`);
  }
}

const FRAME_MAGIC = 0x184d2204;
const SHORTEST_MATCH = 4;

/**
 * An LZ4 block, the raw form inside Parquet pages (LZ4_RAW), unpacked into exactly `length` bytes.
 * Source: lz4_Block_format.md of the LZ4 project.
 */
export function unpackLz4Block(packed: Uint8Array, length: number): Uint8Array {
  const into = new Uint8Array(length);
  if (unpackBlock(packed, into, 0) !== length) throw new DamagedLz4('it is shorter than it says');
  return into;
}

/** An LZ4 frame, as Arrow files have it. Source: lz4_Frame_format.md of the LZ4 project; its checksums are passed over. */
export function unpackLz4Frame(packed: Uint8Array): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.length < 7 || view.getUint32(0, true) !== FRAME_MAGIC) throw new DamagedLz4('no frame begins');
  const flags = packed[4]!;
  const hasSize = (flags & 8) !== 0;
  const hasBlockChecksum = (flags & 16) !== 0;
  const largestBlock = 1 << (8 + 2 * ((packed[5]! >> 4) & 7));
  let at = 6 + (hasSize ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0) + 1;
  const parts: Uint8Array[] = [];
  let window = new Uint8Array(0);
  for (;;) {
    if (at + 4 > packed.length) throw new DamagedLz4('it breaks off');
    const head = view.getUint32(at, true);
    at += 4;
    if (head === 0) break;
    const size = head & 0x7fffffff;
    if (at + size > packed.length) throw new DamagedLz4('a block breaks off');
    const block = packed.subarray(at, at + size);
    at += size + (hasBlockChecksum ? 4 : 0);
    // Blocks may refer to up to 64 KB before them.
    const into = new Uint8Array(window.length + largestBlock);
    into.set(window);
    let end: number;
    if (head >>> 31 === 1) {
      if (size > largestBlock) throw new DamagedLz4('a block is too long');
      into.set(block, window.length);
      end = window.length + size;
    } else end = unpackBlock(block, into, window.length);
    parts.push(into.subarray(window.length, end));
    window = into.slice(Math.max(0, end - 65_536), end);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** Unpacks behind `start`; returns where it ends. */
function unpackBlock(packed: Uint8Array, into: Uint8Array, start: number): number {
  let at = 0;
  let end = start;
  const lengthFrom = (nibble: number): number => {
    let length = nibble;
    if (nibble !== 15) return length;
    for (;;) {
      const more = packed[at++];
      if (more === undefined) throw new DamagedLz4('a length breaks off');
      length += more;
      if (more !== 255) return length;
    }
  };
  while (at < packed.length) {
    const token = packed[at++]!;
    const literals = lengthFrom(token >> 4);
    if (at + literals > packed.length || end + literals > into.length)
      throw new DamagedLz4('it is longer than it says');
    into.set(packed.subarray(at, at + literals), end);
    at += literals;
    end += literals;
    if (at === packed.length) break;
    const offset = packed[at]! | ((packed[at + 1] ?? 0) << 8);
    at += 2;
    const length = lengthFrom(token & 15) + SHORTEST_MATCH;
    if (offset === 0 || offset > end || end + length > into.length)
      throw new DamagedLz4('a match lies outside');
    // A match may reach into what it writes.
    for (let i = 0; i < length; i++, end++) into[end] = into[end - offset]!;
  }
  return end;
}
