// Made of the migrations by `npm run schema`. A test compares.
/** Triggers of a new database, each as the migrations leave it. */
export const TRIGGERS = `
CREATE TRIGGER audit_changes_on_delete AFTER DELETE ON audit BEGIN
  INSERT INTO audit_changes (decision_id) VALUES (OLD.id);
  DELETE FROM audit_changes WHERE change < (SELECT max(change) FROM audit_changes);
END;
CREATE TRIGGER audit_changes_on_update AFTER UPDATE ON audit BEGIN
  INSERT INTO audit_changes (decision_id) VALUES (OLD.id);
  DELETE FROM audit_changes WHERE change < (SELECT max(change) FROM audit_changes);
END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN
      SELECT RAISE(ABORT, 'What the journal says is never deleted.');
    END;
CREATE TRIGGER journal_stays_as_written BEFORE UPDATE ON journal BEGIN
      SELECT RAISE(ABORT, 'What the journal says is never written over.');
    END;
CREATE TRIGGER looks_stay BEFORE DELETE ON looks BEGIN
      SELECT RAISE(ABORT, 'A look that was spent is never taken back.');
    END;
CREATE TRIGGER looks_stay_as_written BEFORE UPDATE ON looks BEGIN
      SELECT RAISE(ABORT, 'A look that was spent is never written over.');
    END;
CREATE TRIGGER run_changes_on_delete AFTER DELETE ON runs BEGIN
  INSERT INTO run_changes (run_id) VALUES (OLD.id);
  DELETE FROM run_changes WHERE change <= (SELECT max(change) FROM run_changes) - 10000;
END;
CREATE TRIGGER run_changes_on_update AFTER UPDATE OF status, kept, synthetic, symbol, timeframe, model_type, encoder, days_history, horizon, uuid, created_at, rank_ic, best_sharpe, best_sharpe_error, best_max_drawdown, best_win_rate, best_trades, best_profit_factor, best_expectancy, best_total_return, best_composite, best_roi, best_average_win, best_average_loss, best_kelly, best_longest_losing_streak ON runs BEGIN
  INSERT INTO run_changes (run_id) VALUES (NEW.id);
  DELETE FROM run_changes WHERE change <= (SELECT max(change) FROM run_changes) - 10000;
END;
CREATE TRIGGER strategies_best_on_insert AFTER INSERT ON strategies WHEN NEW.rank = 1 BEGIN
  UPDATE runs SET best_sharpe_error = NEW.sharpe_error, best_max_drawdown = NEW.max_drawdown, best_win_rate = NEW.win_rate, best_trades = NEW.trades, best_profit_factor = NEW.profit_factor, best_expectancy = NEW.expectancy, best_total_return = NEW.total_return, best_composite = NEW.composite, best_roi = NEW.roi, best_average_win = NEW.average_win, best_average_loss = NEW.average_loss, best_kelly = NEW.kelly, best_longest_losing_streak = NEW.longest_losing_streak WHERE id = NEW.run_id
    AND (best_sharpe_error, best_max_drawdown, best_win_rate, best_trades, best_profit_factor, best_expectancy, best_total_return, best_composite, best_roi, best_average_win, best_average_loss, best_kelly, best_longest_losing_streak) IS NOT (NEW.sharpe_error, NEW.max_drawdown, NEW.win_rate, NEW.trades, NEW.profit_factor, NEW.expectancy, NEW.total_return, NEW.composite, NEW.roi, NEW.average_win, NEW.average_loss, NEW.kelly, NEW.longest_losing_streak);
END;
CREATE TRIGGER strategies_best_on_update AFTER UPDATE ON strategies WHEN NEW.rank = 1 BEGIN
  UPDATE runs SET best_sharpe_error = NEW.sharpe_error, best_max_drawdown = NEW.max_drawdown, best_win_rate = NEW.win_rate, best_trades = NEW.trades, best_profit_factor = NEW.profit_factor, best_expectancy = NEW.expectancy, best_total_return = NEW.total_return, best_composite = NEW.composite, best_roi = NEW.roi, best_average_win = NEW.average_win, best_average_loss = NEW.average_loss, best_kelly = NEW.kelly, best_longest_losing_streak = NEW.longest_losing_streak WHERE id = NEW.run_id
    AND (best_sharpe_error, best_max_drawdown, best_win_rate, best_trades, best_profit_factor, best_expectancy, best_total_return, best_composite, best_roi, best_average_win, best_average_loss, best_kelly, best_longest_losing_streak) IS NOT (NEW.sharpe_error, NEW.max_drawdown, NEW.win_rate, NEW.trades, NEW.profit_factor, NEW.expectancy, NEW.total_return, NEW.composite, NEW.roi, NEW.average_win, NEW.average_loss, NEW.kelly, NEW.longest_losing_streak);
END;
CREATE TRIGGER survival_journal_stays BEFORE DELETE ON survival_journal BEGIN
      SELECT RAISE(ABORT, 'What the journal says is never deleted.');
    END;
CREATE TRIGGER survival_journal_stays_as_written BEFORE UPDATE ON survival_journal BEGIN
      SELECT RAISE(ABORT, 'What the journal says is never written over.');
    END;
CREATE TRIGGER survival_models_stay BEFORE DELETE ON survival_models BEGIN
      SELECT RAISE(ABORT, 'A model of what survives is never deleted.');
    END;
CREATE TRIGGER survival_models_stay_as_written BEFORE UPDATE ON survival_models BEGIN
      SELECT RAISE(ABORT, 'A model of what survives is never written over.');
    END;
CREATE TRIGGER versions_stay BEFORE DELETE ON versions BEGIN
      SELECT RAISE(ABORT, 'A version is never deleted.');
    END;
CREATE TRIGGER versions_stay_as_written BEFORE UPDATE ON versions BEGIN
      SELECT RAISE(ABORT, 'A version is never written over.');
    END;
`;
