import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Models of what survives, and the journal of which of them speaks. Both are written once and for ever, as the registry's. */
export function survival(db: Database): void {
  const change = `
    CREATE TABLE survival_models (
      id           INTEGER  PRIMARY KEY,
      version      TEXT     NOT NULL UNIQUE,
      queue_id     INTEGER  NOT NULL,
      parent       TEXT,
      model_type   TEXT     NOT NULL,
      options      TEXT     NOT NULL,
      figures      TEXT     NOT NULL,
      last_fold    INTEGER  NOT NULL,
      known_until  INTEGER  NOT NULL,
      model        BLOB     NOT NULL,
      created_at   INTEGER  NOT NULL
    ) STRICT;
    CREATE TABLE survival_journal (
      id            INTEGER  PRIMARY KEY,
      at            INTEGER  NOT NULL,
      action        TEXT     NOT NULL,
      from_version  TEXT,
      to_version    TEXT,
      by            TEXT     NOT NULL,
      reason        TEXT,
      skipped       TEXT     NOT NULL,
      gate          TEXT
    ) STRICT;
    CREATE TRIGGER survival_models_stay_as_written BEFORE UPDATE ON survival_models BEGIN
      SELECT RAISE(ABORT, 'A model of what survives is never written over.');
    END;
    CREATE TRIGGER survival_models_stay BEFORE DELETE ON survival_models BEGIN
      SELECT RAISE(ABORT, 'A model of what survives is never deleted.');
    END;
    CREATE TRIGGER survival_journal_stays_as_written BEFORE UPDATE ON survival_journal BEGIN
      SELECT RAISE(ABORT, 'What the journal says is never written over.');
    END;
    CREATE TRIGGER survival_journal_stays BEFORE DELETE ON survival_journal BEGIN
      SELECT RAISE(ABORT, 'What the journal says is never deleted.');
    END;`;
  laySums(db, () => db.exec(change));
}
