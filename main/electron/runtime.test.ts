import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { electronRuntime } from './runtime.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-electron-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function download(): void {
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'path.txt'), 'electron\n');
  writeFileSync(join(folder, 'dist', 'electron'), '');
}

test('a downloaded runtime with a display can be used', () => {
  download();
  expect(electronRuntime(folder, true)).toEqual({ ok: true, path: join(folder, 'dist', 'electron') });
});

test('what is missing is said', () => {
  expect(electronRuntime(folder, true)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('not downloaded'),
  });
  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(electronRuntime(folder, true)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('not downloaded'),
  });
  rmSync(join(folder, 'path.txt'));
  download();
  expect(electronRuntime(folder, false)).toEqual({ ok: false, reason: 'there is no display' });
});
