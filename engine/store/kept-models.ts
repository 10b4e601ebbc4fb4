import { sql } from 'kysely';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { fixedQuery, plainly } from './fixed-query.ts';

/** What became of the models that a queue trained itself. */
export interface KeptModels {
  /** Became champion of a regime when their result came in. */
  readonly crowned: number;
  /** Of those: champion of none any more. */
  readonly pushedOut: number;
  /** Their model file is there now. */
  readonly kept: number;
}

/**
 * Counts from what is kept, of which there is little, rather than from all that was trained: of a cross join SQLite reads
 * the left side first, here champions, and runs by the index of those that have a file.
 */
export function keptModelsOf(
  store: Reader,
  { id, crowned }: { readonly id: number; readonly crowned: number },
): KeptModels {
  const reigning = store.first(reigningOf(id))?.count ?? 0;
  return { crowned, pushedOut: crowned - reigning, kept: store.first(keptOf(id))?.count ?? 0 };
}

/** Bytes of the models that a queue trained and that are kept now. */
export function keptModelBytes(store: Reader, queueId: number): number {
  return store.first(bytesOf(queueId))?.bytes ?? 0;
}

/** The same of all queues that have any, for a list of them. */
export interface KeptOfQueue {
  /** Champions now. */
  readonly reigning: number;
  readonly kept: number;
  readonly bytes: number;
}

const NOTHING_KEPT: KeptOfQueue = { reigning: 0, kept: 0, bytes: 0 };

/** By queue, of what there is; `keptModelsOf` and `keptModelBytes` would go through all champions and files for each. */
export function keptOfQueues(store: Reader): (queueId: number) => KeptOfQueue {
  const byQueue = new Map<number, KeptOfQueue>();
  for (const { queue, count } of store.all(reigningOfAll())) {
    byQueue.set(queue, { ...NOTHING_KEPT, reigning: count });
  }
  for (const { queue, count, bytes } of store.all(keptOfAll())) {
    byQueue.set(queue, { ...(byQueue.get(queue) ?? NOTHING_KEPT), kept: count, bytes: bytes ?? 0 });
  }
  return (queueId) => byQueue.get(queueId) ?? NOTHING_KEPT;
}

const reigningOfAll = fixedQuery(() =>
  sqlBuilder
    .selectFrom('champions as p')
    .crossJoin('cells as c')
    .select((e) => ['c.queue_id as queue', e.fn.count<number>('p.run_id').distinct().as('count')])
    .whereRef('c.run_id', '=', 'p.run_id')
    .where('c.state', '=', sql.lit('completed'))
    .groupBy('c.queue_id'),
);

const keptOfAll = fixedQuery(() =>
  sqlBuilder
    .selectFrom('runs as r')
    .crossJoin('cells as c')
    .select((e) => [
      'c.queue_id as queue',
      e.fn.countAll<number>().as('count'),
      e.fn.sum<number | null>('r.artifact_bytes').as('bytes'),
    ])
    .whereRef('c.run_id', '=', 'r.id')
    .where('r.artifact_file', 'is not', null)
    .where('c.state', '=', sql.lit('completed'))
    .groupBy('c.queue_id'),
);

const bytesOf = fixedQuery((queueId: number) =>
  sqlBuilder
    .selectFrom('runs as r')
    .crossJoin('cells as c')
    .select((e) => e.fn.sum<number | null>('r.artifact_bytes').as('bytes'))
    .whereRef('c.run_id', '=', 'r.id')
    .where('r.artifact_file', 'is not', null)
    .where('c.queue_id', '=', plainly(queueId))
    .where('c.state', '=', sql.lit('completed')),
);

const reigningOf = fixedQuery((queueId: number) =>
  sqlBuilder
    .selectFrom('champions as p')
    .crossJoin('cells as c')
    .select((e) => e.fn.count<number>('p.run_id').distinct().as('count'))
    .whereRef('c.run_id', '=', 'p.run_id')
    .where('c.queue_id', '=', plainly(queueId))
    .where('c.state', '=', sql.lit('completed')),
);

const keptOf = fixedQuery((queueId: number) =>
  sqlBuilder
    .selectFrom('runs as r')
    .crossJoin('cells as c')
    .select((e) => e.fn.countAll<number>().as('count'))
    .whereRef('c.run_id', '=', 'r.id')
    .where('r.artifact_file', 'is not', null)
    .where('c.queue_id', '=', plainly(queueId))
    .where('c.state', '=', sql.lit('completed')),
);

/** Counts anew which of a queue's models became champions, where its cells were replaced or came back. */
export function recountCrowned(store: Store, queueId: number): void {
  store
    .prepare(
      `UPDATE queues SET crowned = (
         SELECT count(DISTINCT a.run_id) FROM cells c JOIN audit a ON a.run_id = c.run_id
         WHERE c.queue_id = queues.id AND c.state = 'completed' AND a.decision = 'champion')
       WHERE id = ?`,
    )
    .run(queueId);
}

/** A model of the queue became a champion. */
export function countCrowned(store: Store, queueId: number): void {
  store.prepare('UPDATE queues SET crowned = crowned + 1 WHERE id = ?').run(queueId);
}

/** Queues that trained any of these runs. */
export function queuesOfRuns(store: Store, runIds: readonly number[]): number[] {
  if (runIds.length === 0) return [];
  return store
    .prepare(
      `SELECT DISTINCT queue_id FROM cells
       WHERE run_id IN (SELECT value FROM json_each(?)) AND state = 'completed' ORDER BY queue_id`,
    )
    .pluck()
    .all(JSON.stringify(runIds)) as number[];
}
