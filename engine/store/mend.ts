import type { Insertable } from 'kysely';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { AuditTable, ChampionsTable, RunsTable, StrategiesTable } from './schema.ts';
import { forgetSums, renewSum, unsoundOf, unsoundOwners } from './soundness.ts';

/** Of these runs, those of which a row is not what was written. */
export function unsoundRuns(store: Reader, ids: readonly number[]): Set<number> {
  const kinds = ['runs', 'run_states', 'strategies', 'audit'] as const;
  return new Set(kinds.flatMap((kind) => [...unsoundOwners(store, kind, ids)]));
}

/**
 * The damaged run that has this number and, but for one letter, this UUID: one whose UUID itself was damaged can't be found by it.
 */
export function runOfDamagedUuid(
  store: Store,
  { id, uuid }: Pick<RunsTable, 'uuid'> & { readonly id: number },
): { id: number; artifact_file: string | null } | undefined {
  const row = store.prepare('SELECT id, uuid, artifact_file FROM runs WHERE id = ?').get(id) as
    | { id: number; uuid: string; artifact_file: string | null }
    | undefined;
  if (row === undefined || row.uuid.length !== uuid.length) return undefined;
  const other = [...uuid].filter((letter, i) => letter !== row.uuid[i]).length;
  if (other > 1 || unsoundOwners(store, 'runs', [id]).size === 0) return undefined;
  return { id, artifact_file: row.artifact_file };
}

export interface SoundRun {
  readonly row: Omit<Insertable<RunsTable>, 'id'>;
  readonly strategies: readonly Omit<StrategiesTable, 'run_id'>[];
  readonly audit: readonly Omit<AuditTable, 'id' | 'run_id'>[];
}

/**
 * Puts what is known to be right in the place of a damaged run's rows; what is sound of its strategies and decisions stays.
 * In a transaction.
 */
export function replaceRun(store: Store, id: number, { row, strategies, audit }: SoundRun): void {
  // Champions name strategies that are away for a moment.
  store.raw.pragma('defer_foreign_keys = ON');
  store.run(sqlBuilder.updateTable('runs').set(row).where('id', '=', id));
  for (const kind of ['runs', 'run_states'] as const) renewSum(store, kind, id);
  if (unsoundOwners(store, 'strategies', [id]).size > 0) {
    store.run(sqlBuilder.deleteFrom('strategies').where('run_id', '=', id));
    for (const strategy of strategies) store.insert('strategies', { run_id: id, ...strategy });
    renewSum(store, 'strategies', id);
  }
  if (unsoundOwners(store, 'audit', [id]).size > 0) {
    store.run(sqlBuilder.deleteFrom('audit').where('run_id', '=', id));
    for (const entry of audit) store.insert('audit', { ...entry, run_id: id });
    renewSum(store, 'audit', id);
  }
}

/** Champions that are not what was written, as they are now. */
export function damagedChampions(store: Reader): ChampionsTable[] {
  const damaged = unsoundOf(store, 'champions');
  if (damaged.size === 0) return [];
  return store.all(sqlBuilder.selectFrom('champions').selectAll()).filter((row) => damaged.has(ownerOf(row)));
}

/** Takes champions out whose rows are damaged, and forgets what they should have been. In a transaction. */
export function dropDamagedChampions(store: Store, runIds: ReadonlySet<number>): void {
  for (const row of damagedChampions(store)) {
    if (!runIds.has(row.run_id)) continue;
    store.run(
      sqlBuilder
        .deleteFrom('champions')
        .where('symbol', '=', row.symbol)
        .where('timeframe', '=', row.timeframe)
        .where('regime', '=', row.regime)
        .where('run_id', '=', row.run_id),
    );
  }
  for (const owner of unsoundOf(store, 'champions')) {
    if (runIds.has(Number(String(owner).split(' ').at(-1)))) forgetSums(store, 'champions', owner);
  }
}

const ownerOf = ({ symbol, timeframe, regime, run_id }: ChampionsTable) =>
  `${symbol} ${timeframe} ${regime} ${run_id}`;
