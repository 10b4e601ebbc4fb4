import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Where alerts go, what waits to be sent there, and what was known when it was last looked at. */
export function alerts(db: Database): void {
  const change = `
    CREATE TABLE alert_targets (
      name        TEXT     PRIMARY KEY,
      options     TEXT     NOT NULL,
      created_at  INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE alerts (
      number    INTEGER  PRIMARY KEY,
      id        TEXT     NOT NULL UNIQUE,
      target    TEXT     NOT NULL,
      at        INTEGER  NOT NULL,
      event     TEXT     NOT NULL,
      alert     TEXT     NOT NULL,
      attempts  INTEGER  NOT NULL,
      next_at   INTEGER  NOT NULL,
      sent_at   INTEGER,
      given_up  INTEGER  NOT NULL,
      error     TEXT
    ) STRICT;
    CREATE INDEX alerts_by_next ON alerts (sent_at, given_up, next_at);
    CREATE TABLE alert_states (
      key    TEXT  PRIMARY KEY,
      value  TEXT  NOT NULL
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
