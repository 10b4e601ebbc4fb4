import { sha256 } from '../identity/digest.ts';
import type { Store } from './database.ts';
import { allQueues, findQueue, type QueueRow } from './queues.ts';
import type { CellsTable, QueuesTable } from './schema.ts';
import { forgetSums, renewSum, unsoundOf, unsoundOwners } from './soundness.ts';

/** Of a job, what a checkpoint knows. */
export type SoundQueue = Pick<
  QueuesTable,
  'name' | 'priority' | 'spec' | 'total' | 'created_at' | 'started_at' | 'retrain' | 'kind' | 'seconds'
> & { readonly id: number };

export type SoundCell = Omit<CellsTable, 'queue_id' | 'error'>;

/**
 * Puts what is known to be right in the place of a job's damaged row: the one with its number, or the one that only lost its number.
 * Nobody owns it then; its state stays, which has a door of its own. In a transaction.
 */
export function mendQueueRow(store: Store, queue: SoundQueue): void {
  for (const id of unsoundOf(store, 'queues')) {
    if (id === queue.id) {
      store
        .prepare(
          `UPDATE queues SET name = @name, priority = @priority, spec = @spec, total = @total, created_at = @created_at,
             started_at = @started_at, retrain = @retrain, kind = @kind, seconds = @seconds, message = NULL,
             owner = NULL, heartbeat_at = NULL, enqueued = 0 WHERE id = @id`,
        )
        .run(queue);
      renewSum(store, 'queues', queue.id);
      continue;
    }
    if (damagedQueueOf(store, queue)?.id !== id || findQueue(store, queue.id) !== undefined) continue;
    store.raw.pragma('defer_foreign_keys = ON');
    store.prepare('UPDATE queues SET id = ? WHERE id = ?').run(queue.id, id);
    forgetSums(store, 'queues', id);
    renewSum(store, 'queues', queue.id);
  }
}

/**
 * The damaged row of a job whose number, time, name or grid is another one now: all but one of these are its own. Undefined where there is none.
 */
export function damagedQueueOf(
  store: Store,
  { id, created_at, name, spec }: SoundQueue,
): QueueRow | undefined {
  const damaged = unsoundOf(store, 'queues');
  if (damaged.size === 0) return undefined;
  return allQueues(store).find(
    (row) =>
      damaged.has(row.id) &&
      [row.id === id, row.created_at === created_at, row.name === name, row.spec === spec].filter(
        (same) => !same,
      ).length <= 1,
  );
}

/**
 * Puts what is known to be right in the place of a job's damaged cells. A cell that has got further since, to a run of its own key, stays there. Cells
 * that nothing is known of keep the job marked as damaged. In a transaction.
 */
export function mendCells(store: Store, queueId: number, known: readonly SoundCell[]): void {
  if (unsoundOwners(store, 'cells', [queueId]).size === 0) return;
  const rows = new Map(
    (store.prepare('SELECT * FROM cells WHERE queue_id = ?').all(queueId) as CellsTable[]).map((cell) => [
      cell.cell_index,
      cell,
    ]),
  );
  const keyOf = store.prepare('SELECT run_key, status FROM runs WHERE id = ?');
  const update = store.prepare(
    `UPDATE cells SET config_hash = @config_hash, run_key = @run_key, state = @state, run_id = @run_id, as_of = @as_of
     WHERE queue_id = @queue_id AND cell_index = @cell_index`,
  );
  const insert = store.prepare(
    `INSERT INTO cells (queue_id, cell_index, config_hash, run_key, state, run_id, as_of)
     VALUES (@queue_id, @cell_index, @config_hash, @run_key, @state, @run_id, @as_of)`,
  );
  for (const cell of known) {
    const row = rows.get(cell.cell_index);
    rows.delete(cell.cell_index);
    const there =
      row?.run_id == null
        ? undefined
        : (keyOf.get(row.run_id) as { run_key: string; status: CellsTable['state'] });
    const isFurther = cell.run_id === null && there?.run_key === cell.run_key;
    const reached = isFurther ? { state: there!.status, run_id: row!.run_id } : {};
    (row === undefined ? insert : update).run({ queue_id: queueId, ...cell, ...reached });
  }
  // One that lost its place is a second one of a cell that is known.
  const keys = new Set(known.map(({ run_key }) => run_key));
  for (const [index, { run_key }] of rows) {
    if (!keys.has(run_key)) continue;
    store.prepare('DELETE FROM cells WHERE queue_id = ? AND cell_index = ?').run(queueId, index);
    rows.delete(index);
  }
  if (rows.size === 0) renewSum(store, 'cells', queueId);
}

/** Puts configurations right that are not what their names say, and takes out those which lost their names. In a transaction. */
export function mendConfigurations(store: Store, known: ReadonlyMap<string, string>): void {
  const rows = store.prepare('SELECT config_hash, configuration FROM configurations').raw().all() as [
    string,
    string,
  ][];
  for (const [hash, text] of rows) {
    const digest = sha256(text);
    if (digest === hash) continue;
    const right = known.get(hash);
    if (right !== undefined) {
      store.prepare('UPDATE configurations SET configuration = ? WHERE config_hash = ?').run(right, hash);
    } else if (known.has(digest)) {
      store.prepare('DELETE FROM configurations WHERE config_hash = ?').run(hash);
    }
  }
}
