/** Tables of the first release. Times are milliseconds since 1970-01-01 UTC; flags are 0 or 1. */
export const sql = `
CREATE TABLE series (
  symbol       TEXT    NOT NULL,
  timeframe    TEXT    NOT NULL,
  bars         INTEGER NOT NULL,
  first_time   INTEGER NOT NULL,
  last_time    INTEGER NOT NULL,
  digest       TEXT    NOT NULL,
  synthetic    INTEGER NOT NULL,
  file         TEXT    NOT NULL,
  quality      TEXT    NOT NULL,
  imported_at  INTEGER NOT NULL,
  PRIMARY KEY (symbol, timeframe)
) STRICT;

CREATE TABLE queues (
  id           INTEGER PRIMARY KEY,
  name         TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('pending', 'running', 'pausing', 'paused', 'cancelling',
                                                 'completed', 'cancelled', 'failed', 'crashed')),
  message      TEXT,
  priority     INTEGER NOT NULL,
  spec         TEXT    NOT NULL,
  total        INTEGER NOT NULL,
  kept         INTEGER NOT NULL,
  deleted      INTEGER NOT NULL,
  seconds      REAL    NOT NULL,
  created_at   INTEGER NOT NULL,
  started_at   INTEGER,
  finished_at  INTEGER,
  owner        TEXT,
  heartbeat_at INTEGER
) STRICT;

CREATE TABLE cells (
  queue_id     INTEGER NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
  cell_index   INTEGER NOT NULL,
  config_hash  TEXT    NOT NULL,
  run_key      TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('pending', 'completed', 'failed', 'skipped')),
  run_id       INTEGER REFERENCES runs (id) ON DELETE SET NULL,
  PRIMARY KEY (queue_id, cell_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX cells_by_run ON cells (run_id);

CREATE TABLE runs (
  id                    INTEGER PRIMARY KEY,
  uuid                  TEXT    NOT NULL UNIQUE,
  run_key               TEXT    NOT NULL,
  attempt               INTEGER NOT NULL,
  config_hash           TEXT    NOT NULL,
  model_type            TEXT    NOT NULL,
  encoder               TEXT    NOT NULL,
  symbol                TEXT    NOT NULL,
  timeframe             TEXT    NOT NULL,
  days_history          INTEGER NOT NULL,
  horizon               INTEGER NOT NULL,
  indicator_timeframes  TEXT    NOT NULL,
  hyperparameters       TEXT    NOT NULL,
  synthetic             INTEGER NOT NULL,
  status                TEXT    NOT NULL CHECK (status IN ('completed', 'failed')),
  kept                  INTEGER NOT NULL,
  train_rows            INTEGER,
  rmse                  REAL,
  mae                   REAL,
  r2                    REAL,
  rank_ic               REAL,
  best_sharpe           REAL,
  strategies_tested     INTEGER NOT NULL,
  artefact_file         TEXT,
  artefact_bytes        INTEGER NOT NULL,
  created_at            INTEGER NOT NULL,
  seconds               REAL    NOT NULL,
  error                 TEXT,
  -- Large, and read for one run at a time: last, so that lists never go through them.
  basis                 TEXT    NOT NULL,
  importance            TEXT,
  results               BLOB,
  UNIQUE (run_key, attempt)
) STRICT;
CREATE INDEX runs_by_config ON runs (config_hash);
CREATE INDEX runs_by_artefact ON runs (artefact_file) WHERE artefact_file IS NOT NULL;
-- What the history filters by, and what summaries add up: scanned instead of the table, a fiftieth of its size.
CREATE INDEX runs_list ON runs (status, kept, symbol, timeframe, model_type, best_sharpe, created_at, days_history,
                                horizon, rank_ic, encoder, uuid, artefact_bytes, seconds);
CREATE INDEX runs_errors ON runs (json_extract(error, '$.message')) WHERE error IS NOT NULL;
-- One for each column the history can be sorted by: any page of the whole history is read in order.
CREATE INDEX runs_by_id ON runs (id);
CREATE INDEX runs_by_model ON runs (model_type);
CREATE INDEX runs_by_symbol ON runs (symbol);
CREATE INDEX runs_by_timeframe ON runs (CASE timeframe WHEN 'M1' THEN 1 WHEN 'M5' THEN 2 WHEN 'M15' THEN 3
                                        WHEN 'M30' THEN 4 WHEN 'H1' THEN 5 WHEN 'H4' THEN 6 ELSE 7 END);
CREATE INDEX runs_by_days ON runs (days_history);
CREATE INDEX runs_by_horizon ON runs (horizon);
CREATE INDEX runs_by_status ON runs (status);
CREATE INDEX runs_by_kept ON runs (kept);
CREATE INDEX runs_by_sharpe ON runs (best_sharpe);
CREATE INDEX runs_by_rank_ic ON runs (rank_ic);
CREATE INDEX runs_by_created ON runs (created_at);

CREATE TABLE strategies (
  run_id                INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  strategy_index        INTEGER NOT NULL,
  prediction_method     TEXT    NOT NULL,
  ensemble_method       TEXT    NOT NULL,
  confidence_threshold  REAL    NOT NULL,
  lookback_window       INTEGER NOT NULL,
  sharpe                REAL    NOT NULL,
  max_drawdown          REAL    NOT NULL,
  win_rate              REAL    NOT NULL,
  profit_factor         REAL,
  total_return          REAL    NOT NULL,
  trades                INTEGER NOT NULL,
  holdout_sharpe        REAL    NOT NULL,
  holdout_max_drawdown  REAL    NOT NULL,
  holdout_win_rate      REAL    NOT NULL,
  holdout_trades        INTEGER NOT NULL,
  PRIMARY KEY (run_id, strategy_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE regimes (
  name         TEXT    PRIMARY KEY,
  position     INTEGER,
  definition   TEXT    NOT NULL,
  active       INTEGER NOT NULL
) STRICT;

CREATE TABLE champions (
  symbol                TEXT    NOT NULL,
  timeframe             TEXT    NOT NULL,
  regime                TEXT    NOT NULL,
  run_id                INTEGER NOT NULL REFERENCES runs (id),
  strategy_index        INTEGER NOT NULL,
  score                 REAL    NOT NULL,
  sharpe                REAL    NOT NULL,
  max_drawdown          REAL    NOT NULL,
  win_rate              REAL    NOT NULL,
  profit_factor         REAL,
  total_return          REAL    NOT NULL,
  trades                INTEGER NOT NULL,
  holdout_sharpe        REAL    NOT NULL,
  holdout_max_drawdown  REAL    NOT NULL,
  holdout_win_rate      REAL    NOT NULL,
  holdout_trades        INTEGER NOT NULL,
  achieved_at           INTEGER NOT NULL,
  PRIMARY KEY (symbol, timeframe, regime, run_id),
  FOREIGN KEY (run_id, strategy_index) REFERENCES strategies (run_id, strategy_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX champions_by_run ON champions (run_id);

CREATE TABLE audit (
  id              INTEGER PRIMARY KEY,
  at              INTEGER NOT NULL,
  run_id          INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  symbol          TEXT    NOT NULL,
  timeframe       TEXT    NOT NULL,
  regime          TEXT    NOT NULL,
  decision        TEXT    NOT NULL,
  strategy_index  INTEGER,
  old_run_id      INTEGER,
  old_score       REAL,
  new_score       REAL,
  margin          REAL,
  trades          INTEGER,
  reason          TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_by_run ON audit (run_id);
CREATE INDEX audit_by_replaced ON audit (old_run_id) WHERE decision = 'champion' AND old_run_id IS NOT NULL;
`;
