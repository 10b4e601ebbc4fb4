import { expect, it } from 'vitest';
import { wholeBytes } from './whole-lines.ts';

const whole = (bytes: Buffer) => bytes.subarray(0, wholeBytes(bytes, bytes, bytes.length));

it.each([
  ['a,b\n1,2\n3', 'a,b\n1,2\n'],
  ['a,b\r\n1,2\r\n3,', 'a,b\r\n1,2\r\n'],
  ['a,b\n1,2\n', 'a,b\n1,2\n'],
  ['a,b', 'a,b'],
  ['{\n"a": 1\n}', '{\n"a": 1\n}'],
  [' [\n1,\n2]', ' [\n1,\n2]'],
])('%j is whole up to %j', (text, expected) => {
  expect(whole(Buffer.from(text)).toString()).toBe(expected);
});

it.each(['utf-16le', 'utf-16be'] as const)('%s, of any length', (encoding) => {
  const little = Buffer.from('\ufeffa,b\n1,2\nĊ3,4', 'utf16le');
  const bytes = encoding === 'utf-16le' ? little : Buffer.from(little).swap16();
  for (let size = bytes.length; size > 18; size--) expect(whole(bytes.subarray(0, size)).length).toBe(18);
});

it('bytes that are no text are all', () => {
  const bytes = Buffer.from([0, 0, 0, 0x91, 1, 0x0a, 0, 0, 7, 0]);
  expect(whole(bytes).length).toBe(10);
});
