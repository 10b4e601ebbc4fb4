import type * as fs from 'node:fs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAtomicFile, temporaryTarget, writeFileAtomic } from './atomic-write.ts';

/** What is done to files, in order, with the name of the file. */
const done: string[] = [];

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const names = new Map<number, string>();
  return {
    ...real,
    openSync(path: string, flags: string) {
      const file = real.openSync(path, flags);
      names.set(file, path);
      return file;
    },
    fsyncSync(file: number) {
      done.push(`sync ${names.get(file)}`);
      real.fsyncSync(file);
    },
    fsync(file: number, callback: fs.NoParamCallback) {
      done.push(`sync ${names.get(file)}`);
      real.fsync(file, callback);
    },
    renameSync(from: string, to: string) {
      done.push(`rename ${from}`);
      real.renameSync(from, to);
    },
  };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atomic-write-'));
  done.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A power cut after any of these steps leaves the old file or the new one, whole. */
function expectSafeSteps(): void {
  const steps = done.map((step) =>
    temporaryTarget(basename(step)) === 'a.bin' ? `${step.split(' ')[0]} temporary` : step,
  );
  const lasting = process.platform === 'win32' ? [] : [`sync ${folder}`];
  expect(steps).toEqual(['sync temporary', 'rename temporary', ...lasting]);
}

it('syncs the content before the rename, and the folder after it', () => {
  writeFileAtomic(join(folder, 'a.bin'), 'text');
  expectSafeSteps();
});

it('does so where nobody waits for the content, too', async () => {
  const file = createAtomicFile(join(folder, 'a.bin'));
  file.write(Uint8Array.of(1, 2));
  await file.commitSoon();
  expectSafeSteps();
  expect([...readFileSync(join(folder, 'a.bin'))]).toEqual([1, 2]);
});
