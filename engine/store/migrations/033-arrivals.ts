import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Bars of stored series that were corrected, or that came late, when those after them were there already. */
export function arrivals(db: Database): void {
  const change = `
    CREATE TABLE arrivals (
      symbol     TEXT     NOT NULL,
      timeframe  TEXT     NOT NULL,
      time       INTEGER  NOT NULL,
      kind       TEXT     NOT NULL,
      source     TEXT     NOT NULL,
      at         INTEGER  NOT NULL,
      PRIMARY KEY (symbol, timeframe, time, kind)
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
