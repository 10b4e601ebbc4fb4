import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openStore } from '../store/database.ts';
import { create, train, useEngines } from '../testing/engines.ts';
import { TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open, close } = useEngines();
const SMALL = { ...TWELVE, horizons: [3], days_history: [60] };

/** Writes something else in place of a queue's grid, as a damaged disk might. */
function damage(workspace: string, queueId: number, spec: string): void {
  const store = openStore(join(workspace, 'regimen.db'));
  store.raw.prepare('UPDATE queues SET spec = ? WHERE id = ?').run(spec, queueId);
  store.close();
}

test.each(['{"model_types": ["rid', '', 'null', '{}', '[1]', '{"symbols": "EURUSD"}'])(
  'a queue whose stored grid is %j is shown as failed, and leaves the others usable',
  async (spec) => {
    const workspace = createWorkspace();
    const before = open(workspace);
    const broken = await create(before, { ...SMALL, name: 'Broken' });
    const sound = await create(before, { ...SMALL, name: 'Sound', days_history: [90] });
    await close(before);
    damage(workspace, broken, spec);

    const engine = open(workspace);
    const [first, second] = await engine.call('queue.list', {});
    expect(first).toMatchObject({
      id: broken,
      name: 'Broken',
      state: 'failed',
      grid: null,
      waitingFor: null,
    });
    expect(first!.message).toContain("can't be read");
    expect(second).toMatchObject({ id: sound, state: 'pending', grid: { days_history: [90] } });
    expect(await engine.call('jobs.list', {})).toMatchObject([
      { name: 'Broken', state: 'failed', symbols: [], timeframes: [], error: first!.message },
      { name: 'Sound', state: 'pending', error: null },
    ]);
    const csv = join(workspace, 'jobs.csv');
    await engine.call('jobs.export', { csv });
    expect(readFileSync(csv, 'utf8').trimEnd().split('\r\n')).toHaveLength(3);
    await expect(engine.call('queue.start', { queueId: broken })).rejects.toMatchObject({
      code: 'grid-invalid',
    });
    expect(await train(engine, sound)).toMatchObject({ state: 'completed' });
    await engine.call('queue.remove', { queueId: broken });
    expect(await engine.call('queue.list', {})).toHaveLength(1);
  },
);

test('a host fails it when its turn comes, and goes on with the next', async () => {
  const workspace = createWorkspace();
  const before = open(workspace);
  const broken = await create(before, { ...SMALL, name: 'Broken' });
  const sound = await create(before, { ...SMALL, name: 'Sound', days_history: [90] });
  for (const queueId of [broken, sound]) await before.call('queue.enqueue', { queueId });
  await close(before);
  damage(workspace, broken, '{');
  const host = open(workspace, { role: 'host' });
  await vi.waitFor(
    async () => expect((await host.call('queue.get', { queueId: sound })).state).toBe('completed'),
    { timeout: 60_000, interval: 200 },
  );
  expect((await host.call('jobs.get', { jobId: broken })).state).toBe('failed');
});
