import type { Timeframe } from '../contract/timeframe.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';

/** Of the runs that were judged; what is left out does not matter. */
export interface ScoreFilter {
  readonly symbol?: string | undefined;
  readonly timeframe?: Timeframe | undefined;
}

/** First and last id of the audit trail; an empty range without any. Each on its own: both at once go through all of it. */
export function auditRange(store: Reader): { first: number; last: number } {
  const [first, last] = (['min', 'max'] as const).map(
    (end) => store.first(sqlBuilder.selectFrom('audit').select((e) => e.fn[end]('id').as('id')))?.id,
  );
  return { first: first ?? 1, last: last ?? 0 };
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
  store: Store,
  { symbol, timeframe }: ScoreFilter,
  from: number,
  to: number,
): BestScore[] {
  // Of a run the index has market and model: its row lies with all of its results.
  return store
    .prepare(
      `SELECT model_type, regime, run_id, strategy_index, new_score_error AS error, max(new_score) AS score
       FROM audit CROSS JOIN (SELECT id AS of_run, model_type, symbol AS of_symbol, timeframe AS of_timeframe FROM runs INDEXED BY runs_by_id)
         ON of_run = run_id
       WHERE audit.id >= @from AND audit.id < @to AND new_score IS NOT NULL
         AND (decision = 'champion' OR (decision = 'rejected' AND old_run_id IS NOT NULL))
         AND (@symbol IS NULL OR of_symbol = @symbol) AND (@timeframe IS NULL OR of_timeframe = @timeframe)
       GROUP BY model_type, regime`,
    )
    .all({ symbol: symbol ?? null, timeframe: timeframe ?? null, from, to }) as BestScore[];
}
