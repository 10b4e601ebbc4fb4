import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Call } from '../contract/api/index.ts';
import { ofAllDecisions } from '../store/all-decisions.ts';
import { openStore, type Store } from '../store/database.ts';
import { runImage } from '../store/run-image/load.ts';
import { insertTestRuns } from '../store/testing/runs.ts';
import { createWarmUp } from './warm-up.ts';

const RUNS = 20;

let store: Store;
let asked: string[];
beforeEach(() => {
  store = openStore(':memory:');
  insertTestRuns(store, RUNS);
  asked = [];
});
afterEach(() => store.close());

const call = (async (method: string) => {
  asked.push(method);
}) as unknown as Call;

const areGroupsKept = () =>
  store.prepare("SELECT 1 FROM temp.sqlite_schema WHERE name = 'run_groups_of'").get() !== undefined &&
  store.prepare('SELECT count(*) FROM temp.run_groups_of').pluck().get() === 1;

it('has what a long history keeps computed, before anybody asks', async () => {
  createWarmUp(store, () => call, RUNS).begin();
  await vi.waitFor(() => expect(asked).toHaveLength(4), 10_000);
  expect(new Set(asked)).toEqual(
    new Set(['queue.list', 'evidence.summary', 'regimes.heatmap', 'champions.list']),
  );
  expect(areGroupsKept()).toBe(true);
  expect(runImage(store)).toBeDefined();
});

it('does nothing for a short one, nor where the workspace is closed before', async () => {
  createWarmUp(store, () => call, RUNS + 1).begin();
  const ended = createWarmUp(store, () => call, RUNS);
  ended.begin();
  ended.end();
  const other = createWarmUp(store, () => call, RUNS);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(asked).toEqual([]);
  expect(areGroupsKept()).toBe(false);
  expect(runImage(store)).toBeUndefined();
  other.end();
});

it('leaves for the next host what it computed of many decisions', async () => {
  store.raw.exec(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
     INSERT INTO audit (at, run_id, symbol, timeframe, regime, decision, reason)
     SELECT i, 1, 'EURUSD', 'H1', 'bull', 'rejected', 'r' FROM n`,
  );
  const counting = (async (method: string) => {
    if (method !== 'regimes.heatmap') return;
    await ofAllDecisions(
      store,
      'count',
      () => [0],
      (counted, from, to) => {
        counted[0]! += to - from;
      },
    );
  }) as unknown as Call;
  const warmUp = createWarmUp(store, () => counting, RUNS);
  warmUp.begin();
  const left = () => store.prepare('SELECT state FROM decision_answers').pluck().get();
  await vi.waitFor(() => expect(left()).toBeDefined(), 10_000);
  expect(JSON.parse(left() as string)[0]).toBeGreaterThanOrEqual(50_000);
  warmUp.end();
});
