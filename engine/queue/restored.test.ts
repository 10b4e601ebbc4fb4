import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../checkpoint/checkpoint.ts';
import { restoreCheckpoint } from '../checkpoint/restore.ts';
import { contents, fill, NOW, useWorkspaces, withoutTables } from '../checkpoint/testing/workspaces.ts';
import { writeCheckpoint } from '../checkpoint/write.ts';
import { insertChampion, removeChampion } from '../store/champions.ts';
import { sqlBuilder } from '../store/database.ts';
import { findQueue, insertQueue } from '../store/queues.ts';
import { clearArtifact, insertRun } from '../store/runs.ts';
import { findDamage } from '../store/soundness.ts';
import { damageRows } from '../store/testing/damage-rows.ts';
import {
  exampleChampion,
  exampleModel,
  exampleRun,
  exampleStrategy,
  keptRun,
} from '../store/testing/example-rows.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { restoredStates } from './restored.ts';

const { workspace } = useWorkspaces((store) => restoredStates(store, () => NOW));

describe('a restored checkpoint', () => {
  it('alone brings everything back into an empty workspace', async () => {
    const before = workspace('before');
    const path = await writeCheckpoint(before, fill(before));
    expect(path.endsWith('queue_1_checkpoint_20260102_030405.json')).toBe(true);
    const after = workspace('after');
    expect(await restoreCheckpoint(after, await readCheckpoint(path))).toBe(1);
    expect(contents(after)).toEqual(withoutTables(contents(before)));
    expect(findQueue(after.store, 1)).toMatchObject({
      state: 'paused',
      message: expect.stringContaining('Restored'),
    });
  });

  it('gives a queue a state again whose damaged row has none', async () => {
    const ws = workspace('ws');
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    damageRows(ws.store, "PRAGMA ignore_check_constraints = ON; UPDATE queues SET state = 'qaused'");
    ws.store.raw.pragma('ignore_check_constraints = OFF');
    await restoreCheckpoint(ws, checkpoint);
    expect(findQueue(ws.store, 1)).toMatchObject({
      state: 'paused',
      message: expect.stringContaining('Restored'),
    });
    expect(findDamage(ws.store.raw)).toEqual([]);
  });

  it('changes nothing when it is restored again', async () => {
    const before = workspace('before');
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, fill(before)));
    const after = workspace('after');
    await restoreCheckpoint(after, checkpoint);
    const once = contents(after);
    await restoreCheckpoint(after, checkpoint);
    expect(contents(after)).toEqual(once);
    const whole = contents(before);
    await restoreCheckpoint(before, checkpoint);
    expect(contents(before), 'tables that are there').toEqual(whole);
    expect(withoutTables(whole)).toEqual(once);
  });

  it('gives new numbers, in the same order, where its own are taken', async () => {
    const before = workspace('before');
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, fill(before)));
    const after = workspace('after');
    insertRun(after.store, { ...exampleRun(2), uuid: 'another', run_key: 'other' }, []);
    insertQueue(after.store, { name: 'other', spec: {}, createdAt: NOW - 1 }, []);
    const queueId = await restoreCheckpoint(after, checkpoint);
    expect(queueId).toBe(2);
    const runs = after.store.all(sqlBuilder.selectFrom('runs').select(['id', 'uuid']).orderBy('id'));
    expect(runs).toEqual([
      { id: 2, uuid: 'another' },
      ...[1, 2, 3, 4, 5].map((n) => ({ id: n + 2, uuid: exampleRun(n).uuid })),
    ]);
    expect(
      after.store.all(sqlBuilder.selectFrom('champions').select(['regime', 'run_id']).orderBy('regime')),
    ).toEqual([
      { regime: 'bull_trending', run_id: 3 },
      { regime: 'calm_ranging', run_id: 4 },
    ]);
    const audit = after.store.all(sqlBuilder.selectFrom('audit').selectAll());
    expect(audit.find(({ decision }) => decision === 'rejected')).toMatchObject({ run_id: 6, old_run_id: 3 });
  });

  it('gives back models and results that were lost, and leaves what was gained since', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, queueId));
    const complete = contents(ws);
    // A model file is cut off, a champion is gone with its file, and a result is forgotten.
    const [first, second] = [keptRun(1).artifact_file, keptRun(2).artifact_file];
    writeFileSync(join(ws.artifacts.path, first), 'cut off');
    ws.artifacts.remove(second);
    removeChampion(ws.store, { ...exampleChampion(2, 'calm_ranging', 0), runId: 2 });
    clearArtifact(ws.store, 2);
    ws.store.run(
      sqlBuilder.updateTable('cells').set({ state: 'pending', run_id: null }).where('cell_index', '=', 3),
    );
    await restoreCheckpoint(ws, checkpoint);
    const { tables, ...rest } = contents(ws);
    const withoutAudit = (all: typeof tables) => all.filter(([name]) => name !== 'audit');
    expect(rest).toEqual({ queues: complete.queues, files: complete.files });
    expect(withoutAudit(tables)).toEqual(withoutAudit(complete.tables));
    const reasons = ws.store.all(sqlBuilder.selectFrom('audit').select(['run_id', 'decision']).orderBy('id'));
    expect(reasons.slice(2)).toEqual([
      { run_id: 4, decision: 'rejected' },
      { run_id: 2, decision: 'champion' },
    ]);
  });

  it('lets the rules of selection decide between its champions and those that are there', async () => {
    const before = workspace('before');
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, fill(before)));
    const after = workspace('after');
    const better = keptRun(11);
    const worse = keptRun(12);
    for (const run of [better, worse]) {
      after.artifacts.write(run.artifact_file, exampleModel(run.id));
      insertRun(after.store, run, [exampleStrategy(0)]);
    }
    insertChampion(after.store, exampleChampion(11, 'bull_trending', 2));
    insertChampion(after.store, exampleChampion(12, 'calm_ranging', 0.1));
    await restoreCheckpoint(after, checkpoint);
    expect(
      after.store.all(sqlBuilder.selectFrom('champions').select(['regime', 'run_id']).orderBy('regime')),
    ).toEqual([
      { regime: 'bull_trending', run_id: 11 },
      { regime: 'calm_ranging', run_id: 2 },
    ]);
    expect(readdirSync(after.artifacts.path).sort()).toEqual(
      [better.artifact_file, keptRun(2).artifact_file].sort(),
    );
    const kept = after.store.all(
      sqlBuilder.selectFrom('runs').select('id').where('kept', '=', 1).orderBy('id'),
    );
    expect(kept.map((run) => run.id)).toEqual([2, 11]);
    const news = after.store.all(sqlBuilder.selectFrom('audit').select(['run_id', 'decision']).orderBy('id'));
    expect(news.slice(3)).toEqual([
      { run_id: 1, decision: 'rejected' },
      { run_id: 2, decision: 'champion' },
    ]);
  });
});

