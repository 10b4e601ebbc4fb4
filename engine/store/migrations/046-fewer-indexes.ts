/**
 * Each figure of a run had an index of its own, whose entries go to as many random places: beside a million runs they were most of what it took
 * to record one. A host has the figures in its memory (`run-image/`), and whoever has not finds all of them in `runs_figures`.
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

export const sql = FIGURES.map((name) => `DROP INDEX runs_by_${name};`).join('\n');
