import Database from 'better-sqlite3';
import { foundText } from '../contract/problems.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { layNewest } from './newest/lay.ts';
import { VERSION } from './newest/version.ts';

/** A row of `sqlite_schema`; without SQL it is an index that SQLite made for a key. */
interface Entry {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

/**
 * What a database of a version has and one that Regimen made has not, or the reverse, in words that go on after "its database"; nothing if
 * they are alike. Triggers and views are found by this, too: Regimen makes none.
 */
export function schemaDifferences(db: Database.Database, version: number): string[] {
  const fresh = new Database(':memory:');
  try {
    if (version >= VERSION) layNewest(fresh);
    migrate(fresh, MIGRATIONS.slice(0, version), ':memory:');
    const wanted = entriesOf(fresh);
    const found = entriesOf(db);
    return [
      ...[...found].flatMap(([key, entry]) => {
        const own = wanted.get(key);
        if (own === undefined) return [`has ${titleOf(entry)}, which is none of Regimen's`];
        const isAlike = own.sql === entry.sql && own.tbl_name === entry.tbl_name;
        return isAlike ? [] : [`has ${titleOf(entry)} in another form than Regimen's`];
      }),
      ...[...wanted].flatMap(([key, entry]) => (found.has(key) ? [] : [`lacks ${titleOf(entry)}`])),
    ];
  } finally {
    fresh.close();
  }
}

function titleOf({ type, name }: Entry): string {
  return `the ${foundText(type).replaceAll('"', '')} ${foundText(name)}`;
}

function entriesOf(db: Database.Database): Map<string, Entry> {
  // What SQLite counts by itself when it is asked to plan better.
  const entries = db
    .prepare<[], Entry>(
      `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat[0-9]' ORDER BY name, type`,
    )
    .all();
  return new Map(entries.map((entry) => [`${entry.type} ${entry.name}`, entry]));
}
