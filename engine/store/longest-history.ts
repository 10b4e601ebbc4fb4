import { type Reader, sqlBuilder } from './database.ts';

/** Days of history of the run that has most of them; 0 without runs. */
export function longestHistory(store: Reader): number {
  const row = store.first(
    sqlBuilder.selectFrom('runs').select((e) => e.fn.max<number | null>('days_history').as('days')),
  );
  return row?.days ?? 0;
}
