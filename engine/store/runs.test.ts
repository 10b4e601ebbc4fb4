import { expect, test } from 'vitest';
import { RUN_FIGURES } from '../contract/run-figures.ts';
import { openStore } from './database.ts';
import { insertRun } from './runs.ts';
import { exampleRun, exampleStrategy } from './testing/example-rows.ts';

const best = (of: Readonly<Record<string, unknown>>, prefix = '') =>
  Object.values(RUN_FIGURES).map(({ name }) => of[`${prefix}${name}`]);

test('the figures of the best strategy come with the row of a run, which is not written again', () => {
  const store = openStore(':memory:');
  store.raw.exec("CREATE TEMP TRIGGER written AFTER UPDATE ON runs BEGIN SELECT raise(ABORT, 'again'); END");
  const strategies = [exampleStrategy(3), { ...exampleStrategy(0), rank: 1 }].map((row, i) => ({
    ...row,
    rank: i,
    trades: 10 + i,
  }));
  insertRun(store, exampleRun(1), strategies);
  const run = store.raw.prepare('SELECT * FROM runs').get() as Record<string, unknown>;
  expect(best(run, 'best_')).toEqual(best(strategies[1]!));
  expect(run.best_trades).toBe(11);
  store.close();
});

test('a strategy that is written otherwise takes them along', () => {
  const store = openStore(':memory:');
  insertRun(store, exampleRun(1), [{ ...exampleStrategy(0), rank: 1, trades: 5, kelly: null }]);
  store.raw.exec('UPDATE strategies SET kelly = 0.5, trades = 6');
  expect(store.raw.prepare('SELECT best_trades, best_kelly FROM runs').get()).toEqual({
    best_trades: 6,
    best_kelly: 0.5,
  });
  store.close();
});
