import { sql } from 'kysely';
import { CONFIGURATION_COLUMNS, type StoredConfiguration } from '../cells/columns.ts';
import type { Configuration } from '../contract/configuration.ts';
import { type Reader, sqlBuilder } from './database.ts';
import { selectRuns } from './runs.ts';

/** A completed run, as it is known to its configuration. */
export interface CompletedRun {
  readonly id: number;
  readonly configHash: string;
  readonly runKey: string;
  readonly trainingKey: string | null;
  /** Where its model is kept. */
  readonly artifactFile: string | null;
}

/** Completed runs of any of these configurations, by configuration, newest first. One query however many there are. */
export function completedRuns(store: Reader, configHashes: readonly string[]): Map<string, CompletedRun[]> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('runs')
      .select([
        'id',
        'config_hash as configHash',
        'run_key as runKey',
        'training_key as trainingKey',
        'artifact_file as artifactFile',
      ])
      .where('config_hash', 'in', sql<string>`(select value from json_each(${JSON.stringify(configHashes)}))`)
      .where('status', '=', 'completed')
      .orderBy('id', 'desc'),
  );
  return Map.groupBy(rows, (row) => row.configHash);
}

/** A completed run and its configuration: of its row only what lies before its results, since thousands are read. */
export interface RunOfConfiguration extends StoredConfiguration {
  readonly id: number;
  readonly config_hash: string;
  readonly run_key: string;
  readonly artifact_file: string | null;
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

/** Completed runs with these values, newest first. */
export function completedRunsWith(store: Reader, wanted: Wanted): RunOfConfiguration[] {
  const among = (values: readonly unknown[] = []) =>
    sql<never>`(select value from json_each(${JSON.stringify(values)}))`;
  return store.all(
    selectRuns()
      .select(['id', 'runs.config_hash', 'run_key', 'artifact_file', ...CONFIGURATION_COLUMNS])
      .where('status', '=', 'completed')
      .where('symbol', 'in', among(wanted.symbol))
      .where('timeframe', 'in', among(wanted.timeframe))
      .where('model_type', 'in', among(wanted.modelType))
      .where('encoder', 'in', among(wanted.encoder))
      .where('days_history', 'in', among(wanted.daysHistory))
      .where('horizon', 'in', among(wanted.horizon))
      .orderBy('id', 'desc'),
  );
}
