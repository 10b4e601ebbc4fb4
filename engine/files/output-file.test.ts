import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimOutput } from './output-file.ts';

const isUnix = process.platform !== 'win32';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-file-'));
  mkdirSync(join(folder, 'own'));
  writeFileSync(join(folder, 'own', 'kept'), 'x');
  writeFileSync(join(folder, 'there'), 'x');
  if (!isUnix) return;
  symlinkSync('own', join(folder, 'way-in'));
  symlinkSync('there', join(folder, 'link'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const claim = (name: string, overwrite: boolean) =>
  claimOutput(join(folder, name), { overwrite, isOwn: (path) => /[/\\]own[/\\]/.test(path) });

test('a new file may be written, and one that is there if it may be replaced', () => {
  expect(claim('new', false)).toBe(join(folder, 'new'));
  expect(claim('there', true)).toBe(join(folder, 'there'));
  expect(() => claim('there', false)).toThrow(expect.objectContaining({ code: 'conflict' }));
  expect(() => claim('there', false)).toThrow(/exists already/);
});

test('a file of the program is not, whether it is there or not, and may be replaced or not', () => {
  for (const name of ['own/kept', 'own/new', 'own/../own/kept']) {
    for (const overwrite of [true, false])
      expect(() => claim(name, overwrite)).toThrow(/belongs to the workspace/);
  }
});

test('a folder is none', () => {
  expect(() => claim('own', true)).toThrow(/is a folder/);
});

test.runIf(isUnix)('links are followed, pipes and devices refused', () => {
  expect(() => claim('way-in/kept', true)).toThrow(/belongs to the workspace/);
  expect(() => claim('way-in/new', false)).toThrow(/belongs to the workspace/);
  expect(() => claim('link', false)).toThrow(/exists already/);
  expect(() => claim('pipe', true)).toThrow(/is a pipe/);
  expect(() => claimOutput('/dev/null', { overwrite: true, isOwn: () => false })).toThrow(/is a device/);
});
