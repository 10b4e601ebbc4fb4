import { describe, expect, test } from 'vitest';
import { stateOf, useEngines } from '../testing/engines.ts';
import { ledgerOf } from '../testing/ledger.ts';
import { RIDGE, type Search, search, untimed } from '../testing/searches.ts';

/** Searches as a job: planned, tried, stored, gone on with, and what becomes of the best. */

const { createWorkspace, open, close } = useEngines();

const TREES: Search = {
  ...RIDGE,
  model_types: ['xgboost', 'ridge'],
  trials: 12,
  space: { xgboost: { n_estimators: { type: 'int', low: 5, high: 12 }, max_depth: [2, 3] } },
};

describe('a search', () => {
  test('tries what it plans, and trains the best of each study on the selection window', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    const preview = await engine.call('search.preview', { search: TREES });
    expect(preview).toMatchObject({ trials: 24, workers: 2, estimate: { seconds: null, measuredTrials: 0 } });
    expect(preview.studies[0]!.parameters[0]).toMatchObject({ name: 'n_estimators', low: 5, high: 12 });
    const dto = await search(engine, TREES);
    expect(dto.trials).toHaveLength(24);
    expect(dto.studies.map(({ done, total }) => [done, total])).toEqual([
      [12, 12],
      [12, 12],
    ]);
    for (const { best, test: tested, study: number, model } of dto.studies) {
      const whole = dto.trials.filter((trial) => trial.study === number && trial.state === 'completed');
      expect(best!.value).toBe(Math.max(...whole.map(({ value }) => value!)));
      expect(best!.model).toBe(model);
      expect(tested).toMatchObject({
        status: 'completed',
        sharpe: expect.any(Number),
        sharpeError: expect.any(Number),
      });
      const run = await engine.call('history.get', { run: tested!.runId });
      expect(run.hyperparameters).toMatchObject(best!.params);
    }
    expect(dto.trials.every(({ intermediate }) => intermediate.length >= 2)).toBe(true);
    const tried = dto.trials.filter(({ seconds }) => seconds > 0);
    const { estimate } = await engine.call('search.preview', { search: TREES });
    const took = tried.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(estimate.measuredTrials).toBe(tried.length);
    // Twice the days are twice the bars.
    const longer = await engine.call('search.preview', { search: { ...TREES, days_history: [240] } });
    expect(longer.estimate.seconds! / estimate.seconds!).toBeCloseTo(2, 9);
    expect(estimate.seconds!).toBeGreaterThan(0.2 * took);
    expect(estimate.seconds!).toBeLessThan(2 * took);
    const jobs = await engine.call('jobs.list', { kind: 'search' });
    expect(jobs).toMatchObject([
      { unit: 'trials', total: 24, completed: 24, current: 24, progress_pct: 100 },
    ]);
    const lines = (await engine.call('feed.recent', {})).map(({ message }) => message);
    expect(lines.filter((line) => /^Trial \d+\/12, (XGBoost|Ridge) DEMO_EURUSD H4/.test(line))).toHaveLength(
      24,
    );
    expect(lines.filter((line) => /^Training the best, [12]\/2: /.test(line))).toHaveLength(2);
    await close(engine);
    // The best trials alone are runs, and tries for luck.
    expect(ledgerOf(workspace).runs).toHaveLength(2);
  });

  test('is the same study for the same seed, with as many trials at a time', async () => {
    const of = async (spec: Search) => {
      const engine = open(createWorkspace());
      const dto = await search(engine, spec);
      await close(engine);
      return untimed(dto);
    };
    const first = await of(RIDGE);
    expect(await of(RIDGE)).toEqual(first);
    expect(await of({ ...RIDGE, seed: 2 })).not.toEqual(first);
  });

  test('that is paused goes on as it would have', async () => {
    const engine = open(createWorkspace());
    const whole = untimed(await search(engine, TREES));
    await close(engine);
    const workspace = createWorkspace();
    let other = open(workspace);
    const { queueId } = await other.call('search.create', { search: TREES });
    let committed = 0;
    for (let pass = 0; pass < 20; pass++) {
      const unsubscribe = other.subscribe((event) => {
        if (event.type === 'queue.progress' && ++committed % 5 === 0)
          void other.call('queue.pause', { queueId });
      });
      await other.call(pass === 0 ? 'queue.start' : 'queue.resume', { queueId });
      await other.call('queue.wait', { queueId });
      unsubscribe();
      if ((await stateOf(other, queueId)) === 'completed') break;
      await close(other);
      other = open(workspace);
    }
    expect(await stateOf(other, queueId)).toBe('completed');
    expect(untimed((await other.call('search.list', { queueId }))[0]!)).toEqual(whole);
  });

  test('knows what another has tried', async () => {
    const engine = open(createWorkspace());
    const first = await search(engine, RIDGE);
    const again = await search(engine, { ...RIDGE, name: 'again' });
    expect(untimed(again)).toEqual(untimed(first));
    expect(again.trials.filter(({ seconds }) => seconds > 0).length).toBeLessThan(
      first.trials.filter(({ seconds }) => seconds > 0).length,
    );
  });

  test('of a target with two models', async () => {
    const engine = open(createWorkspace());
    const { studies } = await search(engine, { ...RIDGE, targets: ['outcome 2:1'], trials: 3 });
    const each = { done: 3, test: { status: 'completed' } };
    expect(studies).toMatchObject([each, each]);
    expect(studies[0]!.model).toContain('outcome 2:1');
  });

  test('of classes, by the probabilities that models say', async () => {
    const engine = open(createWorkspace());
    const spec = {
      ...RIDGE,
      targets: ['direction'],
      trials: 2,
      objective: 'log_loss',
    } as const;
    const { studies, trials } = await search(engine, spec);
    expect(studies.map(({ test: tested }) => tested?.status)).toEqual(['completed']);
    const values = trials.flatMap(({ state, value }) => (state === 'completed' ? [value!] : []));
    expect(studies[0]!.best!.value).toBe(Math.min(...values));
    expect(Math.min(...values)).toBeGreaterThan(0);
  });

  test('ends where patience does, and has one trial where nothing can be varied', async () => {
    const engine = open(createWorkspace());
    const dto = await search(engine, {
      ...RIDGE,
      model_types: ['ridge', 'linear_regression'],
      trials: 40,
      patience: 5,
    });
    const [ridge, linear] = dto.studies;
    expect(ridge!.done).toBeLessThan(40);
    expect(ridge!.done - ridge!.best!.trial).toBeGreaterThanOrEqual(5);
    expect(linear).toMatchObject({ done: 1, total: 1, best: { trial: 1, params: {} } });
  });
});

