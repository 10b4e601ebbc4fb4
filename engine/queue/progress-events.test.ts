import { expect, test } from 'vitest';
import type { QueueDto } from '../contract/dto/index.ts';
import type { QueueProgress } from '../contract/events.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { create, type Engine, results, train, useEngines } from '../testing/engines.ts';
import { TWELVE } from '../testing/workspace.ts';
import { FAULTY_HORIZONS } from '../workers/testing/faulty-task.ts';

const FAULTY_TASK = new URL('../workers/testing/faulty-task.ts', import.meta.url).href;
const { createWorkspace, open, close } = useEngines();

/** Each progress of a queue, with the queue as the engine describes it at that moment. */
function follow(engine: Engine, queueId: number) {
  const seen: { readonly told: QueueProgress; readonly read: Promise<QueueDto> }[] = [];
  engine.subscribe((event) => {
    if (event.type === 'queue.progress')
      seen.push({ told: event.progress, read: engine.call('queue.get', { queueId }) });
  });
  return seen;
}

test('progress tells the counts that the queue has, also after a pause, a retry and an extension', async () => {
  const horizons = [3, FAULTY_HORIZONS.exits, 6];
  const grid: GridSpecInput = { ...TWELVE, horizons, days_history: [120] };
  const workspace = createWorkspace();

  const faulty = open(workspace, { taskFile: FAULTY_TASK });
  const queueId = await create(faulty, grid);
  const first = follow(faulty, queueId);
  const progressed = results(faulty, 2);
  await faulty.call('queue.start', { queueId });
  await progressed;
  await faulty.call('queue.pause', { queueId });
  expect((await faulty.call('queue.wait', { queueId })).state).toBe('paused');
  const { seconds } = await faulty.call('queue.get', { queueId });
  const beforePause = first.length;
  await faulty.call('queue.resume', { queueId });
  await faulty.call('queue.wait', { queueId });
  expect(first[beforePause]!.told.elapsedSeconds).toBeGreaterThanOrEqual(seconds);
  await close(faulty);

  const sound = open(workspace);
  const second = follow(sound, queueId);
  await sound.call('queue.retry', { queueId });
  await train(sound, queueId);
  await sound.call('queue.extend', { queueId, grid: { ...grid, horizons: [...horizons, 9] } });
  await train(sound, queueId);

  const told = [...first, ...second].map((entry) => entry.told);
  expect(told.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 7, 8, 9, 10, 11, 12]);
  expect(told[8]).toMatchObject({ toTrain: 9, completed: 6, failed: 3, currentIndex: null });
  expect(told[14]).toMatchObject({ toTrain: 12, completed: 12, failed: 0, currentIndex: null });
  let exact = 0;
  for (const entry of [...first, ...second]) {
    const { completed, failed, kept, deleted, currentIndex } = await entry.read;
    expect(entry.told.kept + entry.told.deleted).toBe(entry.told.completed);
    expect(entry.told.completed).toBeLessThanOrEqual(completed);
    // Those of one transaction are told one after the other: the queue has what the last one says.
    if (completed + failed > entry.told.completed + entry.told.failed) continue;
    expect(entry.told).toMatchObject({ completed, failed, kept, deleted, currentIndex });
    exact++;
  }
  expect(exact).toBeGreaterThan(3);
});
