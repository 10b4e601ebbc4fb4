import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Columns, orders and filters of tables that were given a name. */
export function views(db: Database): void {
  const change = `
    CREATE TABLE views (
      subject  TEXT     NOT NULL,
      name     TEXT     NOT NULL,
      query    TEXT     NOT NULL,
      at       INTEGER  NOT NULL,
      PRIMARY KEY (subject, name)
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
