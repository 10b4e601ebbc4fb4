/** Candle files that a series had before it was corrected, kept while a run needs them to be opened. */
export const sql = `
CREATE TABLE former_candles (
  file         TEXT    PRIMARY KEY,
  symbol       TEXT    NOT NULL,
  timeframe    TEXT    NOT NULL,
  digest       TEXT    NOT NULL,
  replaced_at  INTEGER NOT NULL,
  -- JSON: digests of the views that the files after it no longer have.
  views        TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX former_candles_by_series ON former_candles (symbol, timeframe);
`;
