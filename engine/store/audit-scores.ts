import type { Timeframe } from '../contract/timeframe.ts';
import { type Reader, sqlBuilder } from './database.ts';

/** Of the runs that were judged; what is left out does not matter. */
export interface ScoreFilter {
  readonly symbol?: string | undefined;
  readonly timeframe?: Timeframe | undefined;
}

/** First and last id of the audit trail; an empty range without any. */
export function auditRange(store: Reader): { first: number; last: number } {
  const row = store.first(
    sqlBuilder.selectFrom('audit').select((e) => [e.fn.min('id').as('first'), e.fn.max('id').as('last')]),
  );
  return { first: row?.first ?? 1, last: row?.last ?? 0 };
}

export interface BestScore {
  readonly model_type: string;
  readonly regime: string;
  readonly score: number;
  /** Its standard error; null where it is none, or was not stored with it. */
  readonly error: number | null;
  /** Whose it is. */
  readonly run_id: number;
  readonly strategy_index: number | null;
}

/**
 * Best score per model type and regime among the audit rows with ids [from, to) that judge an eligible candidate: one
 * that became champion or was compared with one. Beside a maximum, SQLite takes other columns from the row that has it.
 */
export function bestScores(
  store: Reader,
  { symbol, timeframe }: ScoreFilter,
  from: number,
  to: number,
): BestScore[] {
  let query = sqlBuilder
    .selectFrom('audit as a')
    .innerJoin('runs as r', 'r.id', 'a.run_id')
    .select((e) => [
      'r.model_type',
      'a.regime',
      'a.run_id',
      'a.strategy_index',
      'a.new_score_error as error',
      e.fn.max('a.new_score').as('score'),
    ])
    .where('a.id', '>=', from)
    .where('a.id', '<', to)
    .where('a.new_score', 'is not', null)
    .where((e) =>
      e.or([
        e('a.decision', '=', 'champion'),
        e.and([e('a.decision', '=', 'rejected'), e('a.old_run_id', 'is not', null)]),
      ]),
    );
  if (symbol !== undefined) query = query.where('r.symbol', '=', symbol);
  if (timeframe !== undefined) query = query.where('r.timeframe', '=', timeframe);
  return store.all(query.groupBy(['r.model_type', 'a.regime']).$narrowType<{ score: number }>());
}
