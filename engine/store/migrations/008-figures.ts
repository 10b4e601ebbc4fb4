/**
 * Figures as they are defined since a champion is tested in its regime alone: more of them, and nothing where there is
 * nothing to say. In the first release a figure without trades was 0.
 */

const FIGURES = `
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
  holdout_composite     REAL`;

const OLD_FIGURES = `sharpe, max_drawdown, win_rate, profit_factor, total_return, trades,
  holdout_sharpe, holdout_max_drawdown, holdout_win_rate, holdout_trades`;

const OLD_VALUES = `
  CASE WHEN trades > 0 THEN sharpe END, CASE WHEN trades > 0 THEN max_drawdown END,
  CASE WHEN trades > 0 THEN win_rate END, CASE WHEN trades > 0 THEN profit_factor END,
  CASE WHEN trades > 0 THEN total_return END, trades,
  CASE WHEN holdout_trades > 0 THEN holdout_sharpe END, CASE WHEN holdout_trades > 0 THEN holdout_max_drawdown END,
  CASE WHEN holdout_trades > 0 THEN holdout_win_rate END, holdout_trades`;

export const sql = `
CREATE TABLE old_champions AS SELECT * FROM champions;
DROP TABLE champions;

CREATE TABLE new_strategies (
  run_id                INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  strategy_index        INTEGER NOT NULL,
  -- By Sharpe ratio over all bars of the selection window, from 1; NULL beyond the best ten.
  rank                  INTEGER,
  prediction_method     TEXT    NOT NULL,
  ensemble_method       TEXT    NOT NULL,
  confidence_threshold  REAL    NOT NULL,
  lookback_window       INTEGER NOT NULL,
  ${FIGURES.trim()},
  PRIMARY KEY (run_id, strategy_index)
) STRICT, WITHOUT ROWID;
INSERT INTO new_strategies (run_id, strategy_index, rank, prediction_method, ensemble_method, confidence_threshold,
  lookback_window, ${OLD_FIGURES})
SELECT run_id, strategy_index, CASE WHEN place <= 10 THEN place END, prediction_method, ensemble_method,
  confidence_threshold, lookback_window, ${OLD_VALUES}
FROM (SELECT *, row_number() OVER (PARTITION BY run_id ORDER BY sharpe DESC, strategy_index) AS place FROM strategies);
DROP TABLE strategies;
ALTER TABLE new_strategies RENAME TO strategies;

CREATE TABLE champions (
  symbol                TEXT    NOT NULL,
  timeframe             TEXT    NOT NULL,
  regime                TEXT    NOT NULL,
  run_id                INTEGER NOT NULL REFERENCES runs (id),
  strategy_index        INTEGER NOT NULL,
  score                 REAL    NOT NULL,
  -- What changed since it was chosen, in words, where that has put it aside.
  stale                 TEXT,
  ${FIGURES.trim()},
  achieved_at           INTEGER NOT NULL,
  PRIMARY KEY (symbol, timeframe, regime, run_id),
  FOREIGN KEY (run_id, strategy_index) REFERENCES strategies (run_id, strategy_index)
) STRICT, WITHOUT ROWID;
INSERT INTO champions (symbol, timeframe, regime, run_id, strategy_index, score, achieved_at, ${OLD_FIGURES})
SELECT symbol, timeframe, regime, run_id, strategy_index, score, achieved_at, ${OLD_VALUES} FROM old_champions;
DROP TABLE old_champions;
CREATE INDEX champions_by_run ON champions (run_id);

-- The old champion's score as it was stored; old_score is what was compared.
ALTER TABLE audit ADD COLUMN old_stored_score REAL;
UPDATE audit SET old_stored_score = old_score;
`;
