import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from './database.ts';
import { pagesVerdict } from './health.ts';
import { insertTestRuns } from './testing/runs.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-pages-'));
  file = join(folder, 'regimen.db');
  const store = openStore(file);
  insertTestRuns(store, 40);
  store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is said of a database whose table has a damaged first page, where databases of so many bytes are looked through. */
function verdictWithout(table: string, most: number): string {
  const db = new Database(file);
  const page = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number;
  const size = db.pragma('page_size', { simple: true }) as number;
  db.close();
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, (page - 1) * size);
  closeSync(handle);
  const damaged = new Database(file, { readonly: true });
  try {
    return pagesVerdict(damaged, most);
  } finally {
    damaged.close();
  }
}

const LARGE = 1e9;

it('looks through a database, and through one that is large where it does not grow with each result', () => {
  const db = new Database(file, { readonly: true });
  expect([pagesVerdict(db), pagesVerdict(db, 0)]).toEqual(['ok', 'ok']);
  db.close();
  expect(verdictWithout('runs', 0)).toBe('ok');
  expect(verdictWithout('runs', LARGE)).not.toBe('ok');
});

it('finds in a large one what is wrong with its other tables', () => {
  expect(verdictWithout('series', 0)).not.toBe('ok');
});