describe('what can not be searched is said in words', () => {
  test.each([
    [{ trials: 0 }, 'trials: expected a whole number of trials from 1 to 100000, found 0'],
    [{ objective: 'spearmann' }, 'objective: "spearmann" is no objective'],
    [{ space: { lasso: {} } }, 'space.lasso: lasso is none of the model_types of this search'],
    [{ space: { ridge: { alpha: { type: 'float', low: 2, high: 1 } } } }, 'expected a range that goes up'],
    [
      { space: { ridge: { alpha: { type: 'float', low: -1, high: 1 } } } },
      'space.ridge.alpha: expected a number',
    ],
    [
      { space: { ridge: { alfa: [1, 2] } } },
      'space.ridge.alfa: ridge has no such hyper-parameter. It has alpha',
    ],
    [{ objective: 'log_loss' }, 'objective: log_loss judges probabilities, and models of return say none'],
    [{ horizons: [] }, 'horizons: expected at least one entry'],
  ])('%j', async (change, message) => {
    const engine = open(createWorkspace());
    const spec = { ...RIDGE, ...change } as Search;
    const text = await engine
      .call('search.read', { text: JSON.stringify(spec) })
      .then(() => engine.call('search.preview', { search: spec }))
      .then(() => 'nothing')
      .catch((error: Error) => error.message);
    expect(text).toContain(message);
  });
});
