import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConfiguredHyperparameters } from '../contract/configuration.ts';
import { modelName } from '../contract/model-name.ts';
import { openStore, type Store } from '../store/database.ts';
import { exampleVersion } from '../store/testing/registry-rows.ts';
import { insertVersion, setAlias } from '../store/versions.ts';
import { useEngines } from '../testing/engines.ts';
import { inUseOf } from './in-use.ts';

interface Promoted {
  readonly version: string;
  readonly symbol?: string;
  readonly timeframe?: 'H1' | 'H4';
  readonly regime?: string | null;
  readonly target?: string;
  readonly hyperparameters: ConfiguredHyperparameters;
  /** In production since; null: only registered. */
  readonly since: number | null;
}

function promote(store: Store, { version, hyperparameters, since, ...place }: Promoted): void {
  const { symbol = 'EURUSD', timeframe = 'H1', regime = null, target = 'return' } = place;
  const name = modelName({ symbol, timeframe, regime });
  const { strategy } = JSON.parse(exampleVersion().manifest);
  const configuration = { modelType: 'ridge', symbol, timeframe, target, hyperparameters };
  const manifest = JSON.stringify({ configuration, strategy });
  insertVersion(store, { ...exampleVersion(), name, version, symbol, timeframe, regime, manifest });
  if (since !== null) setAlias(store, { name, alias: 'production', version, since });
}

const PLACE = { symbol: 'EURUSD', timeframe: 'H1', modelType: 'ridge', target: 'return' } as const;

describe('what is in use', () => {
  let store: Store;
  beforeEach(() => {
    store = openStore(':memory:');
  });
  afterEach(() => store.close());
  const used = () => inUseOf(store)(PLACE)?.hyperparameters;

  test('is what production points to: of all bars first, else what was promoted last', () => {
    expect(used()).toBeUndefined();
    promote(store, { version: 'a', hyperparameters: { alpha: 1 }, since: null });
    expect(used()).toBeUndefined();
    promote(store, { version: 'b', regime: 'bull', hyperparameters: { alpha: 2 }, since: 20 });
    promote(store, { version: 'c', regime: 'bear', hyperparameters: { alpha: 3 }, since: 10 });
    expect(used()).toEqual({ alpha: 2 });
    setAlias(store, { name: 'EURUSD H1', alias: 'production', version: 'a', since: 5 });
    expect(used()).toEqual({ alpha: 1 });
  });

  test('is of the same market, model type and target', () => {
    const hyperparameters = { alpha: 2 };
    promote(store, { version: 'a', timeframe: 'H4', hyperparameters, since: 1 });
    promote(store, { version: 'b', symbol: 'GBPUSD', hyperparameters, since: 1 });
    promote(store, { version: 'c', target: 'direction', hyperparameters, since: 1 });
    expect(inUseOf(store)(PLACE)).toBeUndefined();
    expect(inUseOf(store)({ ...PLACE, target: 'direction' })).toBeDefined();
    expect(inUseOf(store)({ ...PLACE, target: 'direction', modelType: 'lasso' })).toBeUndefined();
  });
});

describe('the second trial', () => {
  const { createWorkspace, open, close } = useEngines();

  test('tries it, of LONG and SHORT what each has, moved into the space', async () => {
    const workspace = createWorkspace();
    const store = openStore(join(workspace, 'regimen.db'));
    const market = { symbol: 'DEMO_EURUSD', timeframe: 'H4', since: 1 } as const;
    promote(store, { ...market, version: 'a', hyperparameters: { alpha: 7.5 } });
    const hyperparameters = { long: { alpha: 3 }, short: { alpha: 1e6 } };
    promote(store, {
      ...market,
      version: 'b',
      regime: 'bull_trending',
      target: 'outcome 2:1',
      hyperparameters,
    });
    store.close();
    const engine = open(workspace);
    const { queueId } = await engine.call('search.create', {
      search: {
        model_types: ['ridge'],
        symbols: ['DEMO_EURUSD'],
        timeframes: ['H4'],
        days_history: [120],
        horizons: [3],
        targets: ['return', 'outcome 2:1'],
        trials: 2,
      },
    });
    await engine.call('queue.start', { queueId });
    await engine.call('queue.wait', { queueId });
    const [search] = await engine.call('search.list', { queueId });
    const alphas = search!.trials.map(({ study, trial, params }) => [study, trial, params.alpha]);
    expect(alphas).toEqual([
      [0, 1, 1],
      [0, 2, 7.5],
      [1, 1, 1],
      [1, 2, 3],
      [2, 1, 1],
      [2, 2, 1e4],
    ]);
    await close(engine);
  });
});
