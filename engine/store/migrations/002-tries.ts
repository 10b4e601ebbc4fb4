/** How often luck could strike: what was tried in each regime, per run and summed up per market. */
export const sql = `
ALTER TABLE runs ADD COLUMN tries TEXT;

CREATE TABLE tries (
  symbol       TEXT     NOT NULL,
  timeframe    TEXT     NOT NULL,
  regime       TEXT     NOT NULL,
  count        INTEGER  NOT NULL,
  sum          REAL     NOT NULL,
  sum_squares  REAL     NOT NULL,
  PRIMARY KEY (symbol, timeframe, regime)
) STRICT, WITHOUT ROWID;
`;