describe('a queue that is restored', () => {
  it.each(['running', 'cancelled'] as const)('is not restored into a queue that is %s', async (state) => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, queueId));
    placeQueue(ws.store, queueId, state);
    ws.artifacts.remove(keptRun(2).artifact_file);
    const before = contents(ws);
    await expect(restoreCheckpoint(ws, checkpoint)).rejects.toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining(`is ${state};`) }),
    );
    expect(contents(ws)).toEqual(before);
  });

  it('brings a queue that was cancelled back as that, with its results', async () => {
    const before = workspace('before');
    const queueId = fill(before);
    placeQueue(before.store, queueId, 'cancelled');
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, queueId));
    const after = workspace('after');
    await restoreCheckpoint(after, checkpoint);
    expect(findQueue(after.store, queueId)).toMatchObject({
      state: 'cancelled',
      message: expect.stringContaining('Restored'),
      finished_at: NOW,
    });
    const { tables, files } = withoutTables(contents(before));
    expect(contents(after)).toMatchObject({ tables, files });
  });

  it.each(['completed', 'awaiting_confirmation'] as const)('leaves a queue that is %s so', async (state) => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, queueId));
    placeQueue(ws.store, queueId, state);
    const before = findQueue(ws.store, queueId);
    await restoreCheckpoint(ws, checkpoint);
    expect(findQueue(ws.store, queueId)).toEqual(before);
  });
});
