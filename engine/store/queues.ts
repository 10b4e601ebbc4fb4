import { type Selectable, sql } from 'kysely';
import { canonicalConfiguration } from '../cells/config-hash.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { JobKind, QueueState } from '../contract/dto/index.ts';
import { EngineError, type ErrorDto } from '../contract/errors.ts';
import { dropConfigurationsOf, storeConfiguration } from './configurations.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { fixedQuery } from './fixed-query.ts';
import { recountCrowned } from './kept-models.ts';
import { deleteMarks } from './marks.ts';
import type { CellState, CellsTable, QueuesTable } from './schema.ts';
import { assertSound } from './soundness.ts';
import { dropUnfinishedValidations } from './validations.ts';

export type QueueRow = Selectable<QueuesTable>;

export interface NewCell {
  readonly configuration: Configuration;
  /** See CellsTable. */
  readonly asOf: number | null;
  readonly configHash: string;
  readonly runKey: string;
  readonly state: CellState;
  readonly runId: number | null;
}

/** Creates a queue with one cell row per configuration, in grid order, in one transaction; returns its id. */
export function insertQueue(
  store: Store,
  queue: {
    name: string;
    spec: unknown;
    createdAt: number;
    retrain?: boolean;
    enqueued?: boolean;
    /** A grid's, where it is left out. */
    kind?: JobKind;
  },
  cells: readonly NewCell[],
): number {
  return store.transaction(() => {
    const { id } = store.run(
      sqlBuilder.insertInto('queues').values({
        name: queue.name,
        state: 'pending',
        message: null,
        priority: 0,
        spec: JSON.stringify(queue.spec),
        total: cells.length,
        crowned: 0,
        seconds: 0,
        created_at: queue.createdAt,
        started_at: null,
        finished_at: null,
        owner: null,
        heartbeat_at: null,
        retrain: queue.retrain === true ? 1 : 0,
        enqueued: queue.enqueued === true ? 1 : 0,
        kind: queue.kind ?? 'grid',
      }),
    );
    insertCells(store, id, cells);
    return id;
  });
}

/** Gives a queue other cells: those of a wider grid, some of which it had. */
export function replaceCells(store: Store, queueId: number, spec: unknown, cells: readonly NewCell[]): void {
  store.transaction(() => {
    store.run(sqlBuilder.deleteFrom('cells').where('queue_id', '=', queueId));
    updateQueue(store, queueId, { spec: JSON.stringify(spec), total: cells.length });
    insertCells(store, queueId, cells);
    recountCrowned(store, queueId);
  });
}

/** Gives a queue further cells, behind those that it has. In a transaction. */
export function appendCells(store: Store, queueId: number, spec: unknown, cells: readonly NewCell[]): void {
  const { total } = requireQueue(store, queueId);
  updateQueue(store, queueId, { spec: JSON.stringify(spec), total: total + cells.length });
  insertCells(store, queueId, cells, total);
}

function insertCells(store: Store, queueId: number, cells: readonly NewCell[], first = 0): void {
  cells.forEach(({ configuration, asOf, configHash, runKey, state, runId }, i) => {
    storeConfiguration(store, configHash, canonicalConfiguration(configuration));
    store.insert('cells', {
      queue_id: queueId,
      cell_index: first + i,
      config_hash: configHash,
      run_key: runKey,
      state,
      run_id: runId,
      as_of: asOf,
      error: null,
    });
  });
}

export function findQueue(store: Reader, id: number): QueueRow | undefined {
  return store.first(queueWithId(id));
}

const queueWithId = fixedQuery((id: number) =>
  sqlBuilder.selectFrom('queues').selectAll().where('id', '=', id),
);

/** So many are named to somebody who asks for one that is not there. */
const MOST_NAMED = 10;

/** @throws EngineError `not-found`, with the newest that there are */
export function requireQueue(store: Reader, id: number): QueueRow {
  const queue = findQueue(store, id);
  if (queue !== undefined) return queue;
  const known = allQueues(store)
    .map((q) => q.id)
    .sort((a, b) => a - b);
  throw new EngineError('not-found', `There is no job ${id} in this workspace. ${listText(known)}`);
}

function listText(known: readonly number[]): string {
  if (known.length === 0) return 'There is none yet.';
  if (known.length <= MOST_NAMED)
    return known.length === 1 ? `There is ${known[0]}.` : `There are ${known.join(', ')}.`;
  return `The newest of ${known.length} are ${known.slice(-MOST_NAMED).join(', ')}.`;
}

/** By priority, then by age. */
export function allQueues(store: Reader): QueueRow[] {
  return store.all(sqlBuilder.selectFrom('queues').selectAll().orderBy('priority', 'desc').orderBy('id'));
}

export function queuesInStates(store: Reader, states: readonly QueueState[]): QueueRow[] {
  return store.all(
    sqlBuilder
      .selectFrom('queues')
      .selectAll()
      .where('state', 'in', [...states])
      .orderBy('priority', 'desc')
      .orderBy('id'),
  );
}

/** Columns that more than the queue's life depends on. */
export type QueueValues = Partial<Omit<QueueRow, 'id' | 'state' | 'owner'>>;

