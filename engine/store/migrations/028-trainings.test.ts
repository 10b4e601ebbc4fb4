import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { findDamage } from '../soundness.ts';
import { trainings } from './028-trainings.ts';
import { MIGRATIONS } from './index.ts';

const BEFORE = MIGRATIONS.slice(0, MIGRATIONS.indexOf(trainings));

it('tells what trainings came to name by name', () => {
  const db = new Database(':memory:');
  migrate(db, BEFORE, 'test');
  const insert = db.prepare(
    `INSERT INTO trainings (id, label, origin, wishes, state, jobs, results, created_at)
     VALUES (?, 'ridge', 'request', '{}', 'completed', '[1]', ?, 3)`,
  );
  const results = [
    { name: 'EURUSD H1', status: 'promoted', report: { lines: [1.5, null] } },
    { name: 'EURUSD H4', status: 'failed', report: null },
  ];
  insert.run('a', JSON.stringify(results));
  insert.run('b', null);
  insert.run('c', '[]');
  migrate(db, [...BEFORE, trainings], 'test');
  const names = db.prepare<[], string>('SELECT names FROM trainings ORDER BY id').pluck().all();
  expect(names.map((text) => JSON.parse(text))).toEqual([
    results.map((result) => ({ name: result.name, stages: [], result })),
    [],
    [],
  ]);
  expect(findDamage(db)).toEqual([]);
  db.close();
});
