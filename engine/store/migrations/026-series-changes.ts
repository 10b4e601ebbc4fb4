import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * What a stored series was before an import, a replacement or a removal, so that it can be undone: its row and those of its former candles,
 * as JSON. `series` is NULL where there was none.
 */
export function seriesChanges(db: Database): void {
  const change = `
    CREATE TABLE series_changes (
      id         INTEGER  PRIMARY KEY,
      symbol     TEXT     NOT NULL,
      timeframe  TEXT     NOT NULL,
      action     TEXT     NOT NULL,
      source     TEXT,
      at         INTEGER  NOT NULL,
      series     TEXT,
      former     TEXT     NOT NULL
    ) STRICT;
    CREATE INDEX series_changes_by_series ON series_changes (symbol, timeframe, id);`;
  laySums(db, () => db.exec(change));
}
