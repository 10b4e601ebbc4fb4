import { type RawBuilder, sql } from 'kysely';
import { CONFIGURATION_COLUMNS, HAS_REST, type StoredConfiguration } from '../cells/columns.ts';
import type { Configuration } from '../contract/configuration.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';

/** A completed run, as it is known to its configuration: what its row has before its results. */
export interface CompletedRun {
  readonly id: number;
  readonly configHash: string;
  readonly runKey: string;
  /** Where its model is kept. */
  readonly artifactFile: string | null;
}

/** Completed runs of any of these configurations, by configuration, newest first. One query however many there are. */
export function completedRuns(store: Reader, configHashes: readonly string[]): Map<string, CompletedRun[]> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('runs')
      .select(['id', 'config_hash as configHash', 'run_key as runKey', 'artifact_file as artifactFile'])
      .where('config_hash', 'in', sql<string>`(select value from json_each(${JSON.stringify(configHashes)}))`)
      // The plus keeps SQLite from going through all completed runs, which it takes to be few.
      .where(sql`+status`, '=', 'completed')
      .orderBy('id', 'desc'),
  );
  return Map.groupBy(rows, (row) => row.configHash);
}

/** Values of columns that runs must have one of. */
export type Wanted = Readonly<
  Partial<
    Pick<
      { readonly [K in keyof Configuration]: readonly Configuration[K][] },
      'symbol' | 'timeframe' | 'encoder' | 'daysHistory' | 'horizon'
    >
  >
> & { readonly modelType: readonly string[] };

/**
 * Configurations with these values that completed runs have, each once, one by one. By the index that has all of these columns: SQLite,
 * which keeps no statistics here, would fetch the row of each run. What equals another in all columns stays in SQLite: to hand a row
 * over takes longer than to find it.
 */
export function configurationsTrained(store: Store, wanted: Wanted): IterableIterator<StoredConfiguration> {
  const { sql: text, parameters } = queryOf(wanted).compile(sqlBuilder);
  return store.prepare(text).iterate(...parameters) as IterableIterator<StoredConfiguration>;
}

/** What `configurationsTrained` asks. */
export function queryOf(wanted: Wanted): RawBuilder<unknown> {
  const columns = CONFIGURATION_COLUMNS.map((name) => sql.ref(`runs.${name}`));
  const among = (column: string, values: readonly unknown[] = []) =>
    sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`;
  const conditions = [
    sql`status = 'completed'`,
    among('symbol', wanted.symbol),
    among('timeframe', wanted.timeframe),
    among('model_type', wanted.modelType),
    among('encoder', wanted.encoder),
    among('days_history', wanted.daysHistory),
    among('horizon', wanted.horizon),
  ];
  const [configuration, join] = HAS_REST
    ? [sql`configuration`, sql`left join configurations on configurations.config_hash = runs.config_hash`]
    : [sql`null as configuration`, sql``];
  return sql`select distinct ${sql.join(columns)}, ${configuration}
    from runs indexed by runs_figures ${join} where ${sql.join(conditions, sql` and `)}`;
}

/** The best Sharpe ratio that a run of a job came to with one of its strategies; null while there is none. */
export function bestSharpeOf(store: Reader, queueId: number): number | null {
  const row = store.first(
    sqlBuilder
      .selectFrom('cells')
      .innerJoin('runs', 'runs.id', 'cells.run_id')
      .select((e) => e.fn.max('runs.best_sharpe').as('best'))
      .where('cells.queue_id', '=', queueId),
  );
  return row?.best ?? null;
}
