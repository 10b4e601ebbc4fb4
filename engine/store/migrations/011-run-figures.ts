/**
 * The history sorts by the figures of each run's best strategy: they stand beside the run, where an index holds them in
 * order, and a trigger keeps them what the strategy's own row says, whoever writes that. Indexes of axes have the axes' names.
 */

/** Columns of `strategies`, and their types. */
const FIGURES = {
  sharpe_error: 'REAL',
  max_drawdown: 'REAL',
  win_rate: 'REAL',
  trades: 'INTEGER',
  profit_factor: 'REAL',
  composite: 'REAL',
  roi: 'REAL',
  average_win: 'REAL',
  average_loss: 'REAL',
  kelly: 'REAL',
  longest_losing_streak: 'INTEGER',
} as const;

const NAMES = Object.keys(FIGURES);
const COLUMNS = NAMES.map((name) => `best_${name}`);
const lines = <T>(of: readonly T[], line: (one: T) => string) => of.map(line).join('\n');

const trigger = (event: string) => `
CREATE TRIGGER strategies_best_on_${event.toLowerCase()} AFTER ${event} ON strategies WHEN NEW.rank = 1 BEGIN
  UPDATE runs SET ${NAMES.map((name) => `best_${name} = NEW.${name}`).join(', ')} WHERE id = NEW.run_id;
END;`;

export const sql = `
${lines(Object.entries(FIGURES), ([name, type]) => `ALTER TABLE runs ADD COLUMN best_${name} ${type};`)}
UPDATE runs SET (${COLUMNS.join(', ')}) =
  (SELECT ${NAMES.join(', ')} FROM strategies s WHERE s.run_id = runs.id AND s.rank = 1);
${trigger('INSERT')}
${trigger('UPDATE')}
${lines(NAMES, (name) => `CREATE INDEX runs_by_${name} ON runs (best_${name});`)}

-- Beside runs_list: with these columns every search would have to go through half as much again.
CREATE INDEX runs_figures ON runs (status, kept, symbol, timeframe, model_type, best_sharpe, created_at, encoder, uuid,
                                   ${COLUMNS.join(', ')});
DROP INDEX runs_by_model;
CREATE INDEX runs_by_model_type ON runs (model_type);
DROP INDEX runs_by_days;
CREATE INDEX runs_by_days_history ON runs (days_history);
`;
