import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * Who looked at the holdout of a market, and up to when it reached: a line for each look, for ever. Of what was trained before, nothing
 * was looked at as far as anybody knows.
 */
export function looks(db: Database): void {
  const change = `
    CREATE TABLE looks (
      id            INTEGER  PRIMARY KEY,
      symbol        TEXT     NOT NULL,
      timeframe     TEXT     NOT NULL,
      holdout_from  INTEGER,
      holdout_to    INTEGER  NOT NULL,
      opened_at     INTEGER  NOT NULL,
      opened_by     TEXT     NOT NULL,
      opened_for    TEXT     NOT NULL
    ) STRICT;
    CREATE INDEX looks_by_market ON looks (symbol, timeframe, holdout_to);
    CREATE TRIGGER looks_stay_as_written BEFORE UPDATE ON looks BEGIN
      SELECT RAISE(ABORT, 'A look that was spent is never written over.');
    END;
    CREATE TRIGGER looks_stay BEFORE DELETE ON looks BEGIN
      SELECT RAISE(ABORT, 'A look that was spent is never taken back.');
    END;`;
  laySums(db, () => db.exec(change));
}
