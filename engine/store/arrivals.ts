import type { Selectable } from 'kysely';
import type { ArrivalKind } from '../contract/dto/index.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { ArrivalsTable } from './arrivals-table.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';

export type ArrivalRow = Selectable<ArrivalsTable>;

/** So many are kept of a series and kind, those of the newest bars. */
const KEPT_ARRIVALS = 1000;

/** Bars of one series; the same once more is no other. Opening times in ms UTC. */
export function saveArrivals(
  store: Store,
  of: Omit<ArrivalRow, 'time' | 'kind'>,
  times: Readonly<Record<ArrivalKind, readonly number[]>>,
): void {
  const { symbol, timeframe } = of;
  const kinds = Object.entries(times) as [ArrivalKind, readonly number[]][];
  if (kinds.every(([, each]) => each.length === 0)) return;
  store.transaction(() => {
    for (const [kind, each] of kinds) {
      for (const time of each.slice(-KEPT_ARRIVALS)) {
        const same = sqlBuilder
          .deleteFrom('arrivals')
          .where('symbol', '=', symbol)
          .where('timeframe', '=', timeframe)
          .where('time', '=', time)
          .where('kind', '=', kind);
        store.run(same);
        store.insert('arrivals', { ...of, time, kind });
      }
      const oldest = arrivalsOf(store, { symbol, timeframe, kind }).at(KEPT_ARRIVALS);
      if (oldest === undefined) continue;
      const older = sqlBuilder
        .deleteFrom('arrivals')
        .where('symbol', '=', symbol)
        .where('timeframe', '=', timeframe)
        .where('kind', '=', kind)
        .where('time', '<=', oldest.time);
      store.run(older);
    }
  });
}

/** Those of all series or of some, the newest bars first. */
export function arrivalsOf(
  store: Reader,
  {
    symbol,
    timeframe,
    kind,
  }: {
    readonly symbol?: string | undefined;
    readonly timeframe?: Timeframe | undefined;
    readonly kind?: ArrivalKind | undefined;
  },
): ArrivalRow[] {
  let query = sqlBuilder.selectFrom('arrivals').selectAll().orderBy('time', 'desc').orderBy('symbol');
  if (symbol !== undefined) query = query.where('symbol', '=', symbol);
  if (timeframe !== undefined) query = query.where('timeframe', '=', timeframe);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  return store.all(query);
}
