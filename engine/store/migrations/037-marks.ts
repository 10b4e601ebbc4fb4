import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Favorites, tags and notes of runs, by their UUID, and of jobs, by their number. */
export function marks(db: Database): void {
  const change = `
    CREATE TABLE marks (
      kind      TEXT     NOT NULL,
      subject   TEXT     NOT NULL,
      favorite  INTEGER  NOT NULL,
      tags      TEXT     NOT NULL,
      note      TEXT     NOT NULL,
      at        INTEGER  NOT NULL,
      PRIMARY KEY (kind, subject)
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
