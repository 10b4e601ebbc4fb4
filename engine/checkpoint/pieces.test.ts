import { crc32, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePiece, encodePiece, HEAD_BYTES, type Item, type Kind, readHead } from './pieces.ts';

const text = (value: string) => Buffer.from(value);
const pieceOf = (kind: Kind, items: readonly Item[]) => Buffer.concat(encodePiece(kind, items));

function sealed(head: { kind?: number; coding?: number; length: number; stored: number }): Buffer {
  const bytes = Buffer.alloc(HEAD_BYTES);
  bytes[0] = head.kind ?? 2;
  bytes[1] = head.coding ?? 1;
  bytes.writeUInt32LE(head.length, 4);
  bytes.writeUInt32LE(head.stored, 8);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 12)), 12);
  return bytes;
}

describe('a piece', () => {
  it('gives back its items, with bytes and without', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ json: fc.uint8Array(), bytes: fc.option(fc.uint8Array(), { nil: undefined }) }),
          {
            minLength: 1,
          },
        ),
        (items) => {
          const bytes = pieceOf('results', items);
          const head = readHead(bytes)!;
          expect(head.kind).toBe('results');
          expect(bytes.length).toBe(HEAD_BYTES + head.stored);
          const back = decodePiece(head, bytes.subarray(HEAD_BYTES));
          expect(back.map(({ json, bytes: own }) => [[...json], own && [...own]])).toEqual(
            items.map(({ json, bytes: own }) => [[...json], own && [...own]]),
          );
        },
      ),
    );
  });

  it('is compressed, but never so far that a reader would not unpack it', () => {
    const compressed = pieceOf('cells', [{ json: text('{"index":1}'.repeat(2000)) }]);
    expect(compressed.length).toBeLessThan(2000);
    const zeros = pieceOf('models', [{ json: text('{}'), bytes: new Uint8Array(5 << 20) }]);
    expect(readHead(zeros)).toMatchObject({ isCompressed: false });
  });

  it.each([
    ['unknown kind', { kind: 9, length: 10, stored: 10 }],
    ['unknown coding', { coding: 2, length: 10, stored: 10 }],
    ['nothing in it', { length: 0, stored: 0 }],
    ['more than a reader unpacks', { length: (64 << 10) + 64 * 100 + 1, stored: 100 }],
    ['more than any has', { length: 0xffff_ffff, stored: 0x7fff_ffff }],
    ['two lengths', { coding: 0, length: 10, stored: 11 }],
  ])('of %s is none', (_what, head) => {
    expect(readHead(sealed(head))).toBeUndefined();
    const one = sealed({ length: 10, stored: 10 });
    expect(readHead(one)).toBeDefined();
    one[8]! ^= 1;
    expect(readHead(one)).toBeUndefined();
  });

  it('that unpacks to more than it says ends as an error, whatever it says', () => {
    const bomb = zstdCompressSync(Buffer.alloc(256 << 20));
    for (const length of [16, 64 << 10]) {
      const head = readHead(sealed({ length, stored: bomb.length }))!;
      const before = process.memoryUsage().rss;
      expect(() => decodePiece(head, bomb)).toThrow(RangeError);
      expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
    }
    const short = zstdCompressSync(Buffer.alloc(8));
    expect(() => decodePiece(readHead(sealed({ length: 16, stored: short.length }))!, short)).toThrow(
      RangeError,
    );
  });

  it('whose items are longer than it ends as an error', () => {
    for (const [json, bytes] of [
      [9, 0],
      [0, 9],
      [0xffff_ffff, 0xffff_fffe],
    ] as const) {
      const plain = Buffer.alloc(16);
      plain.writeUInt32LE(json, 0);
      plain.writeUInt32LE(bytes, 4);
      const head = readHead(sealed({ coding: 0, length: 16, stored: 16 }))!;
      expect(() => decodePiece(head, plain)).toThrow(RangeError);
    }
    const head = readHead(sealed({ coding: 0, length: 5, stored: 5 }))!;
    expect(() => decodePiece(head, Buffer.alloc(5))).toThrow(RangeError);
  });
});
