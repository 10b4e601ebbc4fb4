import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { insertChampion, removeChampion } from '../store/champions.ts';
import { type Store, sqlBuilder } from '../store/database.ts';
import { clearArtifact, findRun } from '../store/runs.ts';
import { exampleChampion, keptRun } from '../store/testing/example-rows.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { restoreCheckpoint } from './restore.ts';
import { fill, useWorkspaces } from './testing/workspaces.ts';

const { workspace } = useWorkspaces();

const championRuns = (store: Store) =>
  store.all(sqlBuilder.selectFrom('champions').select(['regime', 'run_id']).orderBy('regime'));

describe('champions that come back', () => {
  it('leave a run its model that loses one regime to them, and gets another back', async () => {
    const ws = workspace('ws');
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    // Since then run 1 has lost its regime, by its model, and run 2 has moved there from its own.
    const [lost, file] = [keptRun(1).artifact_file, keptRun(2).artifact_file];
    for (const [runId, regime] of [
      [1, 'bull_trending'],
      [2, 'calm_ranging'],
    ] as const) {
      removeChampion(ws.store, { ...exampleChampion(runId, regime, 0), runId });
    }
    clearArtifact(ws.store, 1);
    ws.artifacts.remove(lost);
    insertChampion(ws.store, exampleChampion(2, 'bull_trending', 0.75));

    await restoreCheckpoint(ws, checkpoint);
    expect(championRuns(ws.store)).toEqual([
      { regime: 'bull_trending', run_id: 1 },
      { regime: 'calm_ranging', run_id: 2 },
    ]);
    expect(readdirSync(ws.artifacts.path).sort()).toEqual([lost, file].sort());
    for (const run of [keptRun(1), keptRun(2)]) {
      expect(findRun(ws.store, run.id)).toMatchObject({ kept: 1, artifact_file: run.artifact_file });
    }
  });
});
