import type { Database } from 'better-sqlite3';
import { laySumsBeside } from '../lay-sums.ts';

/**
 * One index for all searches, which begins with what tells runs apart in few kinds, has what summaries add up, and replaces two that had
 * nearly the same. Where decisions are gone through, market and model of their runs are in an index instead of the table. What was sampled
 * of a window has checksums of its own, so that it is read without all cells of its scope.
 */
const FIGURES = [
  'sharpe_error',
  'max_drawdown',
  'win_rate',
  'trades',
  'profit_factor',
  'expectancy',
  'total_return',
  'composite',
  'roi',
  'average_win',
  'average_loss',
  'kelly',
  'longest_losing_streak',
];

const CHANGE = `
DROP INDEX runs_list;
DROP INDEX runs_figures;
CREATE INDEX runs_figures ON runs (status, kept, synthetic, symbol, timeframe, model_type, encoder, days_history, horizon, best_sharpe,
                                   created_at, rank_ic, uuid, config_hash, ${FIGURES.map((name) => `best_${name}`).join(', ')},
                                   strategies_tested, artifact_bytes);
DROP INDEX runs_by_id;
CREATE INDEX runs_by_id ON runs (id, symbol, timeframe, model_type);`;

export function scannedLess(db: Database): void {
  db.exec(CHANGE);
  laySumsBeside(db, 'luck_cells', 'luck_samples');
}
