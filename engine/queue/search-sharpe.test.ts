import { describe, expect, test } from 'vitest';
import { train, useEngines } from '../testing/engines.ts';
import { ledgerOf } from '../testing/ledger.ts';
import { RIDGE, type Search, search, untimed } from '../testing/searches.ts';

/** Searches whose trials are whole cells, scored on the selection window. */

const { createWorkspace, open, close } = useEngines();

const BY_SHARPE: Search = { ...RIDGE, objective: 'sharpe', trials: 12 };

describe('a search by Sharpe', () => {
  test('scores each trial as the run of its configuration is, and makes the best alone a run', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    const dto = await search(engine, BY_SHARPE);
    expect(dto).toMatchObject({ objective: 'sharpe', folds: 0, pruner: 'none' });
    expect(dto.trials).toHaveLength(12);
    const [study] = dto.studies;
    expect(study!.best!.value).toBe(Math.max(...dto.trials.map(({ value }) => value!)));
    // What was found is that run, and not what another training would have given.
    expect(study!.test!.sharpe).toBe(study!.best!.value);
    const best = dto.trials.find(({ trial }) => trial === study!.best!.trial)!;
    expect(study!.test!.sharpeError).toBe(best.standardError);
    expect(best.standardError).toBeGreaterThan(0);
    // It was trained once: its run took as long as the trial, to the bit.
    const run = await engine.call('history.get', { run: study!.test!.runId });
    expect(run.seconds).toBe(best.seconds);

    // Each other trial's value is what a grid's run of it has.
    const other = dto.trials.find(({ value }) => value !== study!.best!.value)!;
    const { queueId } = await engine.call('queue.create', {
      grid: {
        ...{ model_types: ['ridge'], symbols: ['DEMO_EURUSD'], timeframes: ['H4'], days_history: [120] },
        horizons: [3],
        hyperparameters: { ridge: { alpha: other.params.alpha! as number } },
      },
    });
    await train(engine, queueId);
    const { runs } = await engine.call('history.search', {});
    expect(runs).toHaveLength(2);
    const detail = await engine.call('history.get', { run: runs[0]!.uuid });
    const sharpes = detail.strategies.flatMap(({ selection: { sharpe, trades } }) =>
      trades >= 10 && sharpe !== null ? [sharpe] : [],
    );
    expect(Math.max(...sharpes)).toBe(other.value);
    await close(engine);
    expect(ledgerOf(workspace).runs).toHaveLength(2);
  });

  test('counts every trial as a try for luck: searching harder raises the bar', async () => {
    const barOf = async (trials: number) => {
      const engine = open(createWorkspace());
      const { studies } = await search(engine, { ...BY_SHARPE, trials, sampler: 'random' });
      await close(engine);
      return studies[0]!.finding!;
    };
    const few = await barOf(1);
    const many = await barOf(12);
    expect(few.tries).toBeGreaterThan(0);
    // Strategies of a trial that trade alike count once.
    expect(many.tries).toBeGreaterThan(8 * few.tries!);
    expect(many.luckSharpe!).toBeGreaterThan(few.luckSharpe!);
  });

  test('takes what a grid or another search has computed, and trains the best no second time', async () => {
    const engine = open(createWorkspace());
    const { objective: _objective, trials: _trials, workers: _workers, ...grid } = BY_SHARPE;
    expect((await train(engine, { ...grid, hyperparameters: { ridge: { alpha: 1 } } })).state).toBe(
      'completed',
    );
    const first = await search(engine, BY_SHARPE);
    // The type's default, which the grid has trained.
    expect(first.trials[0]).toMatchObject({ params: { alpha: 1 }, seconds: 0 });
    expect(first.trials.filter(({ seconds }) => seconds > 0)).toHaveLength(11);
    const again = await search(engine, { ...BY_SHARPE, name: 'again' });
    expect(again.trials.every(({ seconds }) => seconds === 0)).toBe(true);
    expect(untimed(again)).toEqual(untimed(first));
    expect(again.studies[0]!.finding).toEqual(first.studies[0]!.finding);
  });

  test('that is paused goes on as it would have', async () => {
    const engine = open(createWorkspace());
    const whole = await search(engine, BY_SHARPE);
    await close(engine);
    const workspace = createWorkspace();
    let other = open(workspace);
    const { queueId } = await other.call('search.create', { search: BY_SHARPE });
    for (let pass = 0; pass < 20; pass++) {
      let committed = 0;
      const unsubscribe = other.subscribe((event) => {
        if (event.type === 'queue.progress' && ++committed === 5) void other.call('queue.pause', { queueId });
      });
      await other.call(pass === 0 ? 'queue.start' : 'queue.resume', { queueId });
      const { state } = await other.call('queue.wait', { queueId });
      unsubscribe();
      if (state === 'completed') break;
      await close(other);
      other = open(workspace);
    }
    const [dto] = await other.call('search.list', { queueId });
    expect(untimed(dto!)).toEqual(untimed(whole));
    expect(dto!.studies[0]!.finding).toEqual(whole.studies[0]!.finding);
  });

  test('says why a trial has no value, where its strategies hardly trade', async () => {
    const engine = open(createWorkspace('evaluation: { min_trades_per_regime: 100000 }'));
    const dto = await search(engine, { ...BY_SHARPE, trials: 2 });
    for (const { state, value, error } of dto.trials) {
      expect({ state, value }).toEqual({ state: 'completed', value: null });
      expect(error).toMatch(
        /^No strategy has the 100000 trades on the selection window .* the most is \d+\.$/,
      );
    }
    expect(dto.studies[0]).toMatchObject({ best: null, test: null });
  });
});
