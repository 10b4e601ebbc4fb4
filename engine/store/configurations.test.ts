import { afterEach, beforeEach, expect, it } from 'vitest';
import { canonicalConfiguration, configHash } from '../cells/config-hash.ts';
import { findConfiguration } from './configurations.ts';
import { openStore, type Store } from './database.ts';
import { deleteQueue, insertQueue, type NewCell } from './queues.ts';
import { findRun, insertRun } from './runs.ts';
import { exampleConfiguration, exampleRun } from './testing/example-rows.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});
afterEach(() => store.close());

function cell(horizon: number): NewCell {
  const configuration = exampleConfiguration(horizon);
  const hash = configHash(configuration);
  return { configuration, asOf: null, configHash: hash, runKey: hash, state: 'pending', runId: null };
}
const queue = (name: string, horizons: number[]) =>
  insertQueue(store, { name, spec: {}, createdAt: 1 }, horizons.map(cell));
const stored = () =>
  store.raw.prepare('SELECT config_hash, configuration FROM configurations').raw().all() as string[][];

it('keeps a configuration once, under its hash, however many cells name it', () => {
  queue('first', [1, 2]);
  queue('second', [2, 3]);
  const expected = [1, 2, 3].map((h) => [
    cell(h).configHash,
    canonicalConfiguration(exampleConfiguration(h)),
  ]);
  expect(stored().sort()).toEqual(expected.sort());
  expect(findConfiguration(store, cell(2).configHash)).toEqual(exampleConfiguration(2));
  expect(findConfiguration(store, 'none')).toBeUndefined();
});

it('forgets with a queue what no other queue and no run names', () => {
  const first = queue('first', [1, 2, 3]);
  queue('second', [2]);
  const run = { ...exampleRun(1), horizon: 3, config_hash: cell(3).configHash };
  insertRun(store, run, []);
  deleteQueue(store, first);
  expect(
    stored()
      .map(([hash]) => hash)
      .sort(),
  ).toEqual([cell(2).configHash, cell(3).configHash].sort());
});

it('has the configuration of a run that comes without one from its columns', () => {
  insertRun(store, { ...exampleRun(1), horizon: 3, config_hash: cell(3).configHash }, []);
  expect(findRun(store, 1)?.configuration).toBe(canonicalConfiguration(exampleConfiguration(3)));
});
