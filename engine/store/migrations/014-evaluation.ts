import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/**
 * A queue's cells may be those of a grid, of a list, or kept models to be evaluated again: its kind says which. A cell that fails
 * without a run of its own says why. A run says by which rules of selection it was judged, and a decision keeps the standard
 * errors of its scores, which are not to be had from the run any more once that was evaluated again.
 */
export function evaluation(db: Database): void {
  const change = `
    ALTER TABLE queues ADD COLUMN kind TEXT NOT NULL DEFAULT 'grid';
    ALTER TABLE cells ADD COLUMN error TEXT;
    ALTER TABLE runs ADD COLUMN selection TEXT;
    ALTER TABLE audit ADD COLUMN old_score_error REAL;
    ALTER TABLE audit ADD COLUMN new_score_error REAL;
  `;
  laySums(db, () => db.exec(change));
}
