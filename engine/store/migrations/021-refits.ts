import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Models that a validation of the whole history ends with, trained on all there was; the file belongs to the validation. */
export function refits(db: Database): void {
  const change = `
    CREATE TABLE refits (
      validation_id   INTEGER  PRIMARY KEY REFERENCES validations (id) ON DELETE CASCADE,
      model_key       TEXT,
      artifact_file   TEXT,
      artifact_bytes  INTEGER  NOT NULL,
      train_from      INTEGER  NOT NULL,
      train_to        INTEGER  NOT NULL,
      train_bars      INTEGER  NOT NULL,
      as_of           INTEGER  NOT NULL,
      seconds         REAL     NOT NULL,
      created_at      INTEGER  NOT NULL,
      error           TEXT
    ) STRICT;
  `;
  laySums(db, () => db.exec(change));
}
