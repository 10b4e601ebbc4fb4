import { type Reader, type Store, sqlBuilder } from './database.ts';

/**
 * Runs that came back from a checkpoint have no table of all their strategies, since it follows from the model: an evaluation of it
 * gives the table again, bit for bit, and where it is deleted, training does.
 */

/** SQL of a run's row, as 0 or 1. A failed run never had one. */
export const LACKS_TABLE = "(results IS NULL AND status = 'completed')";

interface RunWithTable {
  readonly results: Uint8Array | null;
  readonly status: string;
}

export const lacksTable = ({ results, status }: RunWithTable): boolean =>
  results === null && status === 'completed';

/** As it is stored, be its row damaged or not. */
export function storedTable(store: Reader, runId: number): Uint8Array | null {
  return (
    store.first(sqlBuilder.selectFrom('runs').select('results').where('id', '=', runId))?.results ?? null
  );
}

export function setTable(store: Store, runId: number, table: Uint8Array): void {
  store.prepare('UPDATE runs SET results = ? WHERE id = ?').run(table, runId);
}

/** What tells a run's figures: of the same model, on the same bars, under the same costs and regimes. */
export interface FigureKeys {
  readonly configHash: string;
  readonly trainingKey: string;
  readonly evaluationKeys: Readonly<Record<string, string>>;
}

/** Numbers of the runs without a table that have exactly these figures, oldest first. */
export function runsLackingTable(
  store: Store,
  { configHash, trainingKey, evaluationKeys }: FigureKeys,
): number[] {
  return store
    .prepare(
      `SELECT id FROM runs INDEXED BY runs_by_config
       WHERE config_hash = +? AND training_key = +? AND evaluation_keys = +? AND ${LACKS_TABLE} ORDER BY id`,
    )
    .pluck()
    .all(configHash, trainingKey, JSON.stringify(evaluationKeys)) as number[];
}

/** Of the runs of a queue's configurations, those without a table. */
export interface LackingTables {
  /** Their models are kept: they can be evaluated. */
  readonly kept: number;
  /** They would have to be trained again. */
  readonly deleted: number;
}

export function countLackingTables(store: Store, queueId: number): LackingTables {
  const { kept, found } = store
    .prepare(
      `SELECT count(*) AS found, coalesce(sum(kept), 0) AS kept FROM runs
       WHERE ${LACKS_TABLE} AND run_key IN (SELECT run_key FROM cells WHERE queue_id = ?)`,
    )
    .get(queueId) as { found: number; kept: number };
  return { kept, deleted: found - kept };
}
