import type { Database } from 'better-sqlite3';
import { makeAnew } from '../lay-sums.ts';

/**
 * Cells that luck counts are appended, and found by an index: they lay in the order of their keys, which are drawn, and since five of them fill a page, each put
 * others on pages of their own. With each result fifteen pages were written for them, a third of all.
 */
const CHANGE = `
CREATE TABLE new_luck_cells (
      symbol          TEXT     NOT NULL,
      timeframe       TEXT     NOT NULL,
      regime          TEXT     NOT NULL,
      key             BLOB     NOT NULL,
      counted         INTEGER  NOT NULL CHECK (counted IN (0, 1)),
      window          TEXT,
      count           INTEGER  NOT NULL,
      sharpe_sum      REAL     NOT NULL,
      sharpe_squares  REAL     NOT NULL,
      varying         INTEGER  NOT NULL,
      sums            BLOB,
      sample          BLOB,
      PRIMARY KEY (symbol, timeframe, regime, key)
    ) STRICT;
INSERT INTO new_luck_cells SELECT * FROM luck_cells ORDER BY symbol, timeframe, regime, key;
DROP TABLE luck_cells;
ALTER TABLE new_luck_cells RENAME TO luck_cells;
CREATE INDEX luck_cells_unknown ON luck_cells (symbol, timeframe, regime) WHERE counted = 0;
CREATE INDEX luck_cells_sampled ON luck_cells (symbol, timeframe, regime, window) WHERE sample IS NOT NULL;`;

export function luckAppended(db: Database): void {
  makeAnew(db, 'luck_cells', () => db.exec(CHANGE));
}
