import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { create, useEngines } from './engines.ts';
import { SMALL_GRID } from './workspace.ts';

const { createWorkspace, open, close } = useEngines();

test('a backup holds every model that its database keeps, whenever in a training it is made', async () => {
  const workspace = createWorkspace();
  const trainer = open(workspace, { threads: 2 });
  const backups: string[] = [];
  const queueId = await create(trainer, SMALL_GRID);
  await trainer.call('queue.start', { queueId });
  const { file: firstFile } = await backup();
  expect(firstFile).toBe(backups[0]);
  while ((await trainer.call('queue.get', { queueId })).state === 'running') await backup();
  await backup();
  await close(trainer);
  expect(backups.length).toBeGreaterThan(3);

  const counts = new Set<number>();
  for (const file of backups) {
    const target = createWorkspace();
    const engine = open(target);
    await engine.call('backup.restore', { file });
    const { runs } = await engine.call('history.search', { limit: 1000 });
    counts.add(runs.length);
    for (const { id, kept } of runs) {
      if (!kept) continue;
      // Reads the model, and checks that it gives the stored figures.
      expect((await engine.call('run.trades', { run: String(id) })).runId).toBeTruthy();
    }
    expect(existsSync(join(target, '.restore'))).toBe(false);
    await close(engine);
  }
  expect(counts.size).toBeGreaterThan(1);

  async function backup() {
    const file = join(workspace, `backup-${backups.length}.zip`);
    const made = await trainer.call('backup.create', { file });
    backups.push(made.file);
    return made;
  }
});
