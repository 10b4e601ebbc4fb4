import type { Selectable } from 'kysely';
import { EngineError } from '../contract/errors.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { assertSound } from './soundness.ts';
import type { SurvivalJournalTable, SurvivalModelsTable } from './survival-tables.ts';

export type SurvivalModelRow = Selectable<SurvivalModelsTable>;
export type SurvivalJournalRow = Selectable<SurvivalJournalTable>;

export function insertSurvivalModel(store: Store, row: Omit<SurvivalModelRow, 'id'>): number {
  return store.insert('survival_models', row);
}

export function insertSurvivalJournal(store: Store, row: Omit<SurvivalJournalRow, 'id'>): number {
  return store.insert('survival_journal', row);
}

/** Oldest first. @throws EngineError `artifact-damaged` where one is not what was written */
export function survivalModels(store: Reader): SurvivalModelRow[] {
  return sound(store, store.all(sqlBuilder.selectFrom('survival_models').selectAll().orderBy('id')));
}

/** Of all models, oldest first; none of them is read. */
export function survivalVersions(store: Reader): string[] {
  const query = sqlBuilder.selectFrom('survival_models').select('version').orderBy('id');
  return store.all(query).map(({ version }) => version);
}

/** That a job trained; undefined before. @throws as `survivalModels` */
export function survivalModelOf(store: Reader, queueId: number): SurvivalModelRow | undefined {
  return sound(store, store.all(newestModels().where('queue_id', '=', queueId)))[0];
}

const newestModels = () =>
  sqlBuilder.selectFrom('survival_models').selectAll().orderBy('id', 'desc').limit(1);

function sound(store: Reader, rows: SurvivalModelRow[]): SurvivalModelRow[] {
  assertSound(
    store,
    'survival_models',
    rows.map(({ id }) => id),
  );
  return rows;
}

/** Of a version, or the newest. @throws EngineError `not-found`, and as `survivalModels` */
export function requireSurvivalModel(store: Reader, version: string | undefined): SurvivalModelRow {
  const query = version === undefined ? newestModels() : newestModels().where('version', '=', version);
  const [row] = sound(store, store.all(query));
  if (row !== undefined) return row;
  throw new EngineError(
    'not-found',
    version === undefined
      ? 'No model of what survives was trained yet: `regimen survival train` does.'
      : `There is no model of what survives "${version}": \`regimen survival list\` says which there are.`,
  );
}

/** Oldest first. @throws as `survivalModels` */
export function survivalJournal(store: Reader): SurvivalJournalRow[] {
  const rows = store.all(sqlBuilder.selectFrom('survival_journal').selectAll().orderBy('id'));
  assertSound(
    store,
    'survival_journal',
    rows.map(({ id }) => id),
  );
  return rows;
}

/** Version that speaks now; null: none. */
export function survivalInProduction(store: Reader): string | null {
  return (
    store.first(
      sqlBuilder
        .selectFrom('survival_journal')
        .select('to_version')
        .where('action', '!=', 'registered')
        .orderBy('id', 'desc')
        .limit(1),
    )?.to_version ?? null
  );
}
