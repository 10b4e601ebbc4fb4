import { insertChampion } from '../champions.ts';
import { openStore, type Store } from '../database.ts';
import type { RunRow } from '../runs.ts';
import { exampleChampion } from './example-rows.ts';
import { insertTestRuns } from './runs.ts';

/** Runs that are champions, by number. */
export const CHAMPION_OF: ReadonlyMap<number, string> = new Map([
  [7, 'bull_trending'],
  [90, 'calm_ranging'],
]);

export interface SearchedRuns {
  readonly store: Store;
  readonly runs: RunRow[];
  /** The best one of each run, by its number. */
  readonly strategies: ReadonlyMap<number, Readonly<Record<string, number | null>>>;
}

/** A history of 400 runs in memory, two of them champions, with what a search is held against. */
export function searchedRuns(): SearchedRuns {
  const store = openStore(':memory:');
  const runs = insertTestRuns(store, 400);
  const best = store.raw.prepare<[], Record<string, number | null>>(
    'SELECT * FROM strategies WHERE rank = 1',
  );
  const strategies = new Map(best.all().map((row) => [row.run_id!, row]));
  for (const [runId, regime] of CHAMPION_OF) insertChampion(store, exampleChampion(runId, regime, 1));
  return { store, runs, strategies };
}
