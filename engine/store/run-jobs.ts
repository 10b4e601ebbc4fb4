import { sql } from 'kysely';
import { type Reader, sqlBuilder } from './database.ts';

/** The job that trained each of these runs: the first that has it among its cells. */
export function jobsOfRuns(
  store: Reader,
  runIds: readonly number[],
): Map<number, { queueId: number; name: string }> {
  if (runIds.length === 0) return new Map();
  const rows = store.all(
    sqlBuilder
      .selectFrom('cells')
      .innerJoin('queues', 'queues.id', 'cells.queue_id')
      .select(['cells.run_id', 'cells.queue_id', 'queues.name'])
      // As one parameter, so that it is one statement however many there are.
      .where('cells.run_id', 'in', sql<number>`(select value from json_each(${JSON.stringify(runIds)}))`)
      .orderBy('cells.queue_id', 'desc'),
  );
  // The first of a run is written last, and stays.
  return new Map(rows.map(({ run_id, queue_id, name }) => [run_id!, { queueId: queue_id, name }]));
}
