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
  let whileTraining = 0;
  // Other days each time, so that there is something to train until three backups were made in the middle of it.
  for (let round = 0; whileTraining < 3; round++) {
    const queueId = await create(trainer, { ...SMALL_GRID, days_history: [60 + round, 120 + round] });
    await trainer.call('queue.start', { queueId });
    while ((await trainer.call('queue.get', { queueId })).state === 'running') {
      await backup();
      whileTraining++;
    }
  }
  await backup();
  await close(trainer);

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
    expect(made.file).toBe(file);
    backups.push(file);
  }
});
