import { expect, test } from 'vitest';
import type { QueueDto } from '../contract/dto/index.ts';
import { create, type Engine, train, useEngines } from '../testing/engines.ts';
import { artifactsOf, CONFIG, SMALL_GRID } from '../testing/workspace.ts';

/** What "kept" counts: models that are there now, the same wherever it stands. */

const { createWorkspace, open } = useEngines();

const counts = ({
  crowned,
  pushedOut,
  kept,
  deleted,
}: Pick<QueueDto, 'crowned' | 'pushedOut' | 'kept' | 'deleted'>) => ({
  crowned,
  pushedOut,
  kept,
  deleted,
});

async function keptInHistory(engine: Engine): Promise<number> {
  return (await engine.call('history.search', { kept: true, limit: 1 })).total;
}

test('crowned, pushed out since and kept now agree between summary, queue, events, table of jobs, history and disk', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace, { threads: 2 });
  const told = new Map<number, ReturnType<typeof counts>>();
  engine.subscribe((event) => {
    if (event.type === 'queue.changed') told.set(event.queue.id, counts(event.queue));
    if (event.type === 'queue.progress') told.set(event.queueId, counts(event.progress));
  });
  const first = await train(engine, { ...SMALL_GRID, model_types: ['linear_regression', 'random_forest'] });
  expect(first.crowned).toBeGreaterThan(first.kept);
  expect(first.kept).toBe(Object.keys(artifactsOf(workspace)).length);
  expect(first).toMatchObject({ pushedOut: first.crowned - first.kept, deleted: 16 - first.kept });

  // Others take places of theirs.
  const second = await train(engine, {
    ...SMALL_GRID,
    name: 'More',
    model_types: ['ridge', 'lasso'],
    hyperparameters: {},
  });
  const files = Object.keys(artifactsOf(workspace)).length;
  const queues = await engine.call('queue.list', {});
  const now = queues.find(({ id }) => id === first.queueId)!;
  expect(now.kept).toBeLessThan(first.kept);
  expect(now.kept + second.kept).toBe(files);
  expect(await keptInHistory(engine)).toBe(files);
  for (const queue of queues) {
    expect(counts(queue)).toEqual(counts(await engine.call('queue.summary', { queueId: queue.id })));
    expect(counts(queue)).toEqual(told.get(queue.id));
    const {
      crowned,
      pushed_out: pushedOut,
      kept,
      deleted,
    } = await engine.call('jobs.get', { jobId: queue.id });
    expect({ crowned, pushedOut, kept, deleted }).toEqual(counts(queue));
    expect(queue.kept + queue.deleted).toBe(queue.completed);
    expect(queue.crowned).toBe(queue.pushedOut + queue.kept);
    const rows = await engine.call('queue.results', { queueId: queue.id, limit: 1000 });
    expect(rows.filter((run) => run.kept)).toHaveLength(queue.kept);
  }
});

test('where no model is ever deleted, all are kept, and those that were crowned still counted', async () => {
  const workspace = createWorkspace(`${CONFIG}model_management: { delete_non_best_models: false }\n`);
  const engine = open(workspace, { threads: 2 });
  const { crowned, pushedOut, kept, deleted } = await train(engine, await create(engine));
  expect([kept, deleted]).toEqual([12, 0]);
  expect(Object.keys(artifactsOf(workspace))).toHaveLength(12);
  expect(crowned).toBeLessThan(12);
  expect(crowned - pushedOut).toBe(
    new Set((await engine.call('champions.list', {})).map(({ runId }) => runId)).size,
  );
});