export function updateQueue(store: Store, id: number, values: QueueValues): void {
  store.run(sqlBuilder.updateTable('queues').set(values).where('id', '=', id));
}

/** As `updateQueue`, unless the queue has another owner by now, or none. */
export function updateOwnedQueue(
  store: Store,
  { id, owner }: Pick<QueueRow, 'id' | 'owner'>,
  values: QueueValues,
): void {
  store.run(sqlBuilder.updateTable('queues').set(values).where('id', '=', id).where('owner', '=', owner));
}

/** Its cells go with it, and what it has not validated to the end; its runs stay in the history. */
export function deleteQueue(store: Store, id: number): void {
  store.transaction(() => {
    dropUnfinishedValidations(store, id);
    dropConfigurationsOf(store, id);
    deleteMarks(store, 'job', String(id));
    store.run(sqlBuilder.deleteFrom('queues').where('id', '=', id));
  });
}

/** @throws EngineError `artifact-damaged` where they are not what was written */
export function cellsOf(store: Reader, queueId: number, state?: CellState): CellsTable[] {
  assertSound(store, 'cells', [queueId]);
  let query = sqlBuilder.selectFrom('cells').selectAll().where('queue_id', '=', queueId);
  if (state !== undefined) query = query.where('state', '=', state);
  return store.all(query.orderBy('cell_index'));
}

/** Runs of the cells from a position on, by position. */
export function runsOfCells(store: Store, queueId: number, from: number): Map<number, number | null> {
  const rows = store
    .prepare('SELECT cell_index, run_id FROM cells WHERE queue_id = ? AND cell_index >= ?')
    .all(queueId, from) as Pick<CellsTable, 'cell_index' | 'run_id'>[];
  return new Map(rows.map(({ cell_index, run_id }) => [cell_index, run_id]));
}

/**
 * A pending cell has its run; null of one that is none. Called in the run's transaction, so that no cell ever gets two. `error`: of a
 * cell that failed, where its run did not.
 * @throws EngineError `conflict` if it is not pending any more: another process has the queue
 */
export function finishCell(
  store: Store,
  queueId: number,
  cellIndex: number,
  state: CellState,
  runId: number | null,
  error?: ErrorDto,
): void {
  const { changes } = store
    .prepare(
      "UPDATE cells SET state = ?, run_id = ?, error = ? WHERE queue_id = ? AND cell_index = ? AND state = 'pending'",
    )
    .run(state, runId, error === undefined ? null : JSON.stringify(error), queueId, cellIndex);
  if (changes === 1) return;
  throw new EngineError(
    'conflict',
    `Configuration ${cellIndex + 1} of queue ${queueId} is not to be trained any more: another process has trained it, or changed the queue.`,
    { queueId, cellIndex },
  );
}

/** What a pending cell is to train is known by now. In the transaction of what made it known. */
export function setCellConfiguration(
  store: Store,
  queueId: number,
  cellIndex: number,
  { configuration, configHash, runKey }: Pick<NewCell, 'configuration' | 'configHash' | 'runKey'>,
): void {
  storeConfiguration(store, configHash, canonicalConfiguration(configuration));
  store
    .prepare(
      "UPDATE cells SET config_hash = ?, run_key = ? WHERE queue_id = ? AND cell_index = ? AND state = 'pending'",
    )
    .run(configHash, runKey, queueId, cellIndex);
}

/** Failed cells are to be trained again; returns how many. */
export function reopenFailedCells(store: Store, queueId: number): number {
  return store.run(
    sqlBuilder
      .updateTable('cells')
      .set({ state: 'pending', run_id: null, error: null })
      .where('queue_id', '=', queueId)
      .where('state', '=', 'failed'),
  ).changes;
}

/** Cells by state, from an index on. */
export function countCells(store: Reader, queueId: number, from = 0): Record<CellState, number> {
  const counts: Record<CellState, number> = { pending: 0, completed: 0, failed: 0, skipped: 0 };
  for (const { state, count } of store.all(countsOf(queueId, from))) counts[state] = count;
  return counts;
}

const countsOf = fixedQuery((queueId: number, from: number) =>
  sqlBuilder
    .selectFrom('cells')
    .select((e) => ['state', e.fn.countAll<number>().as('count')])
    .where('queue_id', '=', queueId)
    .where('cell_index', '>=', from)
    .groupBy('state'),
);

/** How many cells were left out because they can't be trained: they are skipped without a run. */
export function countImpossible(store: Reader, queueId: number): number {
  return store.first(impossibleOf(queueId))?.count ?? 0;
}

const impossibleOf = fixedQuery((queueId: number) =>
  sqlBuilder
    .selectFrom('cells')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('queue_id', '=', queueId)
    .where('state', '=', sql.lit('skipped'))
    .where('run_id', 'is', null),
);

/** Index of the first cell still to train. */
export function firstPending(store: Reader, queueId: number): number | null {
  return store.first(firstOf(queueId))?.index ?? null;
}

const firstOf = fixedQuery((queueId: number) =>
  sqlBuilder
    .selectFrom('cells')
    .select((e) => e.fn.min('cell_index').as('index'))
    .where('queue_id', '=', queueId)
    .where('state', '=', sql.lit('pending')),
);
