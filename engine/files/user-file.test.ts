import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FileKind, readUserFile } from './user-file.ts';

const KIND: FileKind = { what: 'a small file', maxBytes: 10 };
const isUnix = process.platform !== 'win32';
let folder: string;
const socket = createServer();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'user-file-'));
  writeFileSync(join(folder, 'good'), '0123456789');
  writeFileSync(join(folder, 'long'), '0123456789+');
  writeFileSync(join(folder, 'huge'), '');
  truncateSync(join(folder, 'huge'), 3 * 1024 ** 3);
  writeFileSync(join(folder, 'empty'), '');
  mkdirSync(join(folder, 'folder'));
  if (!isUnix) return;
  symlinkSync('good', join(folder, 'link'));
  symlinkSync('loop', join(folder, 'loop'));
  symlinkSync('/dev/zero', join(folder, 'zeros.csv'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await new Promise<void>((resolve) => socket.listen(join(folder, 'socket'), resolve));
});
afterAll(() => {
  socket.close();
  rmSync(folder, { recursive: true });
});

const text = (name: string) => Buffer.from(readUserFile(join(folder, name), KIND)).toString();

test('a file is read as it is, an empty one, too', () => {
  expect([text('good'), text('empty')]).toEqual(['0123456789', '']);
});

test.runIf(isUnix)('a link to a file is that file', () => expect(text('link')).toBe('0123456789'));

test.each([
  ['nothing', 'There is no file'],
  ['good/below', 'There is no file'],
  ['x'.repeat(5000), 'There is no file of so long a name'],
  ['nul\0byte', 'There is no file of such a name'],
  ['folder', 'is a folder, not a file. Name a small file.'],
  ['long', 'may have'],
  ['huge', 'has 3 GB; a small file may have'],
])('%s is refused', (name, says) => {
  expect(() => text(name)).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
  expect(() => text(name)).toThrow(says);
});

// A pipe that is opened to be read waits for a writer that never comes.
test.runIf(isUnix).each([
  ['pipe', 'is a pipe'],
  ['socket', 'is a socket'],
  ['zeros.csv', 'is a device'],
  ['loop', 'leads to itself'],
])('%s is refused at once', { timeout: 1000 }, (name, says) => {
  expect(() => text(name)).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
  expect(() => text(name)).toThrow(says);
});
