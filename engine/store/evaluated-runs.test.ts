import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openStore, type Store } from './database.ts';
import { trainedByConfiguration } from './evaluated-runs.ts';
import { newestBases } from './looks.ts';
import { insertTestRuns } from './testing/runs.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});
afterEach(() => store.close());

it('reads runs whose models are known page by page, with a pause after each, and misses none', async () => {
  insertTestRuns(store, 40, { training_key: 'a key' });
  store.raw.exec(
    "UPDATE runs SET config_hash = 'even' WHERE id % 2 = 0; UPDATE runs SET training_key = NULL WHERE id = 7",
  );
  const ids = store.raw
    .prepare("SELECT id FROM runs WHERE status = 'completed' AND id <> 7 ORDER BY id")
    .pluck()
    .all() as number[];
  const whole = await trainedByConfiguration(
    store,
    () => Promise.reject(new Error('one page is enough')),
    41,
  );
  const pause = vi.fn(() => Promise.resolve());
  const paged = await trainedByConfiguration(store, pause, 5);
  expect(paged).toEqual(whole);
  expect(
    [...paged.values()]
      .flat()
      .map(({ id }) => id)
      .sort((a, b) => a - b),
  ).toEqual(ids);
  expect(paged.get('even')?.map(({ id }) => id)).toEqual(ids.filter((id) => id % 2 === 0));
  expect(pause).toHaveBeenCalledTimes(Math.floor(ids.length / 5));
});

it('knows of each market the basis whose as-of date is the newest, one without any as of when it was made', () => {
  insertTestRuns(store, 6, { status: 'completed', symbol: 'EURUSD', timeframe: 'H1' });
  const set = store.raw.prepare('UPDATE runs SET basis = ?, created_at = ?, symbol = ? WHERE id = ?');
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
  set.run('{"as_of":"2026-02-01T00:00:00Z"}', at('2026-02-03'), 'EURUSD', 1);
  set.run('{"as_of":"2026-02-01T00:00:00Z"}', at('2026-02-02'), 'EURUSD', 2);
  set.run('{"as_of":"2026-01-01T00:00:00Z"}', at('2026-03-01'), 'EURUSD', 3);
  set.run('{}', at('2026-01-02'), 'USDJPY', 4);
  set.run('{"as_of":"2026-01-01T00:00:00Z"}', at('2026-04-01'), 'USDJPY', 5);
  set.run('no JSON', at('2027-01-01'), 'USDJPY', 6);
  expect(newestBases(store)).toEqual([
    expect.objectContaining({
      symbol: 'EURUSD',
      basis: '{"as_of":"2026-02-01T00:00:00Z"}',
      created_at: at('2026-02-03'),
    }),
    expect.objectContaining({ symbol: 'USDJPY', basis: '{}', created_at: at('2026-01-02') }),
  ]);
});
