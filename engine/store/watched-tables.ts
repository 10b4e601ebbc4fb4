import type { Timeframe } from '../contract/timeframe.ts';

/** A folder that is watched. */
export interface WatchedFoldersTable {
  /** Absolute path. */
  folder: string;
  /** JSON: how its files are read, where they do not say so themselves. */
  options: string;
  /** JSON: the process that watches it; null: none does. */
  owner: string | null;
  /** ms since 1970-01-01 UTC, as all times here. */
  added_at: number;
}

/** What became of a file of a watched folder when it was last looked at. */
export interface WatchedFilesTable {
  /** Absolute path. */
  file: string;
  folder: string;
  /** As it was then. */
  size: number;
  modified: number;
  state: string;
  /** A whole sentence. */
  message: string;
  /** JSON: `{symbol, timeframe}` of each series that it holds. */
  series: string;
  /** Of data, when it was last read. */
  rows: number;
  at: number;
}

/** How a file was read when it was imported: what is used again when it is watched. */
export interface FileReadingsTable {
  file: string;
  symbol: string;
  timeframe: Timeframe;
  /** JSON: options of the import, with what it has found by itself. */
  reading: string;
  at: number;
}

export interface WatchTables {
  watched_folders: WatchedFoldersTable;
  watched_files: WatchedFilesTable;
  file_readings: FileReadingsTable;
}
