import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** When production trainings begin by themselves, and which of them did. */
export function schedules(db: Database): void {
  const change = `
    CREATE TABLE schedules (
      name        TEXT     PRIMARY KEY,
      enabled     INTEGER  NOT NULL,
      cron        TEXT     NOT NULL,
      zone        TEXT     NOT NULL,
      wishes      TEXT     NOT NULL,
      handled_at  INTEGER  NOT NULL
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE trainings ADD COLUMN schedule TEXT;`;
  laySums(db, () => db.exec(change));
}
