import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordedBuild } from './record-build.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-record-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Builds a source; returns the builds that were recorded. */
async function recordsOf(source: string): Promise<string[]> {
  const entry = join(folder, 'entry.ts');
  writeFileSync(entry, source);
  const records: string[] = [];
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: recordedBuild('page', 'page', [], (name) => records.push(name)),
    build: { lib: { entry, formats: ['es'], fileName: 'entry' } },
  }).catch(() => records.push('failed'));
  return records;
}

test('a build is recorded once it is written', async () => {
  expect(await recordsOf('export const one = 1;')).toEqual(['page']);
});

test('one that failed is not, so that it is tried again', async () => {
  expect(await recordsOf('export const one = ;')).toEqual(['failed']);
});
