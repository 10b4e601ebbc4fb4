import { expect, test } from 'vitest';
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
