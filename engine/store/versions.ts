import type { Selectable } from 'kysely';
import { type Configuration, INITIAL_VALUES } from '../contract/configuration.ts';
import type { StrategyDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import { didYouMean } from '../contract/nearest.ts';
import { storedJson } from '../contract/stored-json.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { AliasesTable, JournalTable, VersionsTable } from './registry-tables.ts';
import { assertAllSound, assertSound } from './soundness.ts';

export type VersionRow = Selectable<VersionsTable>;
export type AliasRow = Selectable<AliasesTable>;
export type JournalRow = Selectable<JournalTable>;

/** Writes down what may be used at a place from now on. There is no way back. */
export function insertVersion(store: Store, row: Omit<VersionRow, 'id'>): void {
  store.insert('versions', row);
}

/** Versions of a name, or of all, oldest first. @throws EngineError `artifact-damaged` where one is not what was written */
export function listVersions(store: Reader, name?: string): VersionRow[] {
  const all = sqlBuilder.selectFrom('versions').selectAll().orderBy('name').orderBy('version');
  const rows = store.all(name === undefined ? all : all.where('name', '=', name));
  assertSound(
    store,
    'versions',
    rows.map(({ id }) => id),
  );
  return rows;
}

/** @throws EngineError `artifact-damaged` */
export function findVersion(store: Reader, name: string, version: string): VersionRow | undefined {
  const row = store.first(
    sqlBuilder.selectFrom('versions').selectAll().where('name', '=', name).where('version', '=', version),
  );
  if (row !== undefined) assertSound(store, 'versions', [row.id]);
  return row;
}

/** @throws EngineError `not-found` with what there is, `artifact-damaged` */
export function requireVersion(store: Reader, name: string, version: string): VersionRow {
  const row = findVersion(store, name, version);
  if (row !== undefined) return row;
  const all = listVersions(store, name).map((one) => one.version);
  if (all.length === 0) throw noVersions(store, name);
  throw new EngineError(
    'not-found',
    `${name} has no version ${version}. There ${all.length === 1 ? 'is' : 'are'} ${all.slice(-12).join(', ')}.`,
  );
}

/** That a name has none, with the names that have. */
export function noVersions(store: Reader, name: string): EngineError {
  const names = [...new Set(listVersions(store).map((row) => row.name))];
  const known =
    names.length === 0
      ? 'Nothing is registered yet'
      : `There ${names.length === 1 ? 'is' : 'are'} ${names.slice(0, 12).join(', ')}`;
  return new EngineError(
    'not-found',
    `${name} has no versions.${didYouMean(name, names)} ${known}. A champion or a run becomes one when it is made a candidate.`,
    { remedy: 'register-version' },
  );
}

/** Files of all versions, whatever else is said of them: name and version. */
export function versionNames(store: Reader): Pick<VersionRow, 'name' | 'version' | 'sha256'>[] {
  return store.all(
    sqlBuilder
      .selectFrom('versions')
      .select(['name', 'version', 'sha256'])
      .orderBy('name')
      .orderBy('version'),
  );
}

/** All aliases. @throws EngineError `artifact-damaged` where one is not what was written */
export function listAliases(store: Reader): AliasRow[] {
  assertAllSound(store, 'aliases');
  return store.all(sqlBuilder.selectFrom('aliases').selectAll().orderBy('name').orderBy('alias'));
}

/** The version that an alias of a name points to. @throws EngineError `artifact-damaged` */
export function aliasOf(store: Reader, name: string, alias: string): string | undefined {
  return listAliases(store).find((row) => row.name === name && row.alias === alias)?.version;
}

/** Points an alias to a version; null: to none. */
export function setAlias(
  store: Store,
  { name, alias, version, since }: Omit<AliasRow, 'version'> & { readonly version: string | null },
): void {
  store.prepare('DELETE FROM aliases WHERE name = ? AND alias = ?').run(name, alias);
  if (version !== null) store.insert('aliases', { name, alias, version, since });
}

/** Writes down what was done. There is no way back. Returns its number. */
export function insertJournal(store: Store, row: Omit<JournalRow, 'id'>): number {
  return store.insert('journal', row);
}

/** What was done to a name, or to all, first things first. @throws EngineError `artifact-damaged` */
export function listJournal(store: Reader, name?: string): JournalRow[] {
  const all = sqlBuilder.selectFrom('journal').selectAll().orderBy('id');
  const rows = store.all(name === undefined ? all : all.where('name', '=', name));
  assertSound(
    store,
    'journal',
    rows.map(({ id }) => id),
  );
  return rows;
}

/** What a version is, as far as it can be trained and followed again. */
export interface VersionModel {
  readonly version: string;
  readonly configuration: Configuration;
  readonly strategy: StrategyDto;
  /** Of trees that were updated: ms from the end of each window before, oldest first, to the end of its own. */
  readonly updates?: readonly number[];
}

/** As far as it is read here; see the registry's manifest. */
interface StoredVersion extends VersionModel {
  readonly trained: { readonly to: string };
  readonly update?: { readonly earlier?: readonly { readonly to: string }[] };
}

export function modelOfVersion({
  version,
  manifest,
}: Pick<VersionRow, 'version' | 'manifest'>): VersionModel {
  const { configuration, strategy, trained, update } = storedJson<StoredVersion>(
    manifest,
    `the manifest of version ${version}`,
  );
  const updates = update?.earlier?.map(({ to }) => Date.parse(trained.to) - Date.parse(to));
  return {
    version,
    configuration: { ...INITIAL_VALUES, ...configuration },
    strategy,
    ...(updates && { updates }),
  };
}

/** The version that is in use at a place; undefined where nobody is. @throws EngineError `artifact-damaged` */
export function productionOf(store: Reader, place: ModelPlace): VersionModel | undefined {
  const name = modelName(place);
  const version = aliasOf(store, name, 'production');
  return version === undefined ? undefined : modelOfVersion(requireVersion(store, name, version));
}
