import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Of a job: the most memory, bytes, that the process that worked on it was seen to hold. Of jobs before, it is not known. */
export function peakMemory(db: Database): void {
  laySums(db, () => db.exec('ALTER TABLE queues ADD COLUMN peak_memory INTEGER;'));
}
