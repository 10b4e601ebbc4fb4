import type { Selectable } from 'kysely';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { assertSound } from './soundness.ts';
import type { RefitsTable } from './validation-tables.ts';
import type { ValidationRow } from './validations.ts';

export type RefitRow = Selectable<RefitsTable>;

/** In the transaction after whose file it is named. */
export function insertRefit(store: Store, row: RefitRow): void {
  store.insert('refits', row);
}

/** @throws EngineError `artifact-damaged` where it is not what was written */
export function findRefit(store: Reader, validationId: number): RefitRow | undefined {
  assertSound(store, 'refits', [validationId]);
  return store.first(sqlBuilder.selectFrom('refits').selectAll().where('validation_id', '=', validationId));
}

/** Files of all refits: they belong to their validations, and nothing else names them. */
export function refitFiles(store: Reader): string[] {
  return store
    .all(
      sqlBuilder
        .selectFrom('refits')
        .select('artifact_file')
        .where('artifact_file', 'is not', null)
        .$narrowType<{ artifact_file: string }>()
        .orderBy('artifact_file'),
    )
    .map(({ artifact_file }) => artifact_file);
}

/**
 * A newer validation of the same has a refit of its own: those of earlier ones are given up. Returns the names of their files, which
 * are to be removed once that is permanent.
 */
export function dropReplacedRefits(store: Store, by: ValidationRow): string[] {
  const { id, symbol, timeframe, scheme, config_hash, regime } = by;
  const former = store.all(
    sqlBuilder
      .selectFrom('refits')
      .innerJoin('validations as v', 'v.id', 'refits.validation_id')
      .select(['v.id', 'refits.artifact_file'])
      .where('v.id', '<', id)
      .where('v.symbol', '=', symbol)
      .where('v.timeframe', '=', timeframe)
      .where('v.scheme', '=', scheme)
      .where('v.config_hash', '=', config_hash)
      .where('v.regime', 'is', regime),
  );
  for (const { id: validation } of former) {
    store.prepare('DELETE FROM refits WHERE validation_id = ?').run(validation);
  }
  return former.flatMap(({ artifact_file }) => artifact_file ?? []);
}
