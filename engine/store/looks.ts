import type { Selectable } from 'kysely';
import type { Timeframe } from '../contract/timeframe.ts';
import { JOIN_BASES, JOINED_BASIS } from './bases.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { LooksTable } from './looks-table.ts';
import { unsoundOf } from './soundness.ts';

export type Look = Omit<LooksTable, 'id'>;

/** Which holdout: of a market, as far as it reaches. */
type Holdout = Pick<Look, 'symbol' | 'timeframe' | 'holdout_to'>;

/** The first look at a holdout of that market that reaches as far, or further: whoever looked later saw nothing new. */
export function lookAt<L extends Holdout>(
  looks: readonly L[],
  { symbol, timeframe, holdout_to }: Holdout,
): L | undefined {
  return looks.find(
    (one) => one.symbol === symbol && one.timeframe === timeframe && one.holdout_to >= holdout_to,
  );
}

/** Writes down that somebody looked at a holdout, unless somebody did. There is no way back. Whether it is the first. */
export function spendLook(store: Store, look: Look): boolean {
  if (lookAt(listLooks(store), look) !== undefined) return false;
  store.insert('looks', look);
  return true;
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

/**
 * Of each market the run whose as-of date is the newest; one that has none, of the first release, counts as of when it was made. Thousands of
 * runs rest on the same basis: it is read once.
 */
export function newestBases(store: Store): NewestBasis[] {
  const asOf = `coalesce(json_extract(${JOINED_BASIS}, '$.as_of'), strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch'))`;
  return store
    .prepare(
      `WITH newest AS (
         SELECT symbol, timeframe, basis, max(created_at) AS created_at FROM runs
         WHERE status = 'completed' GROUP BY symbol, timeframe, basis
       )
       SELECT symbol, timeframe, ${JOINED_BASIS} AS basis, created_at, max(${asOf}) FROM newest AS runs ${JOIN_BASES}
       WHERE json_valid(${JOINED_BASIS}) GROUP BY symbol, timeframe ORDER BY symbol, timeframe`,
    )
    .all() as NewestBasis[];
}
