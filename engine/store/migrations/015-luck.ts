import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * What luck alone makes of everything that was tried in a scope: its coin maxima, per window what its strategies sum up to, and each
 * cell that was counted, by the key of its figures. Cells of runs that are there already were not counted, and are known as such:
 * nobody takes maxima without them for all there are. A champion has the score that its scope's maxima are held against, and the shape of its
 * returns.
 */
export function luck(db: Database): void {
  const change = `
    CREATE TABLE luck_maxima (
      symbol     TEXT  NOT NULL,
      timeframe  TEXT  NOT NULL,
      regime     TEXT  NOT NULL,
      maxima     BLOB  NOT NULL,
      PRIMARY KEY (symbol, timeframe, regime)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE luck_windows (
      symbol          TEXT     NOT NULL,
      timeframe       TEXT     NOT NULL,
      regime          TEXT     NOT NULL,
      window          TEXT     NOT NULL,
      bars            INTEGER  NOT NULL,
      bars_per_year   REAL     NOT NULL,
      count           INTEGER  NOT NULL,
      sharpe_sum      REAL     NOT NULL,
      sharpe_squares  REAL     NOT NULL,
      varying         INTEGER  NOT NULL,
      sums            BLOB     NOT NULL,
      sampled         INTEGER  NOT NULL,
      below           REAL,
      PRIMARY KEY (symbol, timeframe, regime, window)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE luck_cells (
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
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX luck_cells_unknown ON luck_cells (symbol, timeframe, regime) WHERE counted = 0;
    CREATE INDEX luck_cells_sampled ON luck_cells (symbol, timeframe, regime, window) WHERE sample IS NOT NULL;
    ALTER TABLE champions ADD COLUMN luck_score REAL;
    ALTER TABLE champions ADD COLUMN skewness REAL;
    ALTER TABLE champions ADD COLUMN kurtosis REAL;
    ${NOT_COUNTED}`;
  laySums(db, () => db.exec(change));
}

/** 16 bytes of the key of a run's figures; where a run has none, its own name stands for what was tried in any regime. */
const NOT_COUNTED = `
  INSERT OR IGNORE INTO luck_cells
  SELECT symbol, timeframe, e.key, unhex(substr(e.value, 1, 32)), 0, NULL, 0, 0, 0, 0, NULL, NULL
  FROM runs, json_each(evaluation_keys) e WHERE status = 'completed';
  INSERT OR IGNORE INTO luck_cells
  SELECT r.symbol, r.timeframe, s.regime, unhex(replace(r.uuid, '-', '')), 0, NULL, 0, 0, 0, 0, NULL, NULL
  FROM runs r, (SELECT 'all' AS regime UNION SELECT iif(name = 'all', 'regime all', name) FROM regimes) s
  WHERE r.status = 'completed' AND r.evaluation_keys IS NULL;`;
