import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILE_KINDS } from './user-file.ts';
import { openZip } from './zip-reader.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-reader-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const LONG = Buffer.from('0123456789'.repeat(20_000));
const CENTRAL = Buffer.from('PK\u0001\u0002');
const END = Buffer.from('PK\u0005\u0006');

async function contents(bytes: Uint8Array): Promise<Record<string, string>> {
  const path = join(folder, 'a.zip');
  writeFileSync(path, bytes);
  const archive = openZip(path, FILE_KINDS.backup);
  try {
    const found: Record<string, string> = {};
    for (const entry of archive.entries) {
      const chunks: Buffer[] = [];
      for await (const chunk of archive.content(entry)) chunks.push(chunk);
      found[entry.name] = Buffer.concat(chunks).toString();
    }
    return found;
  } finally {
    archive.close();
  }
}

/** An archive with one number changed, `offset` bytes behind the start of its first `record`. */
function changed(record: Buffer, offset: number, change: (bytes: Buffer, at: number) => void): Buffer {
  const bytes = Buffer.from(zipSync({ 'a.txt': LONG }));
  change(bytes, bytes.indexOf(record) + offset);
  return bytes;
}

test('archives of another writer, stored and deflated, with a comment', async () => {
  const packed = zipSync({
    'a.txt': LONG,
    'b.txt': [Buffer.from('ü'), { level: 0 }],
    'c/': new Uint8Array(),
  });
  const expected = { 'a.txt': LONG.toString(), 'b.txt': 'ü', 'c/': '' };
  expect(await contents(packed)).toEqual(expected);
  const comment = Buffer.concat([packed, Buffer.from('made by hand PK\u0005\u0006')]);
  comment.writeUInt16LE(17, packed.length - 2);
  expect(await contents(comment)).toEqual(expected);
});

test.each<[string, Buffer, string]>([
  [
    'a wrong checksum',
    changed(CENTRAL, 16, (b, at) => b.writeUInt8(b.readUInt8(at) ^ 1, at)),
    'does not match its checksum',
  ],
  [
    'more content than declared',
    changed(CENTRAL, 24, (b, at) => void b.writeUInt32LE(1000, at)),
    'longer than the directory says',
  ],
  [
    'less content than declared',
    changed(CENTRAL, 24, (b, at) => void b.writeUInt32LE(LONG.length + 1, at)),
    'does not match its checksum',
  ],
  [
    'an entry of 4 GB compressed',
    changed(CENTRAL, 20, (b, at) => void b.writeUInt32LE(0xfffffffe, at)),
    'impossible size',
  ],
  [
    'sizes in a field that is not there',
    changed(CENTRAL, 24, (b, at) => void b.writeUInt32LE(0xffffffff, at)),
    'can not be read',
  ],
  ['an unknown compression', changed(CENTRAL, 10, (b, at) => void b.writeUInt16LE(14, at)), 'unknown way'],
  ['a password', changed(CENTRAL, 8, (b, at) => void b.writeUInt16LE(1, at)), 'encrypted'],
  ['an offset into nowhere', changed(CENTRAL, 42, (b, at) => void b.writeUInt32LE(7, at)), ''],
  ['a name of 64 KB', changed(CENTRAL, 28, (b, at) => void b.writeUInt16LE(0xffff, at)), 'can not be read'],
  [
    'a directory of 4 GB',
    changed(END, 12, (b, at) => void b.writeUInt32LE(0xfffffff0, at)),
    'impossible size',
  ],
  [
    '65535 entries that are not there',
    changed(END, 10, (b, at) => void b.writeUInt16LE(0xffff, at)),
    '1 entries',
  ],
  ['a comment that is cut off', changed(END, 20, (b, at) => void b.writeUInt16LE(9, at)), 'does not end as'],
  ['damaged content', changed(Buffer.from('a.txt'), 10, (b, at) => void b.fill(0xff, at, at + 8)), ''],
  ['no more than a beginning', Buffer.from(zipSync({ 'a.txt': LONG })).subarray(0, 60), 'does not end as'],
  ['nothing', Buffer.alloc(0), 'does not end as'],
])('%s is refused', async (_name, bytes, says) => {
  await expect(contents(bytes)).rejects.toThrow(says);
});

test('an entry that is not read to its end leaves the archive as it is', async () => {
  const path = join(folder, 'half.zip');
  const random = randomBytes(1_000_000);
  writeFileSync(path, zipSync({ 'a.bin': random, 'b.bin': [random, { level: 0 }] }));
  const archive = openZip(path, FILE_KINDS.backup);
  for (const entry of archive.entries) {
    for await (const _first of archive.content(entry)) break;
  }
  // What has been torn down is so only a few turns later.
  await setTimeout(50);
  for (const entry of archive.entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of archive.content(entry)) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(random)).toBe(true);
  }
  archive.close();
});
