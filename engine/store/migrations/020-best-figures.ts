/**
 * The figures of a run's best strategy come with its row: the trigger, which keeps them what the strategy's own row says, leaves a row
 * that has them as it is. Writing it again took as long as all else of it, with the table of all strategies and the entries of indexes.
 */
const NAMES = [
  'sharpe_error',
  'max_drawdown',
  'win_rate',
  'trades',
  'profit_factor',
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

export const sql = trigger('INSERT') + trigger('UPDATE');
