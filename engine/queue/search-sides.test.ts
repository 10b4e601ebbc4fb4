import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RawInput } from '../contract/api/index.ts';
import type { SearchDto } from '../contract/dto/index.ts';
import { type Engine, train, useEngines } from '../testing/engines.ts';
import { ledgerOf } from '../testing/ledger.ts';

/** Searches of targets with a LONG and a SHORT model: two studies, and one cell of what is best in each. */

const { createWorkspace, open, close } = useEngines();

type Search = RawInput<'search.create'>['search'];

const OUTCOME: Search = {
  model_types: ['xgboost'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [120],
  horizons: [3],
  targets: ['outcome 2:1'],
  trials: 6,
  workers: 2,
  pruner: 'none',
  hyperparameters: { xgboost: { subsample: 0.8 } },
  space: { xgboost: { n_estimators: { type: 'int', low: 3, high: 12 }, max_depth: [2, 3] } },
};

async function search(engine: Engine, spec: Search): Promise<SearchDto> {
  const { queueId } = await engine.call('search.create', { search: spec });
  expect(await train(engine, queueId)).toMatchObject({ state: 'completed', failed: 0 });
  return (await engine.call('search.list', { queueId }))[0]!;
}

const tried = ({ trials }: SearchDto, study: number) =>
  trials
    .filter((trial) => trial.study === study)
    .map(({ seconds: _seconds, endedAt: _endedAt, ...trial }) => trial);

describe('LONG and SHORT', () => {
  test('have as many trials each, and the best of both are one run, which a grid reads back', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace, { threads: 2 });
    const preview = await engine.call('search.preview', { search: OUTCOME });
    expect(preview).toMatchObject({ trials: 12 });
    expect(preview.studies.map(({ model }) => model.split(', ').at(-1))).toEqual(['LONG', 'SHORT']);
    const rows: Promise<{ current_model: string | null }>[] = [];
    const end = engine.subscribe((event) => {
      if (event.type === 'queue.threads' && event.training.length > 0) {
        rows.push(engine.call('jobs.get', { jobId: event.queueId }));
      }
    });
    const dto = await search(engine, OUTCOME);
    end();
    const models = (await Promise.all(rows)).map(({ current_model }) => current_model ?? '');
    for (const side of [/, LONG$/, /, SHORT$/]) expect(models.some((model) => side.test(model))).toBe(true);
    const [long, short, ...others] = dto.studies;
    expect(others).toEqual([]);
    expect(long).toMatchObject({ side: 'LONG', done: 6, total: 6, best: { side: 'LONG' } });
    expect(short).toMatchObject({ side: 'SHORT', done: 6, total: 6, best: { side: 'SHORT' } });
    expect(long!.model).toBe(`${long!.place}, LONG`);
    expect(short!.place).toBe(long!.place);
    expect(dto.current).toBeNull();
    for (const { study, best } of dto.studies) {
      const own = dto.trials.filter((trial) => trial.study === study);
      expect(best!.value).toBe(Math.max(...own.map(({ value }) => value!)));
    }
    const values = (study: number) => tried(dto, study).map(({ value }) => value);
    expect(values(0)).not.toEqual(values(1));

    expect(short!.test).toEqual(long!.test);
    const run = await engine.call('history.get', { run: long!.test!.runId });
    const whole = (best: typeof long) => expect.objectContaining({ subsample: 0.8, ...best!.best!.params });
    expect(run.hyperparameters).toEqual({ long: whole(long), short: whole(short) });
    expect(run.leftOut!.map(({ side }) => side)).toEqual(['long', 'short']);
    const lines = (await engine.call('feed.recent', {})).map(({ message }) => message);
    for (const side of ['LONG', 'SHORT']) {
      expect(lines.filter((line) => line.includes(`, ${side}: spearman `))).toHaveLength(6);
    }
    const jobs = await engine.call('jobs.list', { kind: 'search' });
    expect(jobs).toMatchObject([{ unit: 'trials', progress_pct: 100 }]);

    const out = join(dirname(workspace), 'best_hyperparameters.json');
    const { file, studies } = await engine.call('search.best', { queueId: dto.queueId, out });
    expect(studies).toBe(1);
    const best = JSON.parse(readFileSync(file, 'utf8'));
    const { model_types, symbols, timeframes, days_history, horizons, targets } = OUTCOME;
    const axes = { model_types, symbols, timeframes, days_history, horizons, targets };
    const grid = { ...axes, hyperparameters: { xgboost: best } };
    expect(await engine.call('grid.preview', { grid })).toMatchObject({ totalConfigs: 1, alreadyTrained: 1 });
    await close(engine);
    expect(ledgerOf(workspace).runs).toHaveLength(1);
  });

  test('are two studies that know nothing of each other, whatever ends first', async () => {
    const of = async (spec: Search, threads: number) => {
      const workspace = createWorkspace();
      const engine = open(workspace, { threads });
      const dto = await search(engine, spec);
      await close(engine);
      return { dto, ledger: ledgerOf(workspace) };
    };
    const one = await of(OUTCOME, 1);
    const two = await of(OUTCOME, 2);
    expect(two.ledger).toEqual(one.ledger);
    const longer = { long: { subsample: 0.8 }, short: { subsample: 0.6 } };
    const other = await of({ ...OUTCOME, hyperparameters: { xgboost: longer } }, 2);
    expect(tried(other.dto, 0)).toEqual(tried(one.dto, 0));
    expect(tried(other.dto, 1)).not.toEqual(tried(one.dto, 1));
  });

  test('of classes are judged by the classes of their own trades', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace, { threads: 2 });
    const barrier = { ...OUTCOME, targets: ['barrier 1:1', 'return'], hyperparameters: {}, trials: 2 };
    const { queueId, studies } = await search(engine, { ...barrier, objective: 'roc_auc' });
    expect(studies.map(({ side }) => side)).toEqual(['LONG', 'SHORT', null]);
    expect(studies[0]!.test!.runId).toBe(studies[1]!.test!.runId);
    expect(studies[2]!.test!.runId).not.toBe(studies[0]!.test!.runId);
    const out = join(dirname(workspace), 'best_of_places.json');
    const { file } = await engine.call('search.best', { queueId, out });
    const [long, short, whole] = studies.map(({ best }) => expect.objectContaining(best!.params));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      [studies[0]!.place]: { long, short },
      [studies[2]!.place]: whole,
    });
  });

  test('that trade together, by Sharpe, are one study, in which each keeps what is its own', async () => {
    const engine = open(createWorkspace(), { threads: 2 });
    const hyperparameters = { xgboost: { long: { subsample: 0.8 }, short: { subsample: 0.6 } } };
    const sharpe = { ...OUTCOME, hyperparameters, objective: 'sharpe', trials: 2 } as const;
    const varied = { ...sharpe, space: { xgboost: { horizon: { type: 'int', low: 3, high: 6 } } } };
    const preview = await engine.call('search.preview', { search: varied });
    expect(preview.studies[0]!.parameters.map(({ name }) => name)).toContain('horizon');
    const dto = await search(engine, sharpe);
    expect(dto.studies).toMatchObject([{ side: null, done: 2, parameters: expect.any(Array) }]);
    const [study] = dto.studies;
    expect(study!.parameters.map(({ name }) => name)).not.toContain('subsample');
    if (study!.best === null) return;
    const run = await engine.call('history.get', { run: study!.test!.runId });
    expect(run.hyperparameters).toMatchObject({
      long: { subsample: 0.8, ...study!.best.params },
      short: { subsample: 0.6, ...study!.best.params },
    });
  });

  test('with nothing to vary have a trial each, and are one configuration together', async () => {
    const engine = open(createWorkspace());
    const dto = await search(engine, {
      ...OUTCOME,
      hyperparameters: {},
      space: {},
      model_types: ['linear_regression'],
    });
    expect(dto.trials.map(({ side, trial }) => [side, trial])).toEqual([
      ['LONG', 1],
      ['SHORT', 1],
    ]);
    const run = await engine.call('history.get', { run: dto.studies[0]!.test!.runId });
    expect(run.hyperparameters).toEqual({});
  });
});
