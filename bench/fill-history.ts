import { join } from 'node:path';
import { rawDatabase } from '../engine/store/testing/raw-database.ts';

/** Copies the runs that a workspace has until there are `count`; nothing may have it open meanwhile but for reading. */
export function fillHistory(workspace: string, count: number): void {
  const db = rawDatabase(join(workspace, 'regimen.db'));
  const columns = (db.pragma('table_info(runs)') as { name: string }[]).map(({ name }) => name);
  const copied = columns.map((name) => {
    if (name === 'id') return 'n.value';
    if (name === 'uuid') return "printf('%08x-0000-8000-8000-000000000000', n.value)";
    // Each of another configuration: nobody trains the same one a thousand times.
    if (name === 'run_key' || name === 'config_hash') return "printf('%064x', n.value)";
    return `r.${name}`;
  });
  const numbers =
    'WITH RECURSIVE n(value) AS (SELECT max(id) + 1 FROM runs UNION ALL SELECT value + 1 FROM n WHERE value < ?)';
  const existing = db.prepare('SELECT count(*) FROM runs').pluck().get() as number;
  db.prepare(
    `INSERT INTO runs ${numbers} SELECT ${copied.join(', ')} FROM n JOIN runs r ON r.id = 1 + n.value % ?`,
  ).run(count, existing);
  db.close();
}
