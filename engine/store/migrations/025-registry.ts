import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * Versions of models, what points to them, and the journal of what was done to each name. Versions and journal are written once and
 * for ever: neither can be changed or deleted, by whatever program.
 */
export function registry(db: Database): void {
  const change = `
    CREATE TABLE versions (
      id            INTEGER  PRIMARY KEY,
      name          TEXT     NOT NULL,
      version       TEXT     NOT NULL,
      symbol        TEXT     NOT NULL,
      timeframe     TEXT     NOT NULL,
      regime        TEXT,
      config_hash   TEXT     NOT NULL,
      training_key  TEXT     NOT NULL,
      parent        TEXT,
      bytes         INTEGER  NOT NULL,
      sha256        TEXT     NOT NULL,
      manifest      TEXT     NOT NULL,
      created_at    INTEGER  NOT NULL,
      UNIQUE (name, version)
    ) STRICT;
    CREATE TABLE aliases (
      name     TEXT     NOT NULL,
      alias    TEXT     NOT NULL,
      version  TEXT     NOT NULL,
      since    INTEGER  NOT NULL,
      PRIMARY KEY (name, alias),
      FOREIGN KEY (name, version) REFERENCES versions (name, version)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE journal (
      id            INTEGER  PRIMARY KEY,
      at            INTEGER  NOT NULL,
      name          TEXT     NOT NULL,
      action        TEXT     NOT NULL,
      alias         TEXT,
      from_version  TEXT,
      to_version    TEXT,
      by            TEXT     NOT NULL,
      reason        TEXT,
      skipped       TEXT     NOT NULL,
      gate          TEXT
    ) STRICT;
    CREATE INDEX journal_by_name ON journal (name, id);
    CREATE TRIGGER versions_stay_as_written BEFORE UPDATE ON versions BEGIN
      SELECT RAISE(ABORT, 'A version is never written over.');
    END;
    CREATE TRIGGER versions_stay BEFORE DELETE ON versions BEGIN
      SELECT RAISE(ABORT, 'A version is never deleted.');
    END;
    CREATE TRIGGER journal_stays_as_written BEFORE UPDATE ON journal BEGIN
      SELECT RAISE(ABORT, 'What the journal says is never written over.');
    END;
    CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN
      SELECT RAISE(ABORT, 'What the journal says is never deleted.');
    END;`;
  laySums(db, () => db.exec(change));
}
