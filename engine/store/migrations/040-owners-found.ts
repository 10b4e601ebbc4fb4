import type { Database } from 'better-sqlite3';
import { renewTriggers } from '../lay-sums.ts';

/** The triggers of checksums find the row that they change by the index of its owner, not among all of a kind. */
export function ownersFound(db: Database): void {
  renewTriggers(db);
}
