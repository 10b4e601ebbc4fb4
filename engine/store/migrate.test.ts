import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore, openStore } from './database.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { findDamage } from './soundness.ts';
import { rawDatabase } from './testing/raw-database.ts';
import { insertTestRuns } from './testing/runs.ts';

const KILLED = fileURLToPath(new URL('./testing/killed-shrink.ts', import.meta.url));

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

  it('runs what is code inside its transaction, too', () => {
    const db = open();
    const code = (inside: typeof db) => {
      expect(inside.inTransaction).toBe(true);
      inside.prepare('UPDATE a SET x = x + 1').run();
    };
    migrate(db, [FIRST, code], file);
    expect([versionOf(db), db.prepare('SELECT x FROM a').pluck().get()]).toEqual([2, 2]);
    const failing = (inside: typeof db) => {
      code(inside);
      throw new Error('half-way');
    };
    expect(() => migrate(db, [FIRST, code, failing], file)).toThrow('half-way');
    expect([versionOf(db), db.prepare('SELECT x FROM a').pluck().get()]).toEqual([2, 2]);
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

  it('raises the version in the transaction of its migration', () => {
    const db = open();
    migrate(db, [FIRST], file);
    const before = schemaOf(db);
    // A foreign key without its row is found when the transaction ends, after everything has run.
    db.pragma('foreign_keys = ON');
    const late = `CREATE TABLE b (x INTEGER REFERENCES c DEFERRABLE INITIALLY DEFERRED) STRICT;
      CREATE TABLE c (x INTEGER PRIMARY KEY) STRICT; INSERT INTO b VALUES (1);`;
    expect(() => migrate(db, [FIRST, late], file)).toThrow(/FOREIGN KEY/);
    expect([versionOf(db), schemaOf(db)]).toEqual([1, before]);

    const pragma = db.pragma.bind(db);
    const failing = vi.spyOn(db, 'pragma').mockImplementation((source, options) => {
      if (source.includes('=')) throw new Error('killed');
      return pragma(source, options);
    });
    expect(() => migrate(db, [FIRST, SECOND], file)).toThrow('killed');
    failing.mockRestore();
    expect([versionOf(db), schemaOf(db)]).toEqual([1, before]);
    db.close();
  });

  it('keeps those before the failing one', () => {
    const db = open();
    expect(() => migrate(db, [FIRST, SECOND, 'SELECT broken;'], file)).toThrow();
    expect(versionOf(db)).toBe(2);
    db.close();
  });
});

it('a database of the version before is as it was when its migration is killed before it is committed, and can be opened', () => {
  const before = MIGRATIONS.length - 1;
  const older = rawDatabase(file);
  migrate(older, MIGRATIONS.slice(0, before), file);
  const made = createStore(older, file);
  insertTestRuns(made, 20);
  const runs = made.prepare('SELECT * FROM runs ORDER BY id').all() as object[];
  const schema = schemaOf(older);
  const damage = findDamage(older);
  made.close();
  expect(spawnSync(process.execPath, [KILLED, 'migrate', file]).signal).toBe('SIGKILL');
  const left = open();
  expect([versionOf(left), schemaOf(left)]).toEqual([before, schema]);
  left.close();
  const store = openStore(file);
  expect(versionOf(store.raw)).toBe(MIGRATIONS.length);
  expect(store.prepare('SELECT * FROM runs ORDER BY id').all()).toMatchObject(runs);
  expect(findDamage(store.raw)).toEqual(damage);
  store.close();
});
