import { afterEach, beforeEach, expect, it } from 'vitest';
import { insertAudit, insertChampion, removeChampion } from './champions.ts';
import { openStore, type Store } from './database.ts';
import {
  countCrowned,
  keptModelBytes,
  keptModelsOf,
  keptOfQueues,
  queuesOfRuns,
  recountCrowned,
} from './kept-models.ts';
import { insertQueue, requireQueue } from './queues.ts';
import { clearArtifact, insertRun } from './runs.ts';
import {
  exampleCell,
  exampleChampion,
  exampleRun,
  exampleStrategy,
  keptRun,
} from './testing/example-rows.ts';

let store: Store;
let queueId: number;
/** A queue that trained runs 1 to 3, of which the first two are champions, and skipped run 4, which is one, too. */
beforeEach(() => {
  store = openStore(':memory:');
  for (const n of [1, 2, 3, 4]) insertRun(store, n === 3 ? exampleRun(n) : keptRun(n), [exampleStrategy(0)]);
  queueId = insertQueue(store, { name: 'Grid', spec: {}, createdAt: 0 }, [
    ...[1, 2, 3].map((n) => exampleCell(n, 'completed', n)),
    exampleCell(4, 'skipped', 4),
  ]);
  for (const run of [1, 2]) {
    countCrowned(store, queueId);
    insertAudit(store, championAudit(run));
  }
  insertChampion(store, exampleChampion(1, 'bull_trending', 1));
  insertChampion(store, exampleChampion(1, 'calm_ranging', 1));
  insertChampion(store, exampleChampion(2, 'bear_trending', 1));
  insertChampion(store, exampleChampion(4, 'volatile_ranging', 1));
});
afterEach(() => store.close());

function championAudit(run_id: number) {
  const scope = { symbol: 'EURUSD', timeframe: 'H1', regime: 'bull_trending', strategy_index: 0 };
  const errors = { old_score_error: null, new_score_error: null };
  const old = { old_run_id: null, old_score: null, old_stored_score: null, margin: null, ...errors };
  return { ...scope, ...old, at: 0, run_id, decision: 'champion', new_score: 1, trades: 20, reason: '' };
}

/** Of all queues at once it is the same. */
function counts() {
  const queue = requireQueue(store, queueId);
  const models = keptModelsOf(store, queue);
  expect(keptOfQueues(store)(queueId)).toEqual({
    reigning: queue.crowned - models.pushedOut,
    kept: models.kept,
    bytes: keptModelBytes(store, queueId),
  });
  expect(keptOfQueues(store)(queueId + 1)).toEqual({ reigning: 0, kept: 0, bytes: 0 });
  return models;
}

it('counts runs that the queue trained itself, each once, however many regimes they lead', () => {
  expect(counts()).toEqual({ crowned: 2, pushedOut: 0, kept: 2 });
});

it('a run is pushed out with its last place, and kept as long as its file is there', () => {
  removeChampion(store, { ...exampleChampion(1, 'bull_trending', 1), runId: 1 });
  expect(counts()).toEqual({ crowned: 2, pushedOut: 0, kept: 2 });
  removeChampion(store, { ...exampleChampion(1, 'calm_ranging', 1), runId: 1 });
  expect(counts()).toEqual({ crowned: 2, pushedOut: 1, kept: 2 });
  clearArtifact(store, 1);
  expect(counts()).toEqual({ crowned: 2, pushedOut: 1, kept: 1 });
});

it('finds again who was crowned, and whose a run is', () => {
  store.raw.exec('UPDATE queues SET crowned = 7');
  recountCrowned(store, queueId);
  expect(counts().crowned).toBe(2);
  expect(queuesOfRuns(store, [1, 3])).toEqual([queueId]);
  // A run that was skipped is another queue's.
  expect(queuesOfRuns(store, [4])).toEqual([]);
  expect(queuesOfRuns(store, [])).toEqual([]);
});
