import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertChampion, removeChampion } from './champions.ts';
import { openStore, type Store } from './database.ts';
import { keepRobustness, pruneRobustness, readRobustness } from './robustness.ts';
import { insertRun } from './runs.ts';
import { findDamage } from './soundness.ts';
import { exampleChampion, exampleRobustness, exampleStrategy, keptRun } from './testing/example-rows.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
  insertRun(store, keptRun(1), [exampleStrategy(0)]);
  for (const regime of ['bull', 'bear']) insertChampion(store, exampleChampion(1, regime, 1.5));
});
afterEach(() => store.close());

const placeOf = (regime: string) => ({ symbol: 'EURUSD', timeframe: 'H1', regime, run_id: 1 });
const found = (regime: string) => readRobustness(store)(placeOf(regime));

describe('what was found of champions', () => {
  it('is kept by place, with the key of what it was computed from, and replaced', () => {
    keepRobustness(store, placeOf('bull'), 'first', exampleRobustness(1));
    expect(found('bull')).toEqual({ key: 'first', figures: exampleRobustness(1) });
    expect(found('bear')).toBeUndefined();
    keepRobustness(store, placeOf('bull'), 'second', exampleRobustness(2));
    expect(found('bull')).toEqual({ key: 'second', figures: exampleRobustness(2) });
    expect(findDamage(store.raw)).toEqual([]);
  });

  it('is forgotten with the champion, and nothing is written where there is nothing to forget', () => {
    for (const regime of ['bull', 'bear'])
      keepRobustness(store, placeOf(regime), 'key', exampleRobustness(1));
    const changes = () => store.raw.prepare('SELECT total_changes()').pluck().get();
    const before = changes();
    pruneRobustness(store);
    expect(changes()).toBe(before);
    removeChampion(store, { symbol: 'EURUSD', timeframe: 'H1', regime: 'bear', runId: 1 });
    pruneRobustness(store);
    expect([found('bull')?.key, found('bear')]).toEqual(['key', undefined]);
    expect(findDamage(store.raw)).toEqual([]);
  });

  it('counts as none where it is not what was written, until it is computed again', () => {
    keepRobustness(store, placeOf('bull'), 'key', exampleRobustness(1));
    store.raw.exec('DROP TRIGGER sums_robustness_on_update');
    store.raw.exec(`UPDATE robustness SET figures = replace(figures, '1000', '9000')`);
    expect(found('bull')).toBeUndefined();
    expect(findDamage(store.raw)).toEqual([{ kind: 'robustness', owner: 'EURUSD H1 bull 1' }]);
    keepRobustness(store, placeOf('bull'), 'key', exampleRobustness(1));
    expect(found('bull')).toEqual({ key: 'key', figures: exampleRobustness(1) });
    expect(findDamage(store.raw)).toEqual([]);
  });
});
