import { describe, expect, it } from 'vitest';
import { unpackLz4Block, unpackLz4Frame } from './lz4.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (text: string) => Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16));

describe('unpackLz4Block', () => {
  it('copies literals and matches, one that reaches into itself among them', () => {
    // 3 literals "abc", a match of 9 from 3 back, then 5 literals at the end.
    const block = Uint8Array.from([0x35, ...bytes('abc'), 3, 0, 0x50, ...bytes('defgh')]);
    expect(new TextDecoder().decode(unpackLz4Block(block, 17))).toBe('abcabcabcabcdefgh');
  });

  it('reads lengths of more than one byte', () => {
    const block = Uint8Array.from([0xf0, 15, ...bytes('x'.repeat(30))]);
    expect(unpackLz4Block(block, 30)).toEqual(bytes('x'.repeat(30)));
  });

  it.each([
    ['a match before the beginning', [0x14, 97, 9, 0, 0x00], 9],
    ['a match of no distance', [0x14, 97, 0, 0, 0x00], 9],
    ['more than it says', [0x30, 97, 98, 99], 2],
    ['less than it says', [0x30, 97, 98, 99], 4],
    ['literals that break off', [0x50, 97], 5],
    ['a length that breaks off', [0xf0, 255], 300],
  ])('refuses %s', (_, block, length) => {
    expect(() => unpackLz4Block(Uint8Array.from(block), length)).toThrow('damaged LZ4');
  });
});

describe('unpackLz4Frame', () => {
  it('reads a frame that the library of LZ4 wrote', () => {
    const frame = hex('04224d18604082100000006f68656c6c6f2006001850656c6c6f0a00000000');
    expect(new TextDecoder().decode(unpackLz4Frame(frame))).toBe(`${'hello '.repeat(9).trim()}\n`);
  });

  it('refuses what is no frame, and one that breaks off', () => {
    expect(() => unpackLz4Frame(bytes('no frame at all'))).toThrow('no frame begins');
    expect(() => unpackLz4Frame(hex('04224d186440a7ff000000'))).toThrow('breaks off');
  });
});
