import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * How much of a champion's score hangs on details, as JSON, by the key of what it was computed from. It follows from model and candles:
 * whatever is missing or has another key is computed again.
 */
export function robustness(db: Database): void {
  const change = `
    CREATE TABLE robustness (
      symbol     TEXT     NOT NULL,
      timeframe  TEXT     NOT NULL,
      regime     TEXT     NOT NULL,
      run_id     INTEGER  NOT NULL,
      key        TEXT     NOT NULL,
      figures    TEXT     NOT NULL,
      PRIMARY KEY (symbol, timeframe, regime, run_id)
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
