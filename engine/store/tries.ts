import { storedJson } from '../contract/stored-json.ts';
import { ANY, type Scope } from '../selection/champion.ts';
import type { RunTries } from '../selection/tries.ts';
import type { Tries } from '../statistics/luck.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { RunsTable } from './schema.ts';
import { unsoundOf } from './soundness.ts';

const ADD = `
  INSERT INTO tries (symbol, timeframe, regime, count, sum, sum_squares) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (symbol, timeframe, regime) DO UPDATE SET
    count = count + excluded.count, sum = sum + excluded.sum, sum_squares = sum_squares + excluded.sum_squares`;

/** Adds what a run tried to the sums of its market; in the transaction that inserts the run. */
export function countTries(store: Store, run: Pick<RunsTable, 'symbol' | 'timeframe' | 'tries'>): void {
  add(store, run, run.tries, 1);
}

/** What a run tried is something else since it was evaluated again; `run` as it was before, in the transaction that changes it. */
export function replaceTries(
  store: Store,
  run: Pick<RunsTable, 'symbol' | 'timeframe' | 'tries'>,
  tries: string | null,
): void {
  if (run.tries === tries) return;
  add(store, run, run.tries, -1);
  add(store, run, tries, 1);
  // Nothing is left of it but what rounding leaves.
  store
    .prepare('DELETE FROM tries WHERE symbol = ? AND timeframe = ? AND count = 0')
    .run(run.symbol, run.timeframe);
}

function add(
  store: Store,
  { symbol, timeframe }: Pick<RunsTable, 'symbol' | 'timeframe'>,
  tries: string | null,
  sign: 1 | -1,
): void {
  if (tries === null) return;
  const statement = store.prepare(ADD);
  for (const [regime, { count, sum, sumSquares }] of Object.entries(
    storedJson<RunTries>(tries, 'the tries of a run'),
  )) {
    statement.run(symbol, timeframe, regime, sign * count, sign * sum, sign * sumSquares);
  }
}

/** Reads the tries that champions are the best of, scope by scope; none where they are not what was counted. */
export function readTries(store: Reader): (scope: Scope) => Tries {
  const damaged = [...unsoundOf(store, 'tries')].map(String);
  const rows = store.all(sqlBuilder.selectFrom('tries').selectAll());
  return ({ symbol, timeframe, regime }) => {
    let count = 0;
    let sum = 0;
    let sumSquares = 0;
    const isOfScope = (name: string) =>
      name.endsWith(` ${regime}`) && (symbol === ANY || name.startsWith(`${symbol} ${timeframe} `));
    if (damaged.some(isOfScope)) return { count, sum, sumSquares };
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
