import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deadTemporaries } from './leftovers.ts';

const NOW = Date.UTC(2026, 5, 1);
const OLD = (NOW - 3_600_000) / 1000;
const DEAD = spawnSync(process.execPath, ['-e', '']).pid;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leftovers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, seconds = OLD): void {
  writeFileSync(join(folder, name), 'xy');
  utimesSync(join(folder, name), seconds, seconds);
}

it('finds what dead processes left, by our own naming', () => {
  const names = [
    `.backup.zip.${DEAD}-0-3.tmp`,
    `.backup.zip.${DEAD}.db.tmp`,
    `.backup.zip.${DEAD}.db.tmp-journal`,
    `.config.yaml.${DEAD}-0-0.tmp`,
  ];
  for (const name of names) put(name);
  expect(deadTemporaries(folder, NOW)).toEqual(names.map((name) => ({ path: join(folder, name), bytes: 2 })));
});

it('leaves everything else: of the living, what was written just now, folders, and other names', () => {
  put(`.config.yaml.${process.pid}-0-0.tmp`);
  put(`.backup.zip.${process.pid}.db.tmp`);
  put(`.config.yaml.${DEAD}-0-1.tmp`, NOW / 1000 - 60);
  for (const name of ['notes.tmp', '.notes.12.tmp', `config.yaml.${DEAD}-0-0.tmp`, `.x.${DEAD}.db`])
    put(name);
  mkdirSync(join(folder, `.folder.${DEAD}-0-0.tmp`));
  expect(deadTemporaries(folder, NOW)).toEqual([]);
  expect(deadTemporaries(join(folder, 'none'), NOW)).toEqual([]);
});
