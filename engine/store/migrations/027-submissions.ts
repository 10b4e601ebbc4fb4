import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * Who may use the server, what was asked for under a key, so that asking twice is asking once, and production trainings, which are
 * several jobs of the queue one after another.
 */
export function submissions(db: Database): void {
  const change = `
    CREATE TABLE tokens (
      id          INTEGER  PRIMARY KEY,
      name        TEXT     NOT NULL,
      digest      TEXT     NOT NULL UNIQUE,
      read_only   INTEGER  NOT NULL,
      created_at  INTEGER  NOT NULL,
      revoked_at  INTEGER
    ) STRICT;
    CREATE TABLE submissions (
      key         TEXT     PRIMARY KEY,
      request     TEXT     NOT NULL,
      answer      TEXT     NOT NULL,
      created_at  INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE trainings (
      id           TEXT     PRIMARY KEY,
      label        TEXT     NOT NULL,
      origin       TEXT     NOT NULL,
      wishes       TEXT     NOT NULL,
      state        TEXT     NOT NULL,
      jobs         TEXT     NOT NULL,
      owner        TEXT,
      results      TEXT,
      error        TEXT,
      created_at   INTEGER  NOT NULL,
      started_at   INTEGER,
      finished_at  INTEGER
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
