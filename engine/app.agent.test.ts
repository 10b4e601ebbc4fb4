import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeCandleCsv } from './market/testing/candle-csv.ts';
import { dailyCycle } from './market/testing/daily-cycle.ts';
import { type Engine, train, useEngines } from './testing/engines.ts';

/** An agent on a market that leans with the hour, from grid to champion, to folds and to its export, as a host sees it. */

const { createWorkspace, open } = useEngines();

const GRID = {
  name: 'Agents',
  model_types: ['ridge', 'rl_agent'],
  symbols: ['AUDUSD'],
  timeframes: ['H1'],
  days_history: [120],
  horizons: [6],
  encoders: ['time_delta'] as const,
  hyperparameters: { rl_agent: { n_estimators: 15, min_samples_leaf: 40 } },
} as const;

async function runsOf(engine: Engine) {
  const { runs } = await engine.call('history.search', { limit: 10, sort: 'createdAt' });
  return Promise.all(runs.map(({ uuid: run }) => engine.call('history.get', { run })));
}

it('goes the way of every model type, with one policy in place of strategies', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const file = join(workspace, 'AUDUSD.csv');
  writeCandleCsv(file, dailyCycle(7500, 0.4, 5));
  await engine.call('market.import', { file, symbol: 'AUDUSD', timeframe: 'H1' });
  const grid = {
    ...GRID,
    model_types: [...GRID.model_types],
    symbols: [...GRID.symbols],
    timeframes: [...GRID.timeframes],
    days_history: [...GRID.days_history],
    horizons: [...GRID.horizons],
    encoders: [...GRID.encoders],
  };
  // Four strategies of the ridge, and one policy.
  expect(await engine.call('grid.preview', { grid })).toMatchObject({ totalConfigs: 2, backtests: 5 });
  expect((await train(engine, grid)).state).toBe('completed');

  const run = (await runsOf(engine)).find(({ modelType }) => modelType === 'q_agent')!;
  expect(run).toMatchObject({ status: 'completed', target: 'return', leftOut: null });
  expect(run.strategies).toHaveLength(1);
  expect(run.strategies[0]).toMatchObject({ predictionMethod: 'policy', index: 0 });
  expect(run.strategies[0]!.selection.trades).toBeGreaterThan(10);
  expect(run.beside!.map(({ name }) => name)).toEqual([
    'policy',
    'flat',
    'buy_and_hold',
    'one_step',
    'random',
    'hindsight',
  ]);
  // Figures are kept in single precision.
  expect(run.beside![0]!.totalReturn).toBeCloseTo(run.strategies[0]!.selection.totalReturn!, 6);
  expect(run.audit.length).toBeGreaterThan(0);

  const own = (await engine.call('champions.list', {})).find(({ modelType }) => modelType === 'q_agent')!;
  expect(own.strategy.predictionMethod).toBe('policy');
  // Other costs: what is kept is followed again, by the same policy; an agent whose costs were learned is trained anew by the next grid.
  await engine.call('settings.set', { changes: { 'evaluation.score': 'total_return' } });
  const { queueId: again } = await engine.call('evaluation.create', {});
  await engine.call('queue.start', { queueId: again });
  expect((await engine.call('queue.wait', { queueId: again })).failed).toBe(0);

  const { queueId } = await engine.call('validation.create', {
    subject: { champion: own.champion },
    scheme: 'own',
    folds: 1,
    testPeriodDays: 20,
  });
  await engine.call('queue.start', { queueId });
  expect((await engine.call('queue.wait', { queueId })).failed).toBe(0);
  const [validation] = await engine.call('validation.list', { queueId });
  expect(validation!.title).toContain('; policy; in ');
  expect(validation!.folds[0]!.metrics!.spearman!.value).toBeGreaterThan(0.03);

  const { queueId: chosen } = await engine.call('validation.create', {
    subject: { grid },
    scheme: 'own',
    folds: 1,
    testPeriodDays: 20,
  });
  await engine.call('queue.start', { queueId: chosen });
  expect((await engine.call('queue.wait', { queueId: chosen })).failed).toBe(0);
  const [procedure] = await engine.call('validation.list', { queueId: chosen });
  expect(procedure!.stitched.trades).toBeGreaterThan(5);

  await expect(
    engine.call('model.export', { run: run.uuid, out: join(workspace, 'model.json') }),
  ).rejects.toThrow(/Q agent .* depends on the position/);
});
