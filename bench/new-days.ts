import { join } from 'node:path';
import { rawDatabase } from '../engine/store/testing/raw-database.ts';

/** Days that a history may have more: the demo market has room for them. */
const MOST = 600;

/** The same days of history, each by as many more as it takes for none of them to have been trained in a workspace: nothing of a grid of them is skipped. */
export function newDays(workspace: string, days: readonly number[]): number[] {
  const db = rawDatabase(join(workspace, 'regimen.db'));
  try {
    const isKnown = db.prepare('SELECT EXISTS (SELECT 1 FROM runs WHERE days_history = ?)').pluck();
    for (let more = 0; more <= MOST; more++) {
      if (days.every((count) => isKnown.get(count + more) === 0)) return days.map((count) => count + more);
    }
    throw new Error(`every history of ${days.join(', ')} to ${MOST} days more was trained in ${workspace}`);
  } finally {
    db.close();
  }
}
