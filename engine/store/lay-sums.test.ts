import { afterEach, beforeEach, expect, it } from 'vitest';
import { insertAudit } from './champions.ts';
import { openStore, type Store } from './database.ts';
import { laySums } from './lay-sums.ts';
import { insertRun } from './runs.ts';
import { findDamage } from './soundness.ts';
import { exampleAudit, exampleStrategy, keptRun } from './testing/example-rows.ts';

const RUNS = 3;

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
  for (let id = 1; id <= RUNS; id++) {
    insertRun(store, keptRun(id), [exampleStrategy(0)]);
    insertAudit(store, exampleAudit(id));
  }
});
afterEach(() => store.close());

const damage = () => findDamage(store.raw);
const total = (sql: string) => store.raw.prepare<[], number>(sql).pluck().get()!;

/** As a disk changes a row: no trigger sees it. */
function unseen(kind: string, sql: string): void {
  store.raw.exec(`SAVEPOINT seen; CREATE TEMP TABLE kept AS SELECT * FROM sums; ${sql};
    DELETE FROM sums; INSERT INTO sums SELECT * FROM kept; DROP TABLE kept; RELEASE seen`);
  expect(damage().map((one) => one.kind)).toContain(kind);
}

it('lays checksums anew where rows have other columns: what was damaged stays so, and so do the others', () => {
  unseen('run_states', 'UPDATE runs SET best_sharpe = 99 WHERE id = 2');
  unseen('audit', "UPDATE audit SET regime = 'x' WHERE run_id = 1");
  const before = damage();
  expect(before).toHaveLength(2);
  let changed = 0;
  laySums(store.raw, () => {
    // The second is of a column that had a checksum before.
    store.raw.exec(`ALTER TABLE runs ADD COLUMN best_more REAL;
      UPDATE runs SET best_more = 7; UPDATE runs SET best_sharpe = best_sharpe + 1`);
    changed = total('SELECT total_changes()');
  });
  // States of runs alone: they went, came, and one of them is damaged.
  expect(total('SELECT total_changes()') - changed).toBe(2 * RUNS + 1);
  expect(damage()).toEqual(before);
  store.raw.exec('UPDATE runs SET best_more = 8 WHERE id = 1');
  expect(damage()).toEqual(before);
  unseen('run_states', 'UPDATE runs SET best_more = 9 WHERE id = 1');
  expect(damage()).toContainEqual({ kind: 'run_states', owner: 1 });
});

it('lays them anew over a table that loses a column', () => {
  unseen('audit', "UPDATE audit SET regime = 'x' WHERE run_id = 1");
  laySums(store.raw, () => store.raw.exec("ALTER TABLE audit ADD COLUMN more TEXT DEFAULT 'y'"));
  const before = [{ kind: 'audit', owner: 1 }];
  expect(damage()).toEqual(before);
  laySums(store.raw, () => store.raw.exec('ALTER TABLE audit DROP COLUMN more'), ['audit']);
  expect(damage()).toEqual(before);
  insertAudit(store, exampleAudit(2));
  expect(damage()).toEqual(before);
});

it('lays those of a table that is new, and leaves none of one that is gone', () => {
  laySums(store.raw, () => store.raw.exec('DROP TABLE views'), ['views']);
  expect(damage()).toEqual([]);
  laySums(store.raw, () =>
    store.raw.exec(`CREATE TABLE views (subject TEXT, name TEXT, view TEXT, PRIMARY KEY (subject, name)) STRICT;
      INSERT INTO views VALUES ('runs', 'mine', '{}')`),
  );
  expect(total("SELECT count(*) FROM sums WHERE kind = 'views'")).toBe(1);
  expect(damage()).toEqual([]);
  store.raw.exec("INSERT INTO sums VALUES ('of a table that is gone', 1, 7)");
  laySums(store.raw);
  expect(total("SELECT count(*) FROM sums WHERE kind LIKE 'of %'")).toBe(0);
});
