// Made of the migrations by `npm run schema`. A test compares.
/** Tables of a new database, each as the migrations leave it. */
export const TABLES = `
CREATE TABLE alert_states (
      key    TEXT  PRIMARY KEY,
      value  TEXT  NOT NULL
    ) STRICT, WITHOUT ROWID;
CREATE TABLE alert_targets (
      name        TEXT     PRIMARY KEY,
      options     TEXT     NOT NULL,
      created_at  INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
CREATE TABLE alerts (
      number    INTEGER  PRIMARY KEY,
      id        TEXT     NOT NULL UNIQUE,
      target    TEXT     NOT NULL,
      at        INTEGER  NOT NULL,
      event     TEXT     NOT NULL,
      alert     TEXT     NOT NULL,
      attempts  INTEGER  NOT NULL,
      next_at   INTEGER  NOT NULL,
      sent_at   INTEGER,
      given_up  INTEGER  NOT NULL,
      error     TEXT
    ) STRICT;
CREATE TABLE aliases (
      name     TEXT     NOT NULL,
      alias    TEXT     NOT NULL,
      version  TEXT     NOT NULL,
      since    INTEGER  NOT NULL,
      PRIMARY KEY (name, alias),
      FOREIGN KEY (name, version) REFERENCES versions (name, version)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE arrivals (
      symbol     TEXT     NOT NULL,
      timeframe  TEXT     NOT NULL,
      time       INTEGER  NOT NULL,
      kind       TEXT     NOT NULL,
      source     TEXT     NOT NULL,
      at         INTEGER  NOT NULL,
      PRIMARY KEY (symbol, timeframe, time, kind)
    ) STRICT, WITHOUT ROWID;
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
, old_stored_score REAL, old_score_error REAL, new_score_error REAL) STRICT;
CREATE TABLE audit_changes (
  change       INTEGER  PRIMARY KEY,
  decision_id  INTEGER  NOT NULL
) STRICT;
CREATE TABLE bases (
  digest  TEXT  NOT NULL PRIMARY KEY,
  basis   TEXT  NOT NULL
) STRICT;
CREATE TABLE broker_trades (
      account      TEXT     NOT NULL,
      ticket       TEXT     NOT NULL,
      symbol       TEXT     NOT NULL,
      direction    INTEGER  NOT NULL,
      volume       REAL     NOT NULL,
      open_time    INTEGER  NOT NULL,
      open_price   REAL     NOT NULL,
      close_time   INTEGER,
      close_price  REAL,
      commission   REAL     NOT NULL,
      swap         REAL     NOT NULL,
      profit       REAL     NOT NULL,
      source       TEXT     NOT NULL,
      at           INTEGER  NOT NULL,
      PRIMARY KEY (account, ticket)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE cells (
  queue_id     INTEGER NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
  cell_index   INTEGER NOT NULL,
  config_hash  TEXT    NOT NULL,
  run_key      TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('pending', 'completed', 'failed', 'skipped')),
  run_id       INTEGER REFERENCES runs (id) ON DELETE SET NULL, as_of INTEGER, error TEXT,
  PRIMARY KEY (queue_id, cell_index)
) STRICT, WITHOUT ROWID;
CREATE TABLE champions (
  symbol                TEXT    NOT NULL,
  timeframe             TEXT    NOT NULL,
  regime                TEXT    NOT NULL,
  run_id                INTEGER NOT NULL REFERENCES runs (id),
  strategy_index        INTEGER NOT NULL,
  score                 REAL    NOT NULL,
  -- What changed since it was chosen, in words, where that has put it aside.
  stale                 TEXT,
  sharpe                REAL,
  sharpe_error          REAL,
  sortino               REAL,
  max_drawdown          REAL,
  calmar                REAL,
  win_rate              REAL,
  profit_factor         REAL,
  expectancy            REAL,
  total_return          REAL,
  trades                INTEGER NOT NULL,
  exposure              REAL,
  longest_losing_streak INTEGER,
  composite             REAL,
  roi                   REAL,
  average_win           REAL,
  average_loss          REAL,
  kelly                 REAL,
  kelly_error           REAL,
  score_result          REAL,
  score_stake           REAL,
  score_profit          REAL,
  score_wins            REAL,
  score_run_up          REAL,
  holdout_sharpe        REAL,
  holdout_sharpe_error  REAL,
  holdout_max_drawdown  REAL,
  holdout_win_rate      REAL,
  holdout_profit_factor REAL,
  holdout_total_return  REAL,
  holdout_trades        INTEGER NOT NULL,
  holdout_composite     REAL,
  achieved_at           INTEGER NOT NULL, basis TEXT, luck_score REAL, skewness REAL, kurtosis REAL,
  PRIMARY KEY (symbol, timeframe, regime, run_id),
  FOREIGN KEY (run_id, strategy_index) REFERENCES strategies (run_id, strategy_index)
) STRICT, WITHOUT ROWID;
CREATE TABLE configurations (
      config_hash    TEXT  NOT NULL PRIMARY KEY,
      configuration  TEXT  NOT NULL
    ) STRICT;
CREATE TABLE decision_answers (
  question  TEXT     NOT NULL PRIMARY KEY,
  version   INTEGER,
  next      INTEGER  NOT NULL,
  state     TEXT     NOT NULL,
  digest    TEXT     NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE file_readings (
      file       TEXT     NOT NULL,
      symbol     TEXT     NOT NULL,
      timeframe  TEXT     NOT NULL,
      reading    TEXT     NOT NULL,
      at         INTEGER  NOT NULL,
      PRIMARY KEY (file, symbol, timeframe)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE folds (
      id           INTEGER  PRIMARY KEY,
      key          TEXT     NOT NULL UNIQUE,
      symbol       TEXT     NOT NULL,
      timeframe    TEXT     NOT NULL,
      model_type   TEXT     NOT NULL,
      result       BLOB     NOT NULL,
      seconds      REAL     NOT NULL,
      computed_at  INTEGER  NOT NULL
    ) STRICT;
CREATE TABLE former_candles (
  file         TEXT    PRIMARY KEY,
  symbol       TEXT    NOT NULL,
  timeframe    TEXT    NOT NULL,
  digest       TEXT    NOT NULL,
  replaced_at  INTEGER NOT NULL,
  -- JSON: digests of the views that the files after it no longer have.
  views        TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE forward_bars (
      test_id     INTEGER  NOT NULL REFERENCES forward_tests (id),
      time        INTEGER  NOT NULL,
      open        REAL     NOT NULL,
      high        REAL     NOT NULL,
      low         REAL     NOT NULL,
      close       REAL     NOT NULL,
      day         INTEGER  NOT NULL,
      regime      TEXT     NOT NULL,
      signal      INTEGER  NOT NULL,
      forecast    REAL,
      confidence  REAL,
      cost        REAL     NOT NULL,
      swap_long   REAL     NOT NULL,
      swap_short  REAL     NOT NULL,
      stake       REAL     NOT NULL,
      "range"     REAL     NOT NULL,
      choices     INTEGER,
      at          INTEGER  NOT NULL,
      PRIMARY KEY (test_id, time)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE forward_tests (
      id            INTEGER  PRIMARY KEY,
      name          TEXT     NOT NULL,
      version       TEXT     NOT NULL,
      symbol        TEXT     NOT NULL,
      timeframe     TEXT     NOT NULL,
      begun_at      INTEGER  NOT NULL,
      after_close   INTEGER  NOT NULL,
      ended_at      INTEGER,
      promise       TEXT,
      stale_at      INTEGER,
      stale_reason  TEXT,
      message       TEXT
    ) STRICT;
CREATE TABLE journal (
      id            INTEGER  PRIMARY KEY,
      at            INTEGER  NOT NULL,
      name          TEXT     NOT NULL,
      action        TEXT     NOT NULL,
      alias         TEXT,
      from_version  TEXT,
      to_version    TEXT,
      by            TEXT     NOT NULL,
      reason        TEXT,
      skipped       TEXT     NOT NULL,
      gate          TEXT
    ) STRICT;
CREATE TABLE links (
  queue_id  INTEGER  NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
  position  INTEGER  NOT NULL,
  run_id    INTEGER  NOT NULL,
  link      TEXT     NOT NULL,
  PRIMARY KEY (queue_id, position)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE "luck_cells" (
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
CREATE TABLE marks (
      kind      TEXT     NOT NULL,
      subject   TEXT     NOT NULL,
      favorite  INTEGER  NOT NULL,
      tags      TEXT     NOT NULL,
      note      TEXT     NOT NULL,
      at        INTEGER  NOT NULL,
      PRIMARY KEY (kind, subject)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE queues (
  id           INTEGER PRIMARY KEY,
  name         TEXT    NOT NULL,
  message      TEXT,
  priority     INTEGER NOT NULL,
  spec         TEXT    NOT NULL,
  total        INTEGER NOT NULL,
  crowned         INTEGER NOT NULL,
  seconds      REAL    NOT NULL,
  created_at   INTEGER NOT NULL,
  started_at   INTEGER,
  finished_at  INTEGER,
  owner        TEXT,
  heartbeat_at INTEGER
, retrain INTEGER NOT NULL DEFAULT 0 CHECK (retrain IN (0, 1)), state TEXT NOT NULL DEFAULT 'pending'
  CHECK (state IN ('pending', 'running', 'pausing', 'paused', 'awaiting_confirmation', 'cancelling',
                       'completed', 'cancelled', 'failed', 'crashed')), enqueued INTEGER NOT NULL DEFAULT 0 CHECK (enqueued IN (0, 1)), kind TEXT NOT NULL DEFAULT 'grid', peak_memory INTEGER) STRICT;
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
CREATE TABLE regimes (
  name         TEXT    PRIMARY KEY,
  position     INTEGER,
  definition   TEXT    NOT NULL,
  active       INTEGER NOT NULL
) STRICT;
CREATE TABLE robustness (
      symbol     TEXT     NOT NULL,
      timeframe  TEXT     NOT NULL,
      regime     TEXT     NOT NULL,
      run_id     INTEGER  NOT NULL,
      key        TEXT     NOT NULL,
      figures    TEXT     NOT NULL,
      PRIMARY KEY (symbol, timeframe, regime, run_id)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE run_changes (
  change  INTEGER  PRIMARY KEY,
  run_id  INTEGER  NOT NULL
) STRICT;
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
  artifact_file         TEXT,
  artifact_bytes        INTEGER NOT NULL,
  created_at            INTEGER NOT NULL,
  seconds               REAL    NOT NULL,
  error                 TEXT,
  -- Large, and read for one run at a time: last, so that lists never go through them.
  basis                 TEXT    NOT NULL,
  importance            TEXT,
  results               BLOB, tries TEXT, best_sharpe_error REAL, best_max_drawdown REAL, best_win_rate REAL, best_trades INTEGER, best_profit_factor REAL, best_composite REAL, best_roi REAL, best_average_win REAL, best_average_loss REAL, best_kelly REAL, best_longest_losing_streak INTEGER, training_key TEXT, evaluation_keys TEXT, selection TEXT, left_out TEXT, best_expectancy REAL, best_total_return REAL,
  UNIQUE (run_key, attempt)
) STRICT;
CREATE TABLE schedules (
      name        TEXT     PRIMARY KEY,
      enabled     INTEGER  NOT NULL,
      cron        TEXT     NOT NULL,
      zone        TEXT     NOT NULL,
      wishes      TEXT     NOT NULL,
      handled_at  INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
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
CREATE TABLE "strategies" (
  run_id                INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  strategy_index        INTEGER NOT NULL,
  -- By Sharpe ratio over all bars of the selection window, from 1; NULL beyond the best ten.
  rank                  INTEGER,
  prediction_method     TEXT    NOT NULL,
  ensemble_method       TEXT    NOT NULL,
  confidence_threshold  REAL    NOT NULL,
  lookback_window       INTEGER NOT NULL,
  sharpe                REAL,
  sharpe_error          REAL,
  sortino               REAL,
  max_drawdown          REAL,
  calmar                REAL,
  win_rate              REAL,
  profit_factor         REAL,
  expectancy            REAL,
  total_return          REAL,
  trades                INTEGER NOT NULL,
  exposure              REAL,
  longest_losing_streak INTEGER,
  composite             REAL,
  roi                   REAL,
  average_win           REAL,
  average_loss          REAL,
  kelly                 REAL,
  kelly_error           REAL,
  score_result          REAL,
  score_stake           REAL,
  score_profit          REAL,
  score_wins            REAL,
  score_run_up          REAL,
  holdout_sharpe        REAL,
  holdout_sharpe_error  REAL,
  holdout_max_drawdown  REAL,
  holdout_win_rate      REAL,
  holdout_profit_factor REAL,
  holdout_total_return  REAL,
  holdout_trades        INTEGER NOT NULL,
  holdout_composite     REAL,
  PRIMARY KEY (run_id, strategy_index)
) STRICT, WITHOUT ROWID;
CREATE TABLE submissions (
      key         TEXT     PRIMARY KEY,
      request     TEXT     NOT NULL,
      answer      TEXT     NOT NULL,
      created_at  INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
CREATE TABLE sums (
  kind   TEXT     NOT NULL,
  owner  ANY      NOT NULL,
  sum    INTEGER  NOT NULL,
  PRIMARY KEY (kind, owner)
) STRICT, WITHOUT ROWID;
CREATE TABLE survival_journal (
      id            INTEGER  PRIMARY KEY,
      at            INTEGER  NOT NULL,
      action        TEXT     NOT NULL,
      from_version  TEXT,
      to_version    TEXT,
      by            TEXT     NOT NULL,
      reason        TEXT,
      skipped       TEXT     NOT NULL,
      gate          TEXT
    ) STRICT;
CREATE TABLE survival_models (
      id           INTEGER  PRIMARY KEY,
      version      TEXT     NOT NULL UNIQUE,
      queue_id     INTEGER  NOT NULL,
      parent       TEXT,
      model_type   TEXT     NOT NULL,
      options      TEXT     NOT NULL,
      figures      TEXT     NOT NULL,
      last_fold    INTEGER  NOT NULL,
      known_until  INTEGER  NOT NULL,
      model        BLOB     NOT NULL,
      created_at   INTEGER  NOT NULL
    ) STRICT;
CREATE TABLE tokens (
      id          INTEGER  PRIMARY KEY,
      name        TEXT     NOT NULL,
      digest      TEXT     NOT NULL UNIQUE,
      read_only   INTEGER  NOT NULL,
      created_at  INTEGER  NOT NULL,
      revoked_at  INTEGER
    ) STRICT;
CREATE TABLE tracked (
      tracking_id  INTEGER  NOT NULL REFERENCES tracking (id) ON DELETE CASCADE,
      key          TEXT     NOT NULL,
      remote       TEXT,
      version      TEXT,
      refusal      TEXT,
      sent_at      INTEGER,
      PRIMARY KEY (tracking_id, key)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE tracking (
      id            INTEGER  PRIMARY KEY,
      uri           TEXT     NOT NULL,
      experiment    TEXT     NOT NULL,
      owner         TEXT,
      seen_at       INTEGER,
      models_up_to  INTEGER  NOT NULL,
      sent_at       INTEGER,
      UNIQUE (uri, experiment)
    ) STRICT;
CREATE TABLE trainings (
      id           TEXT     PRIMARY KEY,
      label        TEXT     NOT NULL,
      origin       TEXT     NOT NULL,
      wishes       TEXT     NOT NULL,
      state        TEXT     NOT NULL,
      jobs         TEXT     NOT NULL,
      owner        TEXT,
      error        TEXT,
      created_at   INTEGER  NOT NULL,
      started_at   INTEGER,
      finished_at  INTEGER
    , names TEXT NOT NULL DEFAULT '[]', schedule TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE trials (
      queue_id    INTEGER  NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
      study       INTEGER  NOT NULL,
      trial       INTEGER  NOT NULL,
      key         TEXT     NOT NULL,
      state       TEXT     NOT NULL,
      parameters  TEXT     NOT NULL,
      folds       TEXT     NOT NULL,
      loss        REAL,
      same_as     INTEGER,
      error       TEXT,
      seconds     REAL     NOT NULL,
      ended_at    INTEGER  NOT NULL,
      PRIMARY KEY (queue_id, study, trial)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE validation_folds (
      validation_id  INTEGER  NOT NULL REFERENCES validations (id) ON DELETE CASCADE,
      fold_index     INTEGER  NOT NULL,
      cell_index     INTEGER  NOT NULL,
      key            TEXT     NOT NULL,
      reused         INTEGER  NOT NULL DEFAULT 0,
      error          TEXT,
      PRIMARY KEY (validation_id, fold_index)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE validations (
      id           INTEGER  PRIMARY KEY,
      queue_id     INTEGER  NOT NULL,
      position     INTEGER  NOT NULL,
      scheme       TEXT     NOT NULL,
      symbol       TEXT     NOT NULL,
      timeframe    TEXT     NOT NULL,
      config_hash  TEXT     NOT NULL,
      regime       TEXT,
      spec         TEXT     NOT NULL,
      created_at   INTEGER  NOT NULL
    ) STRICT;
CREATE TABLE versions (
      id            INTEGER  PRIMARY KEY,
      name          TEXT     NOT NULL,
      version       TEXT     NOT NULL,
      symbol        TEXT     NOT NULL,
      timeframe     TEXT     NOT NULL,
      regime        TEXT,
      config_hash   TEXT     NOT NULL,
      training_key  TEXT     NOT NULL,
      parent        TEXT,
      bytes         INTEGER  NOT NULL,
      sha256        TEXT     NOT NULL,
      manifest      TEXT     NOT NULL,
      created_at    INTEGER  NOT NULL,
      UNIQUE (name, version)
    ) STRICT;
CREATE TABLE views (
      subject  TEXT     NOT NULL,
      name     TEXT     NOT NULL,
      query    TEXT     NOT NULL,
      at       INTEGER  NOT NULL,
      PRIMARY KEY (subject, name)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE watched_files (
      file      TEXT     PRIMARY KEY,
      folder    TEXT     NOT NULL REFERENCES watched_folders (folder) ON DELETE CASCADE,
      size      INTEGER  NOT NULL,
      modified  REAL     NOT NULL,
      state     TEXT     NOT NULL,
      message   TEXT     NOT NULL,
      series    TEXT     NOT NULL,
      rows      INTEGER  NOT NULL,
      at        INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
CREATE TABLE watched_folders (
      folder    TEXT     PRIMARY KEY,
      options   TEXT     NOT NULL,
      owner     TEXT,
      added_at  INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
CREATE TABLE workspace (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  id          TEXT    NOT NULL,
  generation  INTEGER NOT NULL
) STRICT;
`;
