import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { readConfiguration } from '../../cells/config-hash.ts';
import { sha256 } from '../../identity/digest.ts';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from './index.ts';

/** A grid as version 4 stored it, and the hashes that it gave its cells. */
const SPEC = {
  model_types: ['ridge', 'xgboost'],
  symbols: ['EURUSD'],
  timeframes: ['H1', 'H4'],
  days_history: [60],
  horizons: [12],
  encoders: ['normalized'],
  indicator_timeframes: { sma: ['D1', 'H1'], atr: ['H4'] },
  hyperparameters: { xgboost: { max_depth: [3, 5] } },
};
const HASHES = [
  '20d397eab51d1a369b4723ff08bc26beff7c635204da96a7d896acc4326382f5',
  '12655cdb2d4de01107a27baf6d697ba3210058d4acd659fcf1391edd96ed85dd',
  '2a5ed879707f2a55e4451da772b00d22910901d7a8150c8a34f5cc7da55a9bde',
  'ed2611a144973e00ae5a33f7f2fe3cd0884319d975d155bd0a281fa90a9a35b9',
  'd34949efebb9e73e9ba4c774fa5aedf1008c05a5edd6113922e242099275a45e',
  '822b25d59546a5790f938437b20cd6d85060bba69f51bba52bec5d3a9e999c0f',
];
/** One that needs every default: model, indicators. */
const PLAIN = { ...SPEC, model_types: ['ridge'], timeframes: ['H1'], hyperparameters: undefined };
const PLAIN_HASH = 'ea1de587930ddba780088b9881c9638e50ff5c4d0749b83d41bfbae72803977f';

function versionFour() {
  const db = new Database(':memory:');
  migrate(db, MIGRATIONS.slice(0, 4), 'test.db');
  let queues = 0;
  return {
    db,
    queue(spec: unknown, hashes: readonly string[]) {
      const id = ++queues;
      db.prepare(
        "INSERT INTO queues (id, name, state, priority, spec, total, kept, deleted, seconds, created_at) VALUES (?, 'q', 'paused', 0, ?, 1, 0, 0, 0, 1)",
      ).run(id, JSON.stringify(spec));
      hashes.forEach((hash, i) => {
        db.prepare("INSERT INTO cells VALUES (?, ?, ?, ?, 'pending', NULL)").run(id, i, hash, `key ${i}`);
      });
    },
    run(id: number, hash: string, horizon: number) {
      db.prepare(
        `INSERT INTO runs (id, uuid, run_key, attempt, config_hash, model_type, encoder, symbol, timeframe, days_history,
           horizon, indicator_timeframes, hyperparameters, synthetic, status, kept, strategies_tested, artifact_bytes,
           created_at, seconds, basis)
         VALUES (?, ?, ?, 1, ?, 'ridge', 'normalized', 'EURUSD', 'H4', 60, ?, '{"sma":["D1"],"atr":["H4"]}', '{"alpha":1}',
           0, 'completed', 0, 135, 1, 1, 1, '{}')`,
      ).run(id, `uuid ${id}`, `key ${id}`, hash, horizon);
    },
    migrated() {
      migrate(db, MIGRATIONS, 'test.db');
      const rows = db.prepare('SELECT config_hash, configuration FROM configurations').raw().all();
      return new Map(rows as [string, string][]);
    },
  };
}

it('puts the configurations of all cells together again from the grids of their queues', () => {
  const { db, queue, migrated } = versionFour();
  queue(SPEC, HASHES);
  queue({ ...PLAIN, indicator_timeframes: undefined }, [PLAIN_HASH]);
  const found = migrated();
  expect([...found.keys()].sort()).toEqual([...HASHES, PLAIN_HASH].sort());
  for (const [hash, json] of found) expect(sha256(json)).toBe(hash);
  expect(readConfiguration(found.get(HASHES[2]!)!)).toMatchObject({
    modelType: 'xgboost',
    timeframe: 'H1',
    hyperparameters: { max_depth: 5, n_estimators: 100 },
  });
  expect(db.prepare('SELECT count(*) FROM cells WHERE as_of IS NULL').pluck().get()).toBe(HASHES.length + 1);
});

it('takes those of runs from their columns, where queues are gone', () => {
  const { run, migrated } = versionFour();
  run(1, HASHES[3]!, 12);
  run(2, HASHES[3]!, 12);
  const found = migrated();
  expect([...found.keys()]).toEqual([HASHES[3]]);
  expect(sha256(found.get(HASHES[3]!)!)).toBe(HASHES[3]);
});

it('stores nothing under a hash that is not its own, and leaves cells of unknown grids without', () => {
  const { queue, run, migrated } = versionFour();
  queue({ ...SPEC, model_types: ['retired_model'] }, [HASHES[0]!]);
  queue({}, [HASHES[1]!]);
  queue({ ...SPEC, horizons: [6] }, [HASHES[2]!]);
  run(1, HASHES[3]!, 6);
  expect(migrated().size).toBe(0);
});
