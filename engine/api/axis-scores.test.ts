import { expect, test } from 'vitest';
import { areOfSides } from '../contract/hyperparameters.ts';
import { train, useEngines } from '../testing/engines.ts';
import { TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open } = useEngines();

test('runs are scored by what they were trained with, as the history has them', async () => {
  const engine = open(createWorkspace());
  const { queueId } = await train(engine, TWELVE);
  const { call } = engine;
  const { runs } = await call('history.search', { limit: 100 });
  const traded = runs.filter(({ trades }) => trades !== null && trades > 0);

  const scores = await call('axes.scores', { jobId: queueId });
  expect(scores).toMatchObject({
    source: 'runs',
    score: 'sharpe',
    lowerIsBetter: false,
    rows: traded.length,
  });
  expect(scores.rows + scores.unscored).toBe(runs.length);
  const horizon = scores.axes.find(({ key }) => key === 'horizon')!;
  for (const { label, filter, rows, median, best } of horizon.levels) {
    // A click asks the history for the same runs.
    const those = (await call('history.search', { filter: filter!, limit: 100 })).runs
      .filter(({ trades }) => trades !== 0)
      .map(({ sharpe }) => sharpe!)
      .sort((a, b) => a - b);
    expect({ label, rows, best }).toEqual({ label, rows: those.length, best: those.at(-1) });
    const middle = (those[(those.length - 1) >> 1]! + those[those.length >> 1]!) / 2;
    expect(median).toBeCloseTo(middle, 12);
  }
  expect(scores.lines).toHaveLength(scores.rows);

  const low = await call('axes.scores', { score: 'maxDrawdown', x: 'horizon', y: 'modelType' });
  expect(low).toMatchObject({ lowerIsBetter: true, map: { x: 'horizon', y: 'modelType' } });
  expect((await call('axes.scores', { filter: 'horizon = 99' })).axes).toEqual([]);
  await expect(call('axes.scores', { x: 'nothing' })).rejects.toThrow(/"nothing" is no axis of these runs/);
});

test('a click on a value of a hyper-parameter asks the history for the runs that have it', async () => {
  const engine = open(createWorkspace());
  const { call } = engine;
  await train(engine, {
    ...TWELVE,
    horizons: [3, 6],
    model_types: ['ridge', 'random_forest'],
    hyperparameters: {
      ridge: { alpha: [0.1, 0.7, 3] },
      random_forest: { n_estimators: [5, 9], max_depth: 2 },
    },
  });
  const { runs } = await call('history.search', { limit: 100 });
  const { axes } = await call('axes.scores', { score: 'rankIc' });
  for (const [key, values] of [
    ['alpha', [0.1, 0.7, 3]],
    ['n_estimators', [5, 9]],
  ] as const) {
    const { levels } = axes.find((axis) => axis.key === key)!;
    expect(levels.map(({ filter }) => filter)).toEqual(values.map((value) => `param.${key} = ${value}`));
    for (const [at, value] of values.entries()) {
      const has = ({ hyperparameters }: (typeof runs)[number]) =>
        !areOfSides(hyperparameters) && hyperparameters[key] === value;
      const found = (await call('history.search', { filter: levels[at]!.filter!, limit: 100 })).runs;
      expect(found.map(({ id }) => id)).toEqual(runs.filter(has).map(({ id }) => id));
      expect(found.length).toBeGreaterThan(0);
    }
  }
  // Ranges; of another model type nothing is known.
  const alphas = runs.flatMap(({ id, hyperparameters: of }) =>
    areOfSides(of) || of.alpha === undefined ? [] : [{ id, alpha: Number(of.alpha) }],
  );
  for (const [filter, is] of [
    ['param.alpha >= 0.7, param.alpha < 9', (alpha: number) => alpha >= 0.7],
    ['param.alpha != 3', (alpha: number) => alpha !== 3],
  ] as const) {
    const those = alphas.filter(({ alpha }) => is(alpha)).map(({ id }) => id);
    expect((await call('history.search', { filter, limit: 100 })).runs.map(({ id }) => id)).toEqual(those);
  }
});
