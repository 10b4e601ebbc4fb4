import { ANY, type Scope } from '../selection/champion.ts';
import type { RunTries } from '../selection/tries.ts';
import type { Tries } from '../statistics/luck.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { RunsTable } from './schema.ts';

const ADD = `
  INSERT INTO tries (symbol, timeframe, regime, count, sum, sum_squares) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (symbol, timeframe, regime) DO UPDATE SET
    count = count + excluded.count, sum = sum + excluded.sum, sum_squares = sum_squares + excluded.sum_squares`;

/** Adds what a run tried to the sums of its market; in the transaction that inserts the run. */
export function countTries(store: Store, run: Pick<RunsTable, 'symbol' | 'timeframe' | 'tries'>): void {
  if (run.tries === null) return;
  const add = store.prepare(ADD);
  for (const [regime, { count, sum, sumSquares }] of Object.entries(JSON.parse(run.tries) as RunTries)) {
    add.run(run.symbol, run.timeframe, regime, count, sum, sumSquares);
  }
}

/** Reads the tries that champions are the best of, scope by scope. */
export function readTries(store: Reader): (scope: Scope) => Tries {
  const rows = store.all(sqlBuilder.selectFrom('tries').selectAll());
  return ({ symbol, timeframe, regime }) => {
    let count = 0;
    let sum = 0;
    let sumSquares = 0;
    for (const row of rows) {
      if (row.regime !== regime) continue;
      if (symbol !== ANY && (row.symbol !== symbol || row.timeframe !== timeframe)) continue;
      count += row.count;
      sum += row.sum;
      sumSquares += row.sum_squares;
    }
    return { count, sum, sumSquares };
  };
}
