import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAtomicFile, temporaryTarget, writeError, writeFileAtomic } from './atomic-write.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atomic-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeFileAtomic', () => {
  it('writes bytes and text, replaces what was there, and leaves no other file', () => {
    const path = join(folder, 'a.bin');
    writeFileAtomic(path, Uint8Array.of(1, 2, 3));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
    writeFileAtomic(path, 'neu ü');
    expect(readFileSync(path, 'utf8')).toBe('neu ü');
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });

  it('leaves nothing behind when it fails', () => {
    const path = join(folder, 'taken');
    mkdirSync(path);
    writeFileSync(join(path, 'x'), '');
    expect(() => writeFileAtomic(path, 'text')).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('says that a folder is missing', () => {
    expect(() => writeFileAtomic(join(folder, 'no', 'file'), 'x')).toThrow(
      /no\/file can not be written: there is no folder .*no\.$/,
    );
  });

  it('tells a full disk from other failures', () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    expect(writeError('a', full)).toMatchObject({ code: 'disk-full', cause: full });
  });
});

describe('createAtomicFile', () => {
  it('overwrites in the middle, goes on at the end, and shows nothing before the commit', () => {
    const path = join(folder, 'a.bin');
    const file = createAtomicFile(path);
    file.write(Uint8Array.of(0, 0, 3));
    file.writeAt(0, Uint8Array.of(1, 2));
    file.write(Uint8Array.of(4));
    const temporary = readdirSync(folder)[0]!;
    expect(temporaryTarget(temporary)).toBe('a.bin');
    file.commit();
    file.abort();
    expect([...readFileSync(path)]).toEqual([1, 2, 3, 4]);
    expect(readdirSync(folder)).toEqual(['a.bin']);
    expect(temporaryTarget('a.tmp')).toBeUndefined();
  });

  it('lets two be written under one name at once: the later commit stays', () => {
    const path = join(folder, 'a.bin');
    const [first, second] = [createAtomicFile(path), createAtomicFile(path)];
    expect(new Set(readdirSync(folder)).size).toBe(2);
    first.write(Uint8Array.of(1, 1, 1));
    second.write(Uint8Array.of(2));
    second.commit();
    expect([...readFileSync(path)]).toEqual([2]);
    first.commit();
    expect([...readFileSync(path)]).toEqual([1, 1, 1]);
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });
});
