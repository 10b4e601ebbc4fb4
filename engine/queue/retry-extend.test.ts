import { describe, expect, test } from 'vitest';
import type { GridSpecInput } from '../contract/grid.ts';
import { create, results, train, useEngines } from '../testing/engines.ts';
import { outcomeOf, TWELVE } from '../testing/workspace.ts';
import { FAULTY_HORIZONS } from '../workers/testing/faulty-task.ts';

const FAULTY_TASK = new URL('../workers/testing/faulty-task.ts', import.meta.url).href;
const { createWorkspace, open, close, outcomeWithoutInterruption } = useEngines();

describe('configurations that fail', () => {
  const horizons = [3, FAULTY_HORIZONS.exits, 6];
  const grid: GridSpecInput = { ...TWELVE, horizons, days_history: [120] };

  test('leave the queue going, with their reason; retry trains them and only them', async () => {
    const uninterrupted = await outcomeWithoutInterruption(grid);
    const workspace = createWorkspace();
    const faulty = open(workspace, { taskFile: FAULTY_TASK });
    const queueId = await create(faulty, grid);
    const summary = await train(faulty, queueId);
    expect(summary).toMatchObject({ state: 'completed', completed: 6, failed: 3 });
    expect(summary.failures).toHaveLength(3);
    expect(summary.failures[0]!.configuration).toContain(`${FAULTY_HORIZONS.exits} bars ahead`);
    expect(summary.failures[0]!.error).toContain('died, 2 times (worker exited with code: 7)');
    await close(faulty);

    const sound = open(workspace);
    expect(await sound.call('queue.retry', { queueId })).toMatchObject({
      state: 'pending',
      pending: 3,
      completed: 6,
    });
    const retried = results(sound, 3);
    expect(await train(sound, queueId)).toMatchObject({ state: 'completed', completed: 9, failed: 0 });
    await retried;
    await expect(sound.call('queue.retry', { queueId })).rejects.toThrow(
      `Queue ${queueId} has no failed configurations to retry.`,
    );
    const { runs } = await sound.call('history.search', {});
    expect(runs.map((run) => run.status).sort()).toEqual([
      ...Array<string>(9).fill('completed'),
      ...Array<string>(3).fill('failed'),
    ]);
    await close(sound);
    // Retried last, they competed later; but every configuration has its result, and as many models are there.
    const { cells } = outcomeOf(workspace).ledger;
    expect(cells.map(({ run: _run, ...cell }) => cell)).toEqual(
      uninterrupted.ledger.cells.map(({ run: _run, ...cell }) => cell),
    );
  });
});

describe('extend', () => {
  const wider: GridSpecInput = { ...TWELVE, horizons: [3, 4, 6] };

  test('trains the new configurations and none of the others', async () => {
    const engine = open(createWorkspace());
    const queueId = await create(engine);
    await train(engine, queueId);
    const before = (await engine.call('history.search', {})).runs.map((run) => run.uuid);
    const { preview } = await engine.call('queue.extend', { queueId, grid: wider });
    expect(preview).toMatchObject({ totalConfigs: 18, alreadyTrained: 12, toTrain: 6 });
    expect(await engine.call('queue.get', { queueId })).toMatchObject({
      state: 'pending',
      pending: 6,
      completed: 12,
    });
    expect(await train(engine, queueId)).toMatchObject({
      state: 'completed',
      totalConfigs: 18,
      completed: 18,
    });
    const { runs } = await engine.call('history.search', {});
    const added = runs.filter((run) => !before.includes(run.uuid));
    expect(runs).toHaveLength(18);
    expect(added.map((run) => run.horizon)).toEqual([4, 4, 4, 4, 4, 4]);
  });

  test('may only add', async () => {
    const engine = open(createWorkspace());
    const queueId = await create(engine);
    await expect(
      engine.call('queue.extend', { queueId, grid: { ...TWELVE, horizons: [6, 9] } }),
    ).rejects.toThrow("an extension may only add: 6 of the queue's configurations are missing");
    expect(await engine.call('queue.get', { queueId })).toMatchObject({ totalConfigs: 12, pending: 12 });
  });
});
