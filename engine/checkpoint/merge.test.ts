import { beforeEach, expect, it } from 'vitest';
import { insertChampion } from '../store/champions.ts';
import { openStore, type Store } from '../store/database.ts';
import { insertRun } from '../store/runs.ts';
import { exampleChampion, exampleStrategy, keptRun } from '../store/testing/example-rows.ts';
import { mergeChampions } from './merge.ts';
import type { RestoreDeps } from './restore.ts';
import type { CheckpointChampion } from './schema.ts';

const STALE = 'the trading costs changed';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
  for (const n of [1, 2, 3]) insertRun(store, keptRun(n), [exampleStrategy(0)]);
});

/** Brings run 2 back as champion of bull trending, with this score. */
function merge(score: number, stale: string | null) {
  const { run_id: _, ...row } = exampleChampion(2, 'bull_trending', score);
  const run = keptRun(2);
  const champion: CheckpointChampion = { ...row, stale, run: run.uuid };
  const rules = {
    scope: 'symbol_timeframe_regime',
    score: 'sharpe',
    min_score: 'auto',
    min_trades_per_regime: 10,
    min_improvement_threshold: 0.01,
    keep_top_n_per_regime: 1,
    delete_non_best_models: true,
  } as const;
  return mergeChampions(
    { store, rules, now: () => 5 } as unknown as RestoreDeps,
    [champion],
    new Map([[run.uuid, { id: 2, row: { id: 2, artifact_file: run.artifact_file } }]]),
    new Set([run.uuid]),
    new Set(),
  );
}

it('a champion that stood aside comes back aside, and takes no place', () => {
  insertChampion(store, exampleChampion(1, 'bull_trending', 1));
  const { added, removed, needed } = merge(9, STALE);
  expect(added).toMatchObject([{ run_id: 2, score: 9, stale: STALE }]);
  expect([removed, needed]).toEqual([[], new Set([1, 2])]);
});

it('and once only', () => {
  insertChampion(store, { ...exampleChampion(2, 'bull_trending', 9), stale: STALE });
  insertChampion(store, exampleChampion(1, 'bull_trending', 1));
  expect(merge(9, STALE)).toMatchObject({ added: [], removed: [], audit: [] });
});

it('one that stands aside in the workspace blocks none that comes back', () => {
  insertChampion(store, { ...exampleChampion(1, 'bull_trending', 9), stale: STALE });
  const { added, removed, needed } = merge(1, null);
  expect(added).toMatchObject([{ run_id: 2, score: 1, stale: null }]);
  expect([removed, needed]).toEqual([[], new Set([1, 2])]);
});

it('the trail says who is pushed out by the way, and nothing of a run whose defeat it knows', () => {
  insertChampion(store, exampleChampion(1, 'bull_trending', 8));
  insertChampion(store, exampleChampion(3, 'bull_trending', 7));
  const { audit, released } = merge(1, null);
  expect(audit).toMatchObject([{ at: 5, run_id: 3, decision: 'pushed_out' }]);
  expect(released).toEqual([3]);
});
