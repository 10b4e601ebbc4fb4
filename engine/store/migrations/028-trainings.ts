import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** What a production training came to is told name by name, with its stages: while it is at work, too, and by whatever process. */
export function trainings(db: Database): void {
  const change = `
    ALTER TABLE trainings ADD COLUMN names TEXT NOT NULL DEFAULT '[]';
    UPDATE trainings SET names = (
      SELECT json_group_array(json_object('name', value ->> 'name', 'stages', json('[]'), 'result', json(value)))
      FROM json_each(results))
    WHERE results IS NOT NULL;
    ALTER TABLE trainings DROP COLUMN results;`;
  laySums(db, () => db.exec(change), ['trainings']);
}
