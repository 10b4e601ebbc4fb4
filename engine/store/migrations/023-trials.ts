import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** What became of the trials of searches, study by study; whole ones are known by the key of their losses. */
export function trials(db: Database): void {
  const change = `
    CREATE TABLE trials (
      queue_id    INTEGER  NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
      study       INTEGER  NOT NULL,
      trial       INTEGER  NOT NULL,
      key         TEXT     NOT NULL,
      state       TEXT     NOT NULL,
      parameters  TEXT     NOT NULL,
      folds       TEXT     NOT NULL,
      loss        REAL,
      same_as     INTEGER,
      error       TEXT,
      seconds     REAL     NOT NULL,
      ended_at    INTEGER  NOT NULL,
      PRIMARY KEY (queue_id, study, trial)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX trials_by_key ON trials (key);
  `;
  laySums(db, () => db.exec(change));
}
