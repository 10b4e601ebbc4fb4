import type { Selectable } from 'kysely';
import type { Timeframe } from '../contract/timeframe.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { LooksTable } from './looks-table.ts';
import { unsoundOf } from './soundness.ts';

export type Look = Omit<LooksTable, 'id'>;

/** Writes down that somebody looked at a holdout. There is no way back. */
export function insertLook(store: Store, look: Look): void {
  store.insert('looks', look);
}

/** All looks, the first first. One that is not what was written opens nothing. */
export function listLooks(store: Reader): Selectable<LooksTable>[] {
  const rows = store.all(sqlBuilder.selectFrom('looks').selectAll().orderBy('id'));
  if (rows.length === 0) return [];
  const damaged = unsoundOf(store, 'looks');
  return rows.filter(({ id }) => !damaged.has(id));
}

/** What the newest result of a market rests on. */
export interface NewestBasis {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** JSON. */
  readonly basis: string;
  readonly created_at: number;
}

/** Of each market the run whose as-of date is the newest; one that has none, of the first release, counts as of when it was made. */
export function newestBases(store: Store): NewestBasis[] {
  const asOf = `coalesce(json_extract(basis, '$.as_of'), strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch'))`;
  return store
    .prepare(
      `SELECT symbol, timeframe, basis, created_at, max(${asOf}) FROM runs
       WHERE status = 'completed' AND json_valid(basis) GROUP BY symbol, timeframe ORDER BY symbol, timeframe`,
    )
    .all() as NewestBasis[];
}
