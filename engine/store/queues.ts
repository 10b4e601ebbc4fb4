import type { Store } from './database.ts';
import { sqlBuilder } from './database.ts';
import type { CellState, CellsTable, QueueState, QueuesTable } from './schema.ts';

export type QueueRow = Omit<QueuesTable, 'id'> & { id: number };

export interface NewCell {
  readonly configHash: string;
  readonly runKey: string;
  readonly state: CellState;
  readonly runId: number | null;
}

/** Creates a queue with one cell row per configuration, in grid order, in one transaction; returns its id. */
export function insertQueue(
  store: Store,
  queue: { name: string; spec: unknown; createdAt: number },
  cells: readonly NewCell[],
): number {
  return store.transaction(() => {
    const { id } = store.run(
      sqlBuilder.insertInto('queues').values({
        name: queue.name,
        state: 'pending',
        spec: JSON.stringify(queue.spec),
        total: cells.length,
        created_at: queue.createdAt,
        started_at: null,
        finished_at: null,
      }),
    );
    const insert = store.raw.prepare(
      'INSERT INTO cells (queue_id, cell_index, config_hash, run_key, state, run_id) VALUES (?, ?, ?, ?, ?, ?)',
    );
    cells.forEach((cell, index) => {
      insert.run(id, index, cell.configHash, cell.runKey, cell.state, cell.runId);
    });
    return id;
  });
}

export function findQueue(store: Store, id: number): QueueRow | undefined {
  return store.first(sqlBuilder.selectFrom('queues').selectAll().where('id', '=', id));
}

export function setQueueState(
  store: Store,
  id: number,
  state: QueueState,
  times: { startedAt?: number; finishedAt?: number } = {},
): void {
  store.run(
    sqlBuilder
      .updateTable('queues')
      .set({
        state,
        ...(times.startedAt === undefined ? {} : { started_at: times.startedAt }),
        ...(times.finishedAt === undefined ? {} : { finished_at: times.finishedAt }),
      })
      .where('id', '=', id),
  );
}

export function pendingCells(store: Store, queueId: number): CellsTable[] {
  return store.all(
    sqlBuilder
      .selectFrom('cells')
      .selectAll()
      .where('queue_id', '=', queueId)
      .where('state', '=', 'pending')
      .orderBy('cell_index'),
  );
}

export function finishCell(
  store: Store,
  queueId: number,
  cellIndex: number,
  state: CellState,
  runId: number,
): void {
  store.run(
    sqlBuilder
      .updateTable('cells')
      .set({ state, run_id: runId })
      .where('queue_id', '=', queueId)
      .where('cell_index', '=', cellIndex),
  );
}

/** How many of a queue's cells are in each state. */
export function countCells(store: Store, queueId: number): Record<CellState, number> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('cells')
      .select((e) => ['state', e.fn.countAll<number>().as('count')])
      .where('queue_id', '=', queueId)
      .groupBy('state'),
  );
  const counts: Record<CellState, number> = { pending: 0, completed: 0, failed: 0, skipped: 0 };
  for (const row of rows) counts[row.state] = row.count;
  return counts;
}
