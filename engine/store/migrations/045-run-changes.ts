/**
 * Which runs were changed after they were recorded in what a history is searched by, or are gone: whoever keeps those columns in its memory
 * reads these runs again, and those with higher numbers than it knows, whichever process wrote them. Only the newest are kept.
 */
const SEARCHED = [
  'status',
  'kept',
  'synthetic',
  'symbol',
  'timeframe',
  'model_type',
  'encoder',
  'days_history',
  'horizon',
  'uuid',
  'created_at',
  'rank_ic',
  'best_sharpe',
  'best_sharpe_error',
  'best_max_drawdown',
  'best_win_rate',
  'best_trades',
  'best_profit_factor',
  'best_expectancy',
  'best_total_return',
  'best_composite',
  'best_roi',
  'best_average_win',
  'best_average_loss',
  'best_kelly',
  'best_longest_losing_streak',
];

const note = (row: string) => `
  INSERT INTO run_changes (run_id) VALUES (${row}.id);
  DELETE FROM run_changes WHERE change <= (SELECT max(change) FROM run_changes) - 10000;`;

export const sql = `
CREATE TABLE run_changes (
  change  INTEGER  PRIMARY KEY,
  run_id  INTEGER  NOT NULL
) STRICT;
CREATE TRIGGER run_changes_on_update AFTER UPDATE OF ${SEARCHED.join(', ')} ON runs BEGIN${note('NEW')}
END;
CREATE TRIGGER run_changes_on_delete AFTER DELETE ON runs BEGIN${note('OLD')}
END;`;
