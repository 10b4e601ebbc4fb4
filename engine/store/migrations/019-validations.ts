import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * What was validated, in which folds, and what became of each fold, by the key of its figures: whichever job asks for one that is there
 * does not compute it again. None of it is a run.
 */
export function validations(db: Database): void {
  const change = `
    CREATE TABLE validations (
      id           INTEGER  PRIMARY KEY,
      queue_id     INTEGER  NOT NULL,
      position     INTEGER  NOT NULL,
      scheme       TEXT     NOT NULL,
      symbol       TEXT     NOT NULL,
      timeframe    TEXT     NOT NULL,
      config_hash  TEXT     NOT NULL,
      regime       TEXT,
      spec         TEXT     NOT NULL,
      created_at   INTEGER  NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX validations_by_queue ON validations (queue_id, position);
    CREATE INDEX validations_by_market ON validations (symbol, timeframe);
    CREATE TABLE validation_folds (
      validation_id  INTEGER  NOT NULL REFERENCES validations (id) ON DELETE CASCADE,
      fold_index     INTEGER  NOT NULL,
      cell_index     INTEGER  NOT NULL,
      key            TEXT     NOT NULL,
      reused         INTEGER  NOT NULL DEFAULT 0,
      error          TEXT,
      PRIMARY KEY (validation_id, fold_index)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE folds (
      id           INTEGER  PRIMARY KEY,
      key          TEXT     NOT NULL UNIQUE,
      symbol       TEXT     NOT NULL,
      timeframe    TEXT     NOT NULL,
      model_type   TEXT     NOT NULL,
      result       BLOB     NOT NULL,
      seconds      REAL     NOT NULL,
      computed_at  INTEGER  NOT NULL
    ) STRICT;
    CREATE INDEX folds_by_model ON folds (model_type, timeframe);
  `;
  laySums(db, () => db.exec(change));
}
