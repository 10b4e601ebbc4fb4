import { type Reader, sqlBuilder } from './database.ts';
import type { QueueRow } from './queues.ts';

/** Jobs that ended after a time, ms since 1970-01-01 UTC, newest first; null: whenever. */
export function queuesEndedAfter(store: Reader, since: number | null): Pick<QueueRow, 'id'>[] {
  return store.all(
    sqlBuilder
      .selectFrom('queues')
      .select('id')
      .where('finished_at', '>', since ?? -1)
      .orderBy('finished_at', 'desc')
      .orderBy('id', 'desc'),
  );
}

/** A regime of a market, where there is one champion or a few. */
export interface ChampionPlace {
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
}

/** A run that was champion of a place. */
export interface FormerChampion {
  readonly uuid: string;
  readonly model_type: string;
}

/** Decisions that are gone back through: a grid crowns and replaces many. */
const MOST_STEPS = 500;

/** Who had the place of a champion, named by the UUID of its run, at a time (ms since 1970-01-01 UTC); undefined: nobody. */
export function championBefore(
  store: Reader,
  place: ChampionPlace,
  run: string,
  time: number,
): FormerChampion | undefined {
  let crowned = crowning(store, place, run);
  for (let step = 0; step < MOST_STEPS; step++) {
    if (crowned === undefined || crowned.uuid === null || crowned.model_type === null) return undefined;
    const former = { uuid: crowned.uuid, model_type: crowned.model_type };
    crowned = crowning(store, place, former.uuid);
    // One whose decision is not in the trail is from before it.
    if (crowned === undefined || crowned.at <= time) return former;
  }
  return undefined;
}

interface Crowning {
  readonly at: number;
  /** Of whose place it took; null where there was nobody. */
  readonly uuid: string | null;
  readonly model_type: string | null;
}

/** When a run became champion of a place last; undefined where it never did. */
function crowning(
  store: Reader,
  { symbol, timeframe, regime }: ChampionPlace,
  run: string,
): Crowning | undefined {
  return store.first(
    sqlBuilder
      .selectFrom('runs as r')
      .innerJoin('audit as a', 'a.run_id', 'r.id')
      .leftJoin('runs as o', 'o.id', 'a.old_run_id')
      .select(['a.at', 'o.uuid', 'o.model_type'])
      .where('r.uuid', '=', run)
      .where('a.symbol', '=', symbol)
      .where('a.timeframe', '=', timeframe)
      .where('a.regime', '=', regime)
      .where('a.decision', '=', 'champion')
      .orderBy('a.id', 'desc'),
  );
}
