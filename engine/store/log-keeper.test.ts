import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSnapshot, openStore, type Store, sqlBuilder } from './database.ts';
import { MOST_LOGGED } from './log-keeper.ts';
import { loggedTransactions } from './testing/log-file.ts';

let folder: string;
let file: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-keeper-'));
  file = join(folder, 'regimen.db');
  store = openStore(file);
  store.putLogAway();
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

let added = 0;
function add(definition = '{}'): void {
  store.transaction(() => {
    store.insert('regimes', { name: `regime ${added++}`, position: added, definition, active: 1 });
  });
}
const logged = () => loggedTransactions(file).length;
/** What is in the database without its log. */
function putAway(): number {
  const copy = join(folder, 'copy.db');
  copyFileSync(file, copy);
  const db = new Database(copy);
  const count = db.prepare('SELECT count(*) FROM regimes').pluck().get() as number;
  db.close();
  return count;
}

it('cuts the log off after so many transactions, and keeps what they wrote', () => {
  for (let n = 1; n < MOST_LOGGED; n++) {
    add();
    expect(logged()).toBe(n);
  }
  expect(putAway()).toBe(0);
  add();
  expect(statSync(`${file}-wal`).size).toBe(0);
  expect(putAway()).toBe(MOST_LOGGED);
  for (let n = 0; n < 100; n++) {
    add();
    expect(logged()).toBeLessThan(MOST_LOGGED);
  }
  expect(putAway() + logged()).toBe(MOST_LOGGED + 100);
});

it('never holds more runs than that, however many a transaction records', () => {
  const group = (runs: number) => {
    store.transaction(() => {
      for (let n = 0; n < runs; n++) add();
    }, runs);
    return logged();
  };
  for (let n = 1; n < MOST_LOGGED; n++) add();
  // 15 and 8 are too many: those before are put away, then the 8 are the only ones.
  expect(group(8)).toBe(1);
  expect(putAway()).toBe(MOST_LOGGED - 1);
  expect(group(8)).toBe(0);
});

it('cuts a long log off at once', () => {
  add('x'.repeat(5_000_000));
  expect(logged()).toBe(0);
});

it('copies nothing under a snapshot, which would leave two states in the files, and cuts off when that ends', () => {
  const before = putAway();
  const snapshot = openSnapshot(store);
  for (let n = 0; n < 2 * MOST_LOGGED; n++) add();
  expect(logged()).toBe(2 * MOST_LOGGED);
  expect(putAway()).toBe(before);
  expect(snapshot.all(sqlBuilder.selectFrom('regimes').select('name'))).toHaveLength(0);
  snapshot.close();
  expect(logged()).toBe(0);
  expect(putAway()).toBe(before + 2 * MOST_LOGGED);
});

it('waits for no reader of another connection, and cuts off after the first commit without one', () => {
  const reader = new Database(file, { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM regimes').get();
  const begin = performance.now();
  for (let n = 0; n < 2 * MOST_LOGGED; n++) add();
  expect(performance.now() - begin).toBeLessThan(4000);
  expect(logged()).toBeGreaterThan(MOST_LOGGED);
  reader.close();
  add();
  expect(logged()).toBe(0);
});
