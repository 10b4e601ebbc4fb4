import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Store, sqlBuilder } from '../store/database.ts';
import { insertQueue } from '../store/queues.ts';
import { insertRun } from '../store/runs.ts';
import { exampleRun, keptRun } from '../store/testing/example-rows.ts';
import { readCheckpoint } from './checkpoint.ts';
import { restoreCheckpoint } from './restore.ts';
import { rewrite } from './testing/rewrite.ts';
import { fill, useWorkspaces } from './testing/workspaces.ts';
import { writeCheckpoint } from './write.ts';

const { workspace } = useWorkspaces();

const cellsOf = (store: Store) =>
  store.all(sqlBuilder.selectFrom('cells').select(['cell_index', 'state', 'run_id']).orderBy('cell_index'));

describe('a queue that comes back', () => {
  it('trains again what names a run that did not come along, which is no champion either', async () => {
    const before = workspace('before');
    const path = await writeCheckpoint(before, fill(before));
    const { uuid } = keptRun(2);
    rewrite(path, (json) => {
      json.results = json.results.filter((run) => run.uuid !== uuid);
      json.models = json.models.filter(({ run }) => run !== uuid);
    });
    const after = workspace('after');
    await restoreCheckpoint(after, await readCheckpoint(path));
    expect(after.store.all(sqlBuilder.selectFrom('champions').select('run_id'))).toEqual([{ run_id: 1 }]);
    expect(cellsOf(after.store)).toEqual([
      { cell_index: 0, state: 'completed', run_id: 1 },
      { cell_index: 1, state: 'pending', run_id: null },
      { cell_index: 2, state: 'failed', run_id: 3 },
      { cell_index: 3, state: 'completed', run_id: 4 },
      { cell_index: 4, state: 'skipped', run_id: 5 },
      { cell_index: 5, state: 'pending', run_id: null },
      { cell_index: 6, state: 'pending', run_id: null },
    ]);
  });

  it('leaves out what it left out because it can not be trained', async () => {
    const before = workspace('before');
    const path = await writeCheckpoint(before, fill(before));
    rewrite(path, (json) => {
      json.trained = json.trained.map((cell) => (cell.state === 'completed' ? cell : { ...cell, run: null }));
    });
    const after = workspace('after');
    await restoreCheckpoint(after, await readCheckpoint(path));
    // Without its run one that failed is trained again.
    expect(cellsOf(after.store).slice(2, 5)).toEqual([
      { cell_index: 2, state: 'pending', run_id: null },
      { cell_index: 3, state: 'completed', run_id: 4 },
      { cell_index: 4, state: 'skipped', run_id: null },
    ]);
  });

  it('is refused with a model of a run that did not come along', async () => {
    const before = workspace('before');
    const path = await writeCheckpoint(before, fill(before));
    rewrite(path, (json) => {
      json.results.shift();
    });
    await expect(restoreCheckpoint(workspace('after'), await readCheckpoint(path))).rejects.toThrow(
      expect.objectContaining({ code: 'artifact-damaged' }),
    );
  });

  it('has its number where that is free, and what becomes of its state is asked once it is complete', async () => {
    const before = workspace('before');
    for (let i = 0; i < 2; i++) insertQueue(before.store, { name: 'other', spec: {}, createdAt: 1 }, []);
    const queueId = fill(before);
    const path = await writeCheckpoint(before, queueId);
    const checkpoint = await readCheckpoint(path);
    const after = workspace('after');
    const asked: unknown[][] = [];
    const states = {
      ...after.states,
      restored: (...args: unknown[]) => void asked.push([...args, cellsOf(after.store).length]),
    };
    for (let i = 0; i < 2; i++) {
      expect(await restoreCheckpoint({ ...after, states }, checkpoint)).toBe(3);
    }
    const message = `Restored from ${basename(path)}.`;
    expect(asked).toEqual([
      [3, message, 'paused', 7],
      [3, message, 7],
    ]);
  });

  it('lets others have their turn while many runs are read', async () => {
    const before = workspace('before');
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, fill(before)));
    let turns = 0;
    let ticking = setImmediate(function tick() {
      turns++;
      ticking = setImmediate(tick);
    });
    await restoreCheckpoint(workspace('after'), {
      ...checkpoint,
      *runIdentities() {
        yield* checkpoint.runIdentities();
        for (let id = 6; id <= 550; id++) yield { id, uuid: `run ${id}` };
      },
    });
    clearImmediate(ticking);
    expect(turns).toBeGreaterThanOrEqual(4);
    expect(turns).toBeLessThan(100);
  });

  it('knows the configurations of its cells, trained or not', async () => {
    const before = workspace('before');
    const path = await writeCheckpoint(before, fill(before));
    const known = sqlBuilder.selectFrom('configurations').selectAll().orderBy('config_hash');
    const after = workspace('after');
    await restoreCheckpoint(after, await readCheckpoint(path));
    expect(after.store.all(known)).toEqual(before.store.all(known));
    // Without any, and with a grid that this version refuses, they are known by their hashes alone.
    rewrite(path, (json) => {
      json.configurations = [];
    });
    const old = workspace('old');
    await restoreCheckpoint(old, await readCheckpoint(path));
    expect(cellsOf(old.store)).toEqual(cellsOf(before.store));
  });
});

describe('results that come back', () => {
  it('takes results that it lacks, and keeps those that it has', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, queueId));
    const set = (index: number, state: string, run: number | null) =>
      ws.store.raw
        .prepare('UPDATE cells SET state = ?, run_id = ? WHERE cell_index = ?')
        .run(state, run, index);
    insertRun(ws.store, exampleRun(6), []);
    // Extended since then.
    const { config_hash, run_key } = exampleRun(8);
    ws.store.insert('cells', {
      queue_id: queueId,
      cell_index: 7,
      config_hash,
      run_key,
      state: 'pending',
      run_id: null,
      as_of: null,
    });
    set(0, 'pending', null);
    set(2, 'completed', null);
    set(3, 'failed', 5); // another run than in the checkpoint, where it completed
    set(5, 'completed', 6);
    set(6, 'failed', null); // still to be trained then
    await restoreCheckpoint(ws, checkpoint);
    expect(cellsOf(ws.store).map(({ state, run_id }) => [state, run_id])).toEqual([
      ['completed', 1],
      ['completed', 2],
      ['failed', 3],
      ['failed', 5],
      ['skipped', 5],
      ['completed', 6],
      ['failed', null],
      ['pending', null],
    ]);
  });

  it('says of its decisions which run of this workspace they were made against', async () => {
    const before = workspace('before');
    const path = await writeCheckpoint(before, fill(before));
    const after = workspace('after');
    insertRun(after.store, exampleRun(50), []);
    rewrite(path, (json) => {
      const [row] = json.results[3]!.audit as { old_run: string | null }[];
      json.results[3]!.audit = [
        row,
        { ...row, old_run: exampleRun(50).uuid },
        { ...row, old_run: 'of nobody' },
        { ...row, old_run: null },
      ];
    });
    await restoreCheckpoint(after, await readCheckpoint(path));
    const audit = after.store.all(
      sqlBuilder.selectFrom('audit').select(['run_id', 'old_run_id']).orderBy('id'),
    );
    expect(audit.slice(2)).toEqual([1, 50, null, null].map((old_run_id) => ({ run_id: 4, old_run_id })));
  });
});
