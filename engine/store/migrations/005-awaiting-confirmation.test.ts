import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { QUEUE_STATES } from '../../contract/dto/index.ts';
import { migrate } from '../migrate.ts';
import { sql } from './005-awaiting-confirmation.ts';
import { MIGRATIONS } from './index.ts';

const BEFORE = MIGRATIONS.slice(0, MIGRATIONS.indexOf(sql));
const KNOWN_BEFORE = QUEUE_STATES.filter((state) => state !== 'awaiting_confirmation');

let db: Database.Database;
beforeEach(() => {
  db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db, BEFORE, 'test');
  for (const state of KNOWN_BEFORE) {
    const { lastInsertRowid: id } = db
      .prepare(
        `INSERT INTO queues (name, state, message, priority, spec, total, kept, deleted, seconds, created_at, retrain)
         VALUES (@state, @state, 'm', 3, '{}', 1, 2, 3, 4.5, 5, 1)`,
      )
      .run({ state });
    db.prepare(
      `INSERT INTO cells (queue_id, cell_index, config_hash, run_key, state) VALUES (?, 0, 'h', 'k', 'pending')`,
    ).run(id);
  }
});
afterEach(() => db.close());

const rows = (table: string) => db.prepare(`SELECT * FROM ${table}`).all();

it('keeps every queue as it was, with its cells', () => {
  const before = { queues: rows('queues'), cells: rows('cells') };
  migrate(db, [...BEFORE, sql], 'test');
  expect({ queues: rows('queues'), cells: rows('cells') }).toEqual(before);
  expect(before.cells).toHaveLength(KNOWN_BEFORE.length);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.prepare('DELETE FROM queues WHERE id = 1').run();
  expect(rows('cells')).toHaveLength(KNOWN_BEFORE.length - 1);
});

it('lets a queue wait for an answer, and still refuses what is no state', () => {
  migrate(db, [...BEFORE, sql], 'test');
  const put = db.prepare('UPDATE queues SET state = ? WHERE id = 1');
  for (const state of QUEUE_STATES) expect(() => put.run(state)).not.toThrow();
  for (const state of ['awaiting', '', null]) expect(() => put.run(state)).toThrow(/constraint/);
});
