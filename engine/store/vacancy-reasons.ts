import { sql } from 'kysely';
import { type Reader, sqlBuilder } from './database.ts';

/** Why a scope has no champion, as far as some of the audit trail tells: its row that came nearest. */
export interface NearestMiss {
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
  /** Runs that were found ineligible. */
  readonly runs: number;
  readonly reason: string;
  /** Larger is nearer. */
  readonly nearness: number;
}

/** Above any number of trades: whoever trades often enough is nearer than whoever does not. */
const ENOUGH_TRADES = 1e9;

/**
 * Per scope, the nearest of the ineligible candidates among the audit rows with ids [from, to): the one with the best
 * score of those with enough trades, else the one with most trades.
 */
export function nearestMisses(store: Reader, minTrades: number, from: number, to: number): NearestMiss[] {
  const nearness = sql<number>`max(iif(trades < ${minTrades}, trades, ${ENOUGH_TRADES} + coalesce(new_score, -1e6)))`;
  return store.all(
    sqlBuilder
      .selectFrom('audit')
      // SQLite takes the reason from the row that holds the maximum.
      .select((e) => [
        'symbol',
        'timeframe',
        'regime',
        'reason',
        e.fn.countAll<number>().as('runs'),
        nearness.as('nearness'),
      ])
      .where('id', '>=', from)
      .where('id', '<', to)
      .where('decision', '=', 'rejected')
      .where('old_run_id', 'is', null)
      .groupBy(['symbol', 'timeframe', 'regime']),
  );
}
