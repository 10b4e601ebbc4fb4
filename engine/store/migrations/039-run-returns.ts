import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * The history also sorts by expectancy and return of each run's best strategy, and filters by several columns at once: `runs_figures` has
 * every column that a condition may name, so that no such search goes to the table.
 */
const NEW = ['expectancy', 'total_return'];

const NAMES = [
  'sharpe_error',
  'max_drawdown',
  'win_rate',
  'trades',
  'profit_factor',
  ...NEW,
  'composite',
  'roi',
  'average_win',
  'average_loss',
  'kelly',
  'longest_losing_streak',
];

const columns = (of: (name: string) => string) => NAMES.map(of).join(', ');

const trigger = (event: string) => `
DROP TRIGGER strategies_best_on_${event.toLowerCase()};
CREATE TRIGGER strategies_best_on_${event.toLowerCase()} AFTER ${event} ON strategies WHEN NEW.rank = 1 BEGIN
  UPDATE runs SET ${columns((name) => `best_${name} = NEW.${name}`)} WHERE id = NEW.run_id
    AND (${columns((name) => `best_${name}`)}) IS NOT (${columns((name) => `NEW.${name}`)});
END;`;

const CHANGE = `
${NEW.map((name) => `ALTER TABLE runs ADD COLUMN best_${name} REAL;`).join('\n')}
UPDATE runs SET (${NEW.map((name) => `best_${name}`).join(', ')}) =
  (SELECT ${NEW.join(', ')} FROM strategies s WHERE s.run_id = runs.id AND s.rank = 1);
${trigger('INSERT')}
${trigger('UPDATE')}
${NEW.map((name) => `CREATE INDEX runs_by_${name} ON runs (best_${name});`).join('\n')}
DROP INDEX runs_figures;
CREATE INDEX runs_figures ON runs (status, kept, symbol, timeframe, model_type, best_sharpe, created_at, days_history, horizon,
                                   rank_ic, synthetic, encoder, uuid, config_hash, ${columns((name) => `best_${name}`)});`;

export function runReturns(db: Database): void {
  laySums(db, () => db.exec(CHANGE));
}
