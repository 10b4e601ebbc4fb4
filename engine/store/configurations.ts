import { readConfiguration } from '../cells/config-hash.ts';
import type { Configuration } from '../contract/configuration.ts';
import { sha256 } from '../identity/digest.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { damagedRow } from './soundness.ts';

/**
 * Configurations are stored once, under their hash, however many cells and runs name them: a queue of thousands is read
 * through each time its states are counted, and those rows stay small.
 */

/** Called in the transaction of the row that names it. `json` is canonical. */
export function storeConfiguration(store: Store, configHash: string, json: string): void {
  store.prepare('INSERT INTO configurations VALUES (?, ?) ON CONFLICT DO NOTHING').run(configHash, json);
}

/** Undefined for cells of an older version whose grid could not be expanded any more. */
export function findConfiguration(store: Reader, configHash: string): Configuration | undefined {
  const row = store.first(
    sqlBuilder.selectFrom('configurations').select('configuration').where('config_hash', '=', configHash),
  );
  if (row === undefined) return undefined;
  if (sha256(row.configuration) !== configHash) {
    throw damagedRow(store.file, { kind: 'configurations', owner: configHash });
  }
  return readConfiguration(row.configuration);
}

/** Of one cell of a queue; undefined as for `findConfiguration`. */
export function cellConfiguration(
  store: Reader,
  queueId: number,
  cellIndex: number,
): Configuration | undefined {
  const cell = store.first(
    sqlBuilder
      .selectFrom('cells')
      .select('config_hash')
      .where('queue_id', '=', queueId)
      .where('cell_index', '=', cellIndex),
  );
  return cell === undefined ? undefined : findConfiguration(store, cell.config_hash);
}

/** Forgets the configurations of a queue's cells that no run and no other queue names. */
export function dropConfigurationsOf(store: Store, queueId: number): void {
  store
    .prepare(
      `DELETE FROM configurations WHERE config_hash IN (SELECT config_hash FROM cells WHERE queue_id = @queueId)
         AND config_hash NOT IN (SELECT config_hash FROM cells WHERE queue_id <> @queueId)
         AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.config_hash = configurations.config_hash)`,
    )
    .run({ queueId });
}
