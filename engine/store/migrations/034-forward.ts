import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Versions in production that trade on paper, and the bars that they did it on, each as it was then. */
export function forward(db: Database): void {
  const change = `
    CREATE TABLE forward_tests (
      id            INTEGER  PRIMARY KEY,
      name          TEXT     NOT NULL,
      version       TEXT     NOT NULL,
      symbol        TEXT     NOT NULL,
      timeframe     TEXT     NOT NULL,
      begun_at      INTEGER  NOT NULL,
      after_close   INTEGER  NOT NULL,
      ended_at      INTEGER,
      promise       TEXT,
      stale_at      INTEGER,
      stale_reason  TEXT,
      message       TEXT
    ) STRICT;
    CREATE INDEX forward_tests_by_name ON forward_tests (name, version);
    CREATE TABLE forward_bars (
      test_id     INTEGER  NOT NULL REFERENCES forward_tests (id),
      time        INTEGER  NOT NULL,
      open        REAL     NOT NULL,
      high        REAL     NOT NULL,
      low         REAL     NOT NULL,
      close       REAL     NOT NULL,
      day         INTEGER  NOT NULL,
      regime      TEXT     NOT NULL,
      signal      INTEGER  NOT NULL,
      forecast    REAL,
      confidence  REAL,
      cost        REAL     NOT NULL,
      swap_long   REAL     NOT NULL,
      swap_short  REAL     NOT NULL,
      stake       REAL     NOT NULL,
      "range"     REAL     NOT NULL,
      choices     INTEGER,
      at          INTEGER  NOT NULL,
      PRIMARY KEY (test_id, time)
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
