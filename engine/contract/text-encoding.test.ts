import { expect, test } from 'vitest';
import { decodeText } from './text-encoding.ts';

const TEXT = 'name: Größe\nsymbols: [EURUSD]\n';
const utf16 = (text: string, bigEndian: boolean, mark: boolean) => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16 little-endian with a mark', utf16(TEXT, false, true)],
  ['UTF-16 big-endian with a mark', utf16(TEXT, true, true)],
  ['UTF-16 little-endian without a mark', utf16(TEXT, false, false)],
  ['UTF-16 big-endian without a mark', utf16(TEXT, true, false)],
])('%s is read, without its mark', (_name, bytes) => {
  expect(decodeText(bytes)).toEqual({ text: TEXT });
});

test.each([
  ['Latin-1', Buffer.from('a: 1\nname: Größe\n', 'latin1'), 'line 2 has the byte f6, "ö" in Latin-1'],
  ['Latin-1 at the end', Buffer.from('name: caf\xe9', 'latin1'), 'line 1 has the byte e9, "é"'],
  ['Windows-1252', Buffer.from('name: 5 \x80\n', 'latin1'), 'the byte 80, "€"'],
  ['a character that breaks off', Buffer.from('ü\nx: \xe4\xbcr', 'latin1'), 'line 1 has the byte fc, "ü"'],
  [
    'Latin-1 behind UTF-8',
    Buffer.concat([Buffer.from('ü\n'), Buffer.of(0xe4, 0x72)]),
    'line 2 has the byte e4, "ä"',
  ],
  ['bytes that are zero', Buffer.from('a: 1\0\0\0b'), 'is no text'],
  ['half a character of UTF-16', utf16(TEXT, false, true).subarray(0, -1), 'UTF-16 that is cut off'],
])('%s is named, never replaced', (_name, bytes, says) => {
  const decoded = decodeText(bytes);
  expect('problem' in decoded && decoded.problem).toContain(says);
});
