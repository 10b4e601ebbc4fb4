import type { Selectable } from 'kysely';
import type { WatchedState } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { FileReadingsTable, WatchedFilesTable, WatchedFoldersTable } from './watched-tables.ts';

export type WatchedFolderRow = Selectable<WatchedFoldersTable>;

export interface WatchedFile extends Omit<WatchedFilesTable, 'state' | 'series'> {
  readonly state: WatchedState;
  readonly series: readonly SeriesName[];
}

export interface SeriesName {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** How a file's bars became those of a series. */
export interface FileReading extends SeriesName {
  readonly file: string;
  readonly reading: Readonly<Record<string, unknown>>;
}

/** More files are forgotten, the oldest first. */
const KEPT_READINGS = 10_000;

/** By path. */
export function watchedFolders(store: Reader): WatchedFolderRow[] {
  return store.all(sqlBuilder.selectFrom('watched_folders').selectAll().orderBy('folder'));
}

export function insertWatchedFolder(store: Store, row: WatchedFolderRow): void {
  store.insert('watched_folders', row);
}

export function updateWatchedFolder(
  store: Store,
  folder: string,
  change: Partial<Omit<WatchedFolderRow, 'folder'>>,
): void {
  store.run(sqlBuilder.updateTable('watched_folders').set(change).where('folder', '=', folder));
}

/** Its files with it; false if it was not watched. To be called in a transaction. */
export function deleteWatchedFolder(store: Store, folder: string): boolean {
  if (!watchedFolders(store).some((row) => row.folder === folder)) return false;
  store.run(sqlBuilder.deleteFrom('watched_files').where('folder', '=', folder));
  store.run(sqlBuilder.deleteFrom('watched_folders').where('folder', '=', folder));
  return true;
}

/** By path. */
export function watchedFiles(store: Reader, folder: string): WatchedFile[] {
  const rows = store.all(
    sqlBuilder.selectFrom('watched_files').selectAll().where('folder', '=', folder).orderBy('file'),
  );
  return rows.map(({ state, series, ...row }) => ({
    ...row,
    state: state as WatchedState,
    series: storedJson<SeriesName[]>(series, `what the watched file ${row.file} holds`),
  }));
}

export function saveWatchedFile(store: Store, { series, ...file }: WatchedFile): void {
  store.transaction(() => {
    forgetWatchedFile(store, file.file);
    store.insert('watched_files', { ...file, series: JSON.stringify(series) });
  });
}

/** False if nothing was known of it. */
export function forgetWatchedFile(store: Store, file: string): boolean {
  return store.run(sqlBuilder.deleteFrom('watched_files').where('file', '=', file)).changes > 0;
}

/** Of each series of a file. */
export function readingsOf(store: Reader, file: string): FileReading[] {
  const rows = store.all(
    sqlBuilder
      .selectFrom('file_readings')
      .selectAll()
      .where('file', '=', file)
      .orderBy('symbol')
      .orderBy('timeframe'),
  );
  return rows.map(({ at: _, reading, ...row }) => ({
    ...row,
    reading: storedJson<FileReading['reading']>(reading, `how the file ${file} was read`),
  }));
}

/** How the file was read that was imported last; undefined: none was. */
export function newestReading(store: Reader): FileReading['reading'] | undefined {
  const row = store.first(
    sqlBuilder
      .selectFrom('file_readings')
      .select(['file', 'reading'])
      .orderBy('at', 'desc')
      .orderBy('file')
      .limit(1),
  );
  return row && storedJson<FileReading['reading']>(row.reading, `how the file ${row.file} was read`);
}

/** In the place of an earlier one. */
export function saveReading(
  store: Store,
  { file, symbol, timeframe, reading }: FileReading,
  at: number,
): void {
  const row: FileReadingsTable = { file, symbol, timeframe, reading: JSON.stringify(reading), at };
  store.transaction(() => {
    store.run(
      sqlBuilder
        .deleteFrom('file_readings')
        .where('file', '=', file)
        .where('symbol', '=', symbol)
        .where('timeframe', '=', timeframe),
    );
    store.insert('file_readings', row);
    store.run(
      sqlBuilder
        .deleteFrom('file_readings')
        .where('at', '<', (query) =>
          query.selectFrom('file_readings').select('at').orderBy('at', 'desc').limit(1).offset(KEPT_READINGS),
        ),
    );
  });
}
