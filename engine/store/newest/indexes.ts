// Made of the migrations by `npm run schema`. A test compares.
/** Indexes of a new database, each as the migrations leave it. */
export const INDEXES = `
CREATE INDEX alerts_by_next ON alerts (sent_at, given_up, next_at);
CREATE INDEX audit_by_replaced ON audit (old_run_id) WHERE decision = 'champion' AND old_run_id IS NOT NULL;
CREATE INDEX audit_by_run ON audit (run_id);
CREATE INDEX cells_by_run ON cells (run_id);
CREATE INDEX champions_by_run ON champions (run_id);
CREATE INDEX folds_by_model ON folds (model_type, timeframe);
CREATE INDEX former_candles_by_series ON former_candles (symbol, timeframe);
CREATE INDEX forward_tests_by_name ON forward_tests (name, version);
CREATE INDEX journal_by_name ON journal (name, id);
CREATE UNIQUE INDEX links_by_run ON links (queue_id, run_id);
CREATE INDEX looks_by_market ON looks (symbol, timeframe, holdout_to);
CREATE INDEX luck_cells_sampled ON luck_cells (symbol, timeframe, regime, window) WHERE sample IS NOT NULL;
CREATE INDEX luck_cells_unknown ON luck_cells (symbol, timeframe, regime) WHERE counted = 0;
CREATE INDEX runs_by_artifact ON runs (artifact_file) WHERE artifact_file IS NOT NULL;
CREATE INDEX runs_by_config ON runs (config_hash);
CREATE INDEX runs_by_created ON runs (created_at);
CREATE INDEX runs_by_days_history ON runs (days_history);
CREATE INDEX runs_by_horizon ON runs (horizon);
CREATE INDEX runs_by_id ON runs (id, symbol, timeframe, model_type);
CREATE INDEX runs_by_kept ON runs (kept);
CREATE INDEX runs_by_model_type ON runs (model_type);
CREATE INDEX runs_by_rank_ic ON runs (rank_ic);
CREATE INDEX runs_by_sharpe ON runs (best_sharpe);
CREATE INDEX runs_by_status ON runs (status);
CREATE INDEX runs_by_symbol ON runs (symbol);
CREATE INDEX runs_by_timeframe ON runs (CASE timeframe WHEN 'M1' THEN 1 WHEN 'M5' THEN 2 WHEN 'M15' THEN 3
                                        WHEN 'M30' THEN 4 WHEN 'H1' THEN 5 WHEN 'H4' THEN 6 ELSE 7 END);
CREATE INDEX runs_errors ON runs (json_extract(error, '$.message')) WHERE error IS NOT NULL;
CREATE INDEX runs_figures ON runs (status, kept, synthetic, symbol, timeframe, model_type, encoder, days_history, horizon, best_sharpe,
                                   created_at, rank_ic, uuid, config_hash, best_sharpe_error, best_max_drawdown, best_win_rate, best_trades, best_profit_factor, best_expectancy, best_total_return, best_composite, best_roi, best_average_win, best_average_loss, best_kelly, best_longest_losing_streak,
                                   strategies_tested, artifact_bytes);
CREATE INDEX runs_kept_by_model ON runs (training_key) WHERE artifact_file IS NOT NULL;
CREATE INDEX runs_to_shrink ON runs (created_at) WHERE kept = 0 AND length(results) > 2000;
CREATE INDEX series_changes_by_series ON series_changes (symbol, timeframe, id);
CREATE INDEX trials_by_key ON trials (key);
CREATE INDEX validations_by_market ON validations (symbol, timeframe);
CREATE UNIQUE INDEX validations_by_queue ON validations (queue_id, position);
CREATE INDEX watched_files_by_folder ON watched_files (folder);
`;
