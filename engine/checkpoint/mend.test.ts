import { describe, expect, it } from 'vitest';
import { insertChampion, listedChampions } from '../store/champions.ts';
import { insertRun } from '../store/runs.ts';
import { findDamage } from '../store/soundness.ts';
import { damageRows } from '../store/testing/damage-rows.ts';
import { exampleChampion, exampleModel, exampleStrategy, keptRun } from '../store/testing/example-rows.ts';
import { readCheckpoint } from './checkpoint.ts';
import { restoreCheckpoint } from './restore.ts';
import { contents, fill, useWorkspaces } from './testing/workspaces.ts';
import { writeCheckpoint } from './write.ts';

const { workspace } = useWorkspaces();

const DAMAGES: readonly (readonly [string, string])[] = [
  ['a figure of a run', 'UPDATE runs SET rmse = rmse * 2 WHERE id = 1'],
  ['the UUID of a run', "UPDATE runs SET uuid = 'f' || substr(uuid, 2) WHERE id = 1"],
  ['what became of a run', "UPDATE runs SET artifact_file = 'x' || artifact_file WHERE id = 2"],
  ['a strategy', 'UPDATE strategies SET sharpe = 99 WHERE run_id = 1 AND strategy_index = 0'],
  ['a strategy that is gone', 'DELETE FROM strategies WHERE run_id = 4'],
  ['a decision', 'UPDATE audit SET new_score = 7 WHERE run_id = 4'],
  ['the score of a champion', 'UPDATE champions SET score = 3 WHERE run_id = 1'],
  ['the market of a champion', "UPDATE champions SET symbol = 'DURUSD' WHERE run_id = 1"],
  ['a champion that is gone', 'DELETE FROM champions WHERE run_id = 2'],
  ['the name of a queue', "UPDATE queues SET name = 'Q' || name"],
  ['the grid of a queue', "UPDATE queues SET spec = replace(spec, 'EURUSD', 'DURUSD')"],
  ['when a queue was made', 'UPDATE queues SET created_at = created_at + 1'],
  ['the number of a queue', 'UPDATE queues SET id = id + 64'],
  ['the key of a cell', "UPDATE cells SET run_key = 'x' || run_key WHERE cell_index = 1"],
  ['the run of a cell', 'UPDATE cells SET run_id = 2 WHERE cell_index = 0'],
  ['the state of a cell', "UPDATE cells SET state = 'pending' WHERE cell_index = 0"],
  ['the place of a cell', 'UPDATE cells SET cell_index = 77 WHERE cell_index = 2'],
  ['a cell that is gone', 'DELETE FROM cells WHERE cell_index = 3'],
  ['a configuration', "UPDATE configurations SET configuration = replace(configuration, 'EURUSD', 'DURUSD')"],
  ['the name of a configuration', "UPDATE configurations SET config_hash = 'x' || substr(config_hash, 2)"],
];

describe('a restore from a checkpoint', () => {
  it.each(DAMAGES)('replaces %s by what was written, and nothing else', async (_what, sql) => {
    const ws = workspace('ws');
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    const before = contents(ws);
    const listed = listedChampions(ws.store);
    damageRows(ws.store, sql);
    expect(findDamage(ws.store.raw)).not.toEqual([]);

    await restoreCheckpoint(ws, checkpoint);
    expect(findDamage(ws.store.raw)).toEqual([]);
    // That a champion took its place again is said in the trail.
    ws.store.raw.exec('DELETE FROM audit WHERE id > 3');
    expect(contents(ws)).toEqual(before);
    expect(listedChampions(ws.store)).toEqual(listed);
    await restoreCheckpoint(ws, checkpoint);
    expect(contents(ws), 'done again').toEqual(before);
  });

  it('is refused where a champion is damaged that the checkpoint does not have, and changes nothing', async () => {
    const ws = workspace('ws');
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    const run = keptRun(6);
    ws.artifacts.write(run.artifact_file, exampleModel(6));
    insertRun(ws.store, run, [exampleStrategy(0)]);
    insertChampion(ws.store, exampleChampion(6, 'volatile_ranging', 2));
    damageRows(
      ws.store,
      'UPDATE champions SET score = 3 WHERE run_id = 6; UPDATE runs SET mae = 9 WHERE id = 1',
    );
    const before = contents(ws);
    await expect(restoreCheckpoint(ws, checkpoint)).rejects.toMatchObject({ code: 'artifact-damaged' });
    expect(contents(ws)).toEqual(before);
  });
});
