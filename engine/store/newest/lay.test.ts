import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { layNewest } from './lay.ts';
import { newestSchema } from './text.ts';
import { VERSION } from './version.ts';

/** A new database is what all migrations would have made, one after the other. */

let migrated: Database.Database;
let laid: Database.Database;
beforeAll(() => {
  migrated = new Database(':memory:');
  migrate(migrated, MIGRATIONS, ':memory:');
  laid = new Database(':memory:');
  layNewest(laid);
});
afterAll(() => {
  migrated.close();
  laid.close();
});

const schemaOf = (db: Database.Database) =>
  db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();

/** All rows but the workspace's id and its checksum, which are drawn. */
function rowsOf(db: Database.Database): unknown {
  const tables = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all()
    .sort();
  return tables.map((name) => [
    name,
    db
      .prepare<[], Record<string, unknown>>(`SELECT * FROM ${name}`)
      .all()
      .map((row) =>
        name === 'workspace'
          ? { ...row, id: expect.stringMatching(/^[0-9a-f]{32}$/) }
          : row.kind === 'workspace'
            ? { ...row, sum: expect.any(Number) }
            : row,
      ),
  ]);
}

describe('a new database', () => {
  it('has tables, indexes, triggers and rows of the newest version', () => {
    expect(VERSION, 'a migration came: run "npm run schema"').toBe(MIGRATIONS.length);
    expect(schemaOf(laid), 'run "npm run schema"').toEqual(schemaOf(migrated));
    expect(rowsOf(laid)).toEqual(rowsOf(migrated));
    expect(laid.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(laid.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('is made of what the migrations say', () => {
    for (const [name, text] of Object.entries(newestSchema(migrated))) {
      expect(readFileSync(join(import.meta.dirname, name), 'utf8'), 'run "npm run schema"').toBe(text);
    }
  });

  it('has an id of its own', () => {
    const other = new Database(':memory:');
    layNewest(other);
    const idOf = (db: Database.Database) => db.prepare('SELECT id FROM workspace').pluck().get();
    expect(idOf(other)).not.toBe(idOf(laid));
    other.close();
  });

  it('is made at once or not at all', () => {
    const folder = mkdtempSync(join(tmpdir(), 'new-database-'));
    const file = join(folder, 'regimen.db');
    const db = new Database(file);
    // What fails at the end takes everything before it back.
    db.function('randomblob', (_bytes) => {
      throw new Error('killed');
    });
    expect(() => layNewest(db)).toThrow('killed');
    expect(schemaOf(db)).toEqual([]);
    db.close();
    const again = new Database(file);
    layNewest(again);
    expect(schemaOf(again)).toEqual(schemaOf(migrated));
    again.close();
    rmSync(folder, { recursive: true });
  });
});

describe('a database that is not new', () => {
  it('is left to its migrations', () => {
    const old = new Database(':memory:');
    migrate(old, MIGRATIONS.slice(0, 3), ':memory:');
    const before = schemaOf(old);
    layNewest(old);
    expect(schemaOf(old)).toEqual(before);
    expect(old.pragma('user_version', { simple: true })).toBe(3);
    old.close();
  });

  it('is left as it is where it has tables and no version', () => {
    const foreign = new Database(':memory:');
    foreign.exec('CREATE TABLE theirs (x)');
    layNewest(foreign);
    expect(schemaOf(foreign)).toHaveLength(1);
    foreign.close();
  });
});
