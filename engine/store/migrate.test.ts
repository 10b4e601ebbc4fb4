import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from './database.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-'));
  file = join(folder, 'regimen.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(): Database.Database {
  return new Database(file);
}
const versionOf = (db: Database.Database) => db.pragma('user_version', { simple: true });
const schemaOf = (db: Database.Database) =>
  db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').pluck().all();

const FIRST = 'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);';
const SECOND = 'ALTER TABLE a ADD COLUMN y TEXT; UPDATE a SET y = x;';

describe('migrate', () => {
  it('runs what is new, in order, and nothing twice', () => {
    const db = open();
    migrate(db, [FIRST], file);
    expect(versionOf(db)).toBe(1);
    migrate(db, [FIRST, SECOND], file);
    migrate(db, [FIRST, SECOND], file);
    expect(versionOf(db)).toBe(2);
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 1, y: '1' }]);
    db.close();
  });

  it('leaves version, schema and rows as they were when a migration fails half-way', () => {
    const db = open();
    migrate(db, [FIRST], file);
    const before = schemaOf(db);
    const failing = 'CREATE TABLE b (x INTEGER) STRICT; DELETE FROM a; INSERT INTO nowhere VALUES (1);';
    expect(() => migrate(db, [FIRST, failing], file)).toThrow(/nowhere/);
    expect(versionOf(db)).toBe(1);
    expect(schemaOf(db)).toEqual(before);
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 1 }]);
    migrate(db, [FIRST, SECOND], file);
    expect(versionOf(db)).toBe(2);
    db.close();
  });

  it('keeps those before the failing one', () => {
    const db = open();
    expect(() => migrate(db, [FIRST, SECOND, 'SELECT broken;'], file)).toThrow();
    expect(versionOf(db)).toBe(2);
    db.close();
  });
});

describe('openStore', () => {
  it('makes every table STRICT, and syncs fully', () => {
    const store = openStore(file);
    const tables = store.raw.pragma('table_list') as { name: string; strict: number }[];
    const own = tables.filter(({ name }) => !name.startsWith('sqlite_'));
    expect(own.length).toBeGreaterThan(7);
    expect(own.filter(({ strict }) => strict === 0)).toEqual([]);
    expect(versionOf(store.raw)).toBe(MIGRATIONS.length);
    const pragma = (name: string) => store.raw.pragma(name, { simple: true });
    // 2 is FULL.
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    store.close();
  });

  it('refuses a database from the future, and leaves it alone', () => {
    openStore(file).close();
    const db = open();
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

  it('undoes a transaction that throws', () => {
    const store = openStore(file);
    const count = () => store.raw.prepare('SELECT count(*) FROM regimes').pluck().get();
    expect(() =>
      store.transaction(() => {
        store.raw.exec("INSERT INTO regimes (name, position, definition, active) VALUES ('a', 0, '{}', 1)");
        expect(count()).toBe(1);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(count()).toBe(0);
    store.close();
  });
});
