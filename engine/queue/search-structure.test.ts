import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RawInput } from '../contract/api/index.ts';
import { type Engine, train, useEngines } from '../testing/engines.ts';

/** Searches that vary more than hyper-parameters. */

const { createWorkspace, open } = useEngines();

type Search = RawInput<'search.create'>['search'];

const SEARCH: Search = {
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [120],
  horizons: [3],
  objective: 'sharpe',
  trials: 14,
  workers: 1,
  space: {
    ridge: {
      target: ['return', 'direction', 'barrier'],
      take_profit: { type: 'float', low: 0.4, high: 1 },
      stop_loss: [1, 1.5],
      horizons: { type: 'int', low: 3, high: 8 },
      days_history: { type: 'int', low: 60, high: 150 },
      encoder: ['normalized', 'absolute'],
    },
  },
};

describe('the structure of configurations', () => {
  test('is searched by Sharpe beside hyper-parameters, from where the grid says; the best is the run that it names', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    const { queueId, preview } = await engine.call('search.create', { search: SEARCH });
    expect(preview.studies[0]!.parameters.map(({ name }) => name)).toEqual([
      ...['target', 'take_profit', 'stop_loss', 'horizon', 'days_history', 'encoder', 'alpha'],
    ]);
    expect(await train(engine, queueId)).toMatchObject({ state: 'completed', failed: 0 });
    const [search] = await engine.call('search.list', { queueId });
    const { trials } = search!;
    expect(trials[0]!.params).toEqual({
      ...{ target: 'return', horizon: 3, days_history: 120, encoder: 'normalized', alpha: 1 },
    });
    for (const { params } of trials) {
      expect(params.take_profit !== undefined).toBe(params.target === 'barrier');
      const multiple = (params.take_profit ?? 1) as number;
      expect(multiple).toBe(Math.round(multiple * 1000) / 1000);
    }
    expect(new Set(trials.map(({ params }) => params.target)).size).toBe(3);

    const [study] = search!.studies;
    const best = study!.best!.params;
    const run = await engine.call('history.get', { run: study!.test!.runId });
    expect(run).toMatchObject({
      ...{ horizon: best.horizon, daysHistory: best.days_history, encoder: best.encoder },
      hyperparameters: { alpha: best.alpha },
    });
    const { take_profit: profit, stop_loss: stop } = best;
    expect(run.target).toBe(best.target === 'barrier' ? `barrier ${profit}:${stop}` : best.target);
    expect(study!.test!.sharpe).toBe(study!.best!.value);

    // What a grid takes as hyper-parameters, and nothing else of it.
    const out = join(workspace, 'best.json');
    await engine.call('search.best', { queueId, out });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({ alpha: best.alpha });
  });

  test('that can not be trained fails with the reason, and the others go on', async () => {
    const engine = open(createWorkspace());
    const space = { ridge: { target: ['return', 'barrier 20:1'] } };
    const { queueId } = await engine.call('search.create', { search: { ...SEARCH, trials: 6, space } });
    const { state, failed } = await train(engine, queueId);
    const [search] = await engine.call('search.list', { queueId });
    const { trials } = search!;
    const unfit = trials.filter(({ params }) => params.target !== 'return');
    expect(unfit.length).toBeGreaterThan(0);
    expect({ state, failed }).toEqual({ state: 'completed', failed: unfit.length });
    for (const trial of unfit) {
      expect(trial).toMatchObject({ state: 'failed', value: null });
      expect(trial.error).toMatch(/^The training rows hold \d+ of class 1 .* Use more days of history/);
    }
    expect(trials.filter(({ value }) => value !== null)).toHaveLength(6 - unfit.length);
  });
});

async function said(engine: Engine, change: object, space: object): Promise<string> {
  const search = { ...SEARCH, ...change, space: { ridge: space } } as Search;
  return engine
    .call('search.preview', { search })
    .then(() => 'nothing')
    .catch((error: Error) => error.message);
}

describe('what can not be searched of a structure is said in words', () => {
  test.each([
    [
      { objective: 'spearman' },
      { horizon: [2, 4] },
      "space.ridge.horizon: horizon can't be searched by spearman: it changes the labels, so spearman of different trials does not compare. Use objective sharpe",
    ],
    [{ objective: 'rmse' }, { days_history: [60, 90] }, 'it changes the folds'],
    [{ objective: 'spearman' }, { encoder: ['absolute'] }, 'trials in folds share one feature matrix'],
    [{}, { horizon: { type: 'float', low: 1, high: 5 } }, 'expected a range of whole numbers (type: int)'],
    [{}, { horizon: [0] }, 'space.ridge.horizon: expected a whole number of bars from 1 to 500, found 0'],
    [{}, { encoder: ['plain'] }, 'space.ridge.encoder: "plain" is no encoder'],
    [{}, { target: { type: 'int', low: 1, high: 2 } }, 'expected a list of targets, found a range'],
    [{}, { target: ['returns'] }, 'space.ridge.target: "returns" is no target'],
    [{}, { take_profit: [2, 60] }, 'expected multiples of ATR from 0.05 to 50, found 60'],
    [{}, { stop_loss: [1, 2] }, 'models of return have no take-profit and no stop'],
    [
      { horizons: [3, 6] },
      { horizon: [2, 4] },
      'its list in the search has one entry, where trials start; found 3, 6',
    ],
    [{}, { horizon: [2], horizons: [4] }, 'horizon is there twice'],
    [{}, { target: ['barrier 30:1', 'barrier 40:1'] }, '0 % of 511 rows reach the take-profit'],
    [
      {},
      { days_history: { type: 'int', low: 60, high: 3000 } },
      "space.ridge: days_history[1]: DEMO_EURUSD H4 can't give 3000 days of training",
    ],
  ])('%j %j', async (change, space, message) => {
    expect(await said(open(createWorkspace()), change, space)).toContain(message);
  });
});
