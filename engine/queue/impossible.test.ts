import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Engine, train, useEngines } from '../testing/engines.ts';
import { TWELVE } from '../testing/workspace.ts';

/** Configurations that the candles are too short for. */

const { createWorkspace, open } = useEngines();

/** Two of these four can be trained: thirty days of daily bars are not enough to learn from. */
const grid = {
  ...TWELVE,
  name: 'Some impossible',
  model_types: ['ridge'],
  timeframes: ['H4', 'D1'],
  days_history: [30],
};

async function createWithout(engine: Engine): Promise<number> {
  return (await engine.call('queue.create', { grid, skipImpossible: true })).queueId;
}

test('stand in the way with what is wrong, how many they are, and that they can be left out', async () => {
  const engine = open(createWorkspace());
  await expect(engine.call('queue.create', { grid })).rejects.toMatchObject({
    code: 'grid-invalid',
    details: {
      impossible: 2,
      totalConfigs: 4,
      problems: [
        { path: 'horizons[0]', remedy: 'skip-impossible' },
        { path: 'horizons[1]', remedy: 'skip-impossible' },
        {
          path: '',
          message: "2 of 4 configurations can't be trained; they can be left out",
          remedy: 'skip-impossible',
        },
      ],
    },
  });
  expect(await engine.call('grid.preview', { grid, skipImpossible: true })).toMatchObject({
    formula:
      '1 model x 1 symbol x 2 timeframes x 1 day x 2 horizons = 4 configurations - 2 impossible = 2 to train',
    totalConfigs: 4,
    impossible: 2,
    alreadyTrained: 0,
    toTrain: 2,
  });
  // Nothing would be left.
  const none = { ...grid, timeframes: ['D1'] };
  const refusal = await engine
    .call('queue.create', { grid: none, skipImpossible: true })
    .catch((error) => error);
  expect(refusal).toMatchObject({ code: 'grid-invalid', details: { impossible: 2, totalConfigs: 2 } });
  expect(JSON.stringify(refusal.details)).not.toContain('skip-impossible');
});

test('are left out and counted where that is asked for, also when the queue is extended, or comes from a checkpoint', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const queueId = await createWithout(engine);
  expect(await train(engine, queueId)).toMatchObject({
    completed: 2,
    failed: 0,
    impossible: 2,
    alreadyTrained: 0,
  });
  expect(await engine.call('queue.get', { queueId })).toMatchObject({
    skipped: 2,
    impossible: 2,
    progress: 1,
  });
  expect(await engine.call('jobs.get', { jobId: queueId })).toMatchObject({
    total: 2,
    current: 2,
    impossible: 2,
  });

  await engine.call('queue.extend', { queueId, grid: { ...grid, horizons: [3, 6, 9] } });
  expect(await train(engine, queueId)).toMatchObject({
    completed: 3,
    failed: 0,
    impossible: 3,
    totalConfigs: 6,
  });

  // The checkpoint has all there is: where it comes back, they are still left out.
  const folder = join(workspace, 'checkpoints', 'training_pipeline');
  const checkpoint = join(folder, readdirSync(folder).sort().at(-1)!);
  const elsewhere = open(createWorkspace());
  const { id } = await elsewhere.call('queue.resume', { checkpoint });
  expect(await elsewhere.call('queue.wait', { queueId: id })).toMatchObject({
    state: 'completed',
    completed: 3,
    failed: 0,
    impossible: 3,
  });
});
