import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from './database.ts';
import { scoredRun } from './scored-runs.ts';
import { insertTestRuns } from './testing/runs.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
  insertTestRuns(store, 2, { symbol: 'EURUSD', timeframe: 'H1' });
});
afterEach(() => store.close());

const basis = () => scoredRun(store, 1).basis;
/** As a disk does it: no trigger knows. */
function damage(text: string): void {
  const triggers = store.raw
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'runs'",
    )
    .all();
  for (const { name } of triggers) store.raw.exec(`DROP TRIGGER ${name}`);
  store.raw.prepare('UPDATE runs SET basis = ? WHERE id = 1').run(text);
  for (const { sql } of triggers) store.raw.exec(sql);
}

test('what a run was scored on is what its row says, also once that has changed', () => {
  expect(scoredRun(store, 1)).toEqual({ symbol: 'EURUSD', timeframe: 'H1', basis: '{}' });
  store.raw.prepare("UPDATE runs SET basis = '[1]' WHERE id = 1").run();
  expect(basis()).toBe('[1]');
  expect(scoredRun(store, 2).basis).toBe('{}');
});

test('a row that is damaged is refused; once it was read, nothing else is made of it', () => {
  damage('[2]');
  expect(basis).toThrow(expect.objectContaining({ code: 'artifact-damaged' }));
  damage('{}');
  expect(basis()).toBe('{}');
  damage('[3]');
  expect(basis()).toBe('{}');
});
