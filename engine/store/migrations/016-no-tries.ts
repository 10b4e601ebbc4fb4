import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** What was tried is counted cell by cell since 015: sums of each run's tries counted one twice that was trained again. */
export function noTries(db: Database): void {
  laySums(db, () => db.exec('DROP TABLE tries'));
}
