import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Reader, sqlBuilder } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { findDamage } from './soundness.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-'));
  file = join(folder, 'regimen.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const REGIME = "INSERT INTO regimes (name, position, definition, active) VALUES ('a', 0, '{}', 1)";

describe('openStore', () => {
  it('makes every table STRICT, and syncs fully', () => {
    const store = openStore(file);
    const tables = store.raw.pragma('table_list') as { name: string; strict: number }[];
    const own = tables.filter(({ name }) => !name.startsWith('sqlite_'));
    expect(own.length).toBeGreaterThan(7);
    expect(own.filter(({ strict }) => strict === 0)).toEqual([]);
    const pragma = (name: string) => store.raw.pragma(name, { simple: true });
    expect(pragma('user_version')).toBe(MIGRATIONS.length);
    // 2 is FULL.
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    store.close();
  });

  it('refuses a database from the future, and leaves it alone', () => {
    openStore(file).close();
    const db = new Database(file);
    db.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    db.close();
    const before = readFileSync(file);
    expect(() => openStore(file)).toThrow(
      expect.objectContaining({
        code: 'store-newer',
        details: { file, found: MIGRATIONS.length + 1, newestKnown: MIGRATIONS.length },
      }),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('appends rows by their columns, in whatever order a row names them', () => {
    const store = openStore(file);
    store.insertAll('regimes', []);
    store.insertAll('regimes', [
      { name: 'a', position: 0, definition: '{}', active: 1 },
      { active: 0, definition: '[]', position: 1, name: 'b' },
    ]);
    expect(store.raw.prepare('SELECT * FROM regimes ORDER BY position').all()).toEqual([
      { name: 'a', position: 0, definition: '{}', active: 1 },
      { name: 'b', position: 1, definition: '[]', active: 0 },
    ]);
    const first = { name: 'c', position: 2, definition: '{}', active: 1 };
    const unlike = [
      { name: 'd', position: 3, definition: '{}' },
      { ...first, more: 1 },
    ] as never[];
    store.insertAll('regimes', [{ position: 3, name: 'd' }], { active: 1, definition: '{}' });
    expect(store.raw.prepare("SELECT * FROM regimes WHERE name = 'd'").get()).toEqual({
      name: 'd',
      position: 3,
      definition: '{}',
      active: 1,
    });
    for (const row of unlike) {
      expect(() => store.insertAll('regimes', [first, row])).toThrow(
        /name,position,definition,active, found/,
      );
      store.raw.exec("DELETE FROM regimes WHERE name = 'c'");
    }
    store.close();
  });

  it('undoes a transaction that throws', () => {
    const store = openStore(file);
    const count = () => store.raw.prepare('SELECT count(*) FROM regimes').pluck().get();
    expect(() =>
      store.transaction(() => {
        store.raw.exec(REGIME);
        expect(count()).toBe(1);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(count()).toBe(0);
    store.close();
  });

  it('reads what is of one moment, whatever is written meanwhile, and holds nothing afterwards', () => {
    const store = openStore(file);
    const other = openStore(file);
    const names = () => store.all(sqlBuilder.selectFrom('regimes').select('name')).length;
    store.reading(() => {
      expect(names()).toBe(0);
      other.transaction(() => other.raw.exec(REGIME));
      expect(names()).toBe(0);
    });
    expect(names()).toBe(1);
    expect(store.raw.inTransaction).toBe(false);
    expect(() => store.transaction(() => store.reading(names))).toThrow(/may still be taken back/);
    other.close();
    store.close();
  });

  it.each([
    ['its log', true],
    ['no log', false],
  ])('refuses a damaged database with %s, and changes neither', (_, withLog) => {
    openStore(file).close();
    const store = openStore(file);
    store.transaction(() => store.raw.exec(REGIME));
    // As a crash leaves it: what was written last is in the log only.
    const files = [file, `${file}-wal`].filter(() => withLog);
    for (const path of files) copyFileSync(path, path.replace('regimen.db', 'copy.db'));
    store.close();
    const copy = join(folder, 'copy.db');
    if (!withLog) copyFileSync(file, copy);
    const bytes = readFileSync(copy);
    bytes.fill(0x5a, 4096);
    writeFileSync(copy, bytes);
    const contents = () =>
      ['copy.db', 'copy.db-wal']
        .filter((name) => readdirSync(folder).includes(name))
        .map((name) => [name, readFileSync(join(folder, name), 'base64')]);
    const before = contents();
    expect(() => openStore(copy)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    expect(contents()).toEqual(before);
  });
});

it.each([1, 2, 7, 8, 9, 21])('appends %i rows at once in their order, each with its checksum', (count) => {
  const store = openStore(file);
  const rows = Array.from({ length: count }, (_, i) => ({
    at: 100 - i,
    run_id: 1 + (i % 3),
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime: `regime ${i}`,
    decision: 'rejected' as const,
    strategy_index: i,
    old_run_id: null,
    old_score: null,
    old_stored_score: null,
    old_score_error: null,
    new_score_error: i / 7,
    new_score: i,
    margin: null,
    trades: i,
    reason: 'Why not.',
  }));
  store.raw.pragma('foreign_keys = OFF');
  store.insertAll('audit', rows);
  const found = store.raw.prepare('SELECT * FROM audit ORDER BY id').all();
  expect(found).toEqual(rows.map((row, i) => ({ ...row, id: i + 1 })));
  expect(findDamage(store.raw)).toEqual([]);
  store.close();
});

it('is by its type a reader too, which can be asked for nothing that changes a row', () => {
  const store = openStore(file);
  const reader: Reader = store;
  expect(reader.all(sqlBuilder.selectFrom('queues').select('id'))).toEqual([]);
  // @ts-expect-error: it would delete.
  void (() => reader.all(sqlBuilder.deleteFrom('queues').returning('id')));
  // @ts-expect-error: it would change.
  void (() => reader.first(sqlBuilder.updateTable('queues').set({ name: '' }).returning('id')));
  // @ts-expect-error: it would write anything.
  void (() => reader.run);
  store.close();
});
