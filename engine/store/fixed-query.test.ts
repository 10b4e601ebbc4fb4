import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store, sqlBuilder } from './database.ts';
import { fixedChange, fixedQuery } from './fixed-query.ts';
import { insertTestRuns } from './testing/runs.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
  insertTestRuns(store, 9);
});
afterEach(() => store.close());

test('a query is built once, and asks for what it is given each time', () => {
  let built = 0;
  const between = fixedQuery((from: number, to: number) => {
    built++;
    return sqlBuilder
      .selectFrom('runs')
      .select('id')
      .where('id', '<=', to)
      .where('attempt', '=', 1)
      .where('id', '>=', from)
      .orderBy('id');
  });
  expect(built).toBe(0);
  expect(store.all(between(2, 4))).toEqual([{ id: 2 }, { id: 3 }, { id: 4 }]);
  expect(store.all(between(7, 8))).toEqual([{ id: 7 }, { id: 8 }]);
  expect(store.first(between(9, 9))).toEqual({ id: 9 });
  expect(built).toBe(1);
});

test('so does a change', () => {
  const rename = fixedChange((file: string | null, id: number) =>
    sqlBuilder.updateTable('runs').set({ artifact_file: file, kept: 1 }).where('id', '=', id),
  );
  expect(store.run(rename('a.model', 3)).changes).toBe(1);
  expect(store.run(rename(null, 4)).changes).toBe(1);
  const files = sqlBuilder.selectFrom('runs').select(['artifact_file', 'kept']).where('id', 'in', [3, 4]);
  expect(store.all(files.orderBy('id'))).toEqual([
    { artifact_file: 'a.model', kept: 1 },
    { artifact_file: null, kept: 1 },
  ]);
});
