import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isPlainName, namedFile } from './named-file.ts';

it.each([
  'EURUSD_H1_0123456789ab.candles',
  'ridge_BRK.B_H1_6f9619ff-8b86-4d01-b42d-00cf4fc964ff.model',
  '.hidden',
  'console.candles',
  'ä.model',
  'x'.repeat(255),
])('%s is a file of its folder', (name) => {
  expect(namedFile('folder', name)).toBe(join('folder', name));
});

it.each([
  '',
  '.',
  '..',
  '../x',
  '../../x',
  'a/b',
  'a\\b',
  '/etc/passwd',
  '\\\\host\\share',
  'C:x',
  'x:stream',
  'x\0.candles',
  'x\n',
  'x.',
  'x ',
  'NUL',
  'con.candles',
  'COM1.model',
  'lpt9',
  '\ud800',
  'x'.repeat(256),
  'ä'.repeat(128),
])('%j is none', (name) => {
  expect(isPlainName(name)).toBe(false);
  expect(() => namedFile('folder', name)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
});

it('a refusal shows no more of a name than can be read', () => {
  const refusal = () => namedFile('folder', '../'.repeat(100_000));
  expect(refusal).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{0,400}$/) }));
});
