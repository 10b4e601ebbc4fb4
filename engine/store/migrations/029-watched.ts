import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Folders that are watched for candles, what became of each file in them, and how files were read that a user imported. */
export function watched(db: Database): void {
  const change = `
    CREATE TABLE watched_folders (
      folder    TEXT     PRIMARY KEY,
      options   TEXT     NOT NULL,
      owner     TEXT,
      added_at  INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE watched_files (
      file      TEXT     PRIMARY KEY,
      folder    TEXT     NOT NULL REFERENCES watched_folders (folder) ON DELETE CASCADE,
      size      INTEGER  NOT NULL,
      modified  REAL     NOT NULL,
      state     TEXT     NOT NULL,
      message   TEXT     NOT NULL,
      series    TEXT     NOT NULL,
      rows      INTEGER  NOT NULL,
      at        INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX watched_files_by_folder ON watched_files (folder);
    CREATE TABLE file_readings (
      file       TEXT     NOT NULL,
      symbol     TEXT     NOT NULL,
      timeframe  TEXT     NOT NULL,
      reading    TEXT     NOT NULL,
      at         INTEGER  NOT NULL,
      PRIMARY KEY (file, symbol, timeframe)
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
