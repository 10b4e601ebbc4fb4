import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * Of a run whose target is not the return: what each of its models said of the rows that its members left out, as JSON. Of runs from before
 * there were targets there is nothing to say.
 */
export function leftOut(db: Database): void {
  laySums(db, () => db.exec('ALTER TABLE runs ADD COLUMN left_out TEXT;'));
}
