import { sql } from 'kysely';
import type { StoredConfiguration } from '../cells/columns.ts';
import { CONFIGURATION_COLUMNS } from '../cells/columns.ts';
import type { JobKind, QueueState } from '../contract/dto/index.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { type RunRow, selectRuns } from './runs.ts';
import type { RunsTable, StrategiesTable } from './schema.ts';

/** A completed run that its model's key is known of. */
export interface TrainedRun extends StoredConfiguration {
  readonly id: number;
  readonly config_hash: string;
  readonly training_key: string;
  readonly evaluation_keys: string | null;
  readonly selection: string | null;
  /** Where its model is kept. */
  readonly artifact_file: string | null;
  /** It came back from a checkpoint, which has no table of all its strategies. */
  readonly lacks_table: 0 | 1;
}

const TRAINED_COLUMNS = [
  'id',
  'runs.config_hash',
  'training_key',
  'evaluation_keys',
  'selection',
  'artifact_file',
  ...CONFIGURATION_COLUMNS,
] as const;

const selectTrained = () =>
  selectRuns()
    .select(TRAINED_COLUMNS)
    .select(sql<0 | 1>`results IS NULL`.as('lacks_table'))
    .where('status', '=', 'completed')
    .where('training_key', 'is not', null)
    .$narrowType<{ training_key: string }>()
    .orderBy('id');

/** Those of one configuration, oldest first. */
export function trainedRuns(store: Reader, configHash: string): TrainedRun[] {
  return store.all(selectTrained().where('runs.config_hash', '=', configHash));
}

/** Runs that are read in one go: some milliseconds. */
const PAGE = 100;

/** All of them by the hash of their configuration, oldest first; `pause` is waited for after each page of them. */
export async function trainedByConfiguration(
  store: Reader,
  pause: () => Promise<void>,
  page = PAGE,
): Promise<Map<string, TrainedRun[]>> {
  const found = new Map<string, TrainedRun[]>();
  for (let after = 0; ; ) {
    const runs = store.all(selectTrained().where('id', '>', after).limit(page));
    for (const run of runs) {
      const same = found.get(run.config_hash);
      if (same === undefined) found.set(run.config_hash, [run]);
      else same.push(run);
    }
    if (runs.length < page) return found;
    after = runs[runs.length - 1]!.id;
    await pause();
  }
}

/** How many configurations jobs of a kind are still to work on, by the hash of each; jobs in these states count. */
export function pendingConfigurations(
  store: Reader,
  kind: JobKind,
  states: readonly QueueState[],
): Set<string> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('cells as c')
      .innerJoin('queues as q', 'q.id', 'c.queue_id')
      .select('c.config_hash')
      .distinct()
      .where('q.kind', '=', kind)
      .where('q.state', 'in', [...states])
      .where('c.state', '=', 'pending'),
  );
  return new Set(rows.map((row) => row.config_hash));
}

/** Whether a run ever became champion of a regime. */
export function wasCrowned(store: Store, runId: number): boolean {
  return (
    store.prepare("SELECT 1 FROM audit WHERE run_id = ? AND decision = 'champion' LIMIT 1").get(runId) !==
    undefined
  );
}

/** What an evaluation says of a run. */
export type EvaluatedRun = Pick<
  RunsTable,
  | 'run_key'
  | 'evaluation_keys'
  | 'basis'
  | 'best_sharpe'
  | 'strategies_tested'
  | 'results'
  | 'selection'
  | 'kept'
  | 'artifact_file'
>;

/**
 * A run has the figures of another evaluation: its strategies' rows are these, but for those that champions name, which stay; and
 * cells know it by its new key. Called before new champions of it are inserted.
 */
export function replaceEvaluation(
  store: Store,
  run: Pick<RunRow, 'id'>,
  evaluated: EvaluatedRun,
  strategies: readonly Omit<StrategiesTable, 'run_id'>[],
): void {
  const { id } = run;
  store
    .prepare(
      'DELETE FROM strategies WHERE run_id = @id AND strategy_index NOT IN (SELECT strategy_index FROM champions WHERE run_id = @id)',
    )
    .run({ id });
  const kept = new Set(
    store.prepare('SELECT strategy_index FROM strategies WHERE run_id = ?').pluck().all(id) as number[],
  );
  for (const { strategy_index, ...figures } of strategies) {
    if (kept.delete(strategy_index)) {
      store.run(
        sqlBuilder
          .updateTable('strategies')
          .set(figures)
          .where('run_id', '=', id)
          .where('strategy_index', '=', strategy_index),
      );
    } else {
      store.insert('strategies', { run_id: id, strategy_index, ...figures });
    }
  }
  for (const index of kept) {
    store.prepare('UPDATE strategies SET rank = NULL WHERE run_id = ? AND strategy_index = ?').run(id, index);
  }
  store.run(sqlBuilder.updateTable('runs').set(evaluated).where('id', '=', id));
  store.run(sqlBuilder.updateTable('cells').set({ run_key: evaluated.run_key }).where('run_id', '=', id));
}
