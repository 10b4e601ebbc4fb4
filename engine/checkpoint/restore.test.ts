import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { insertChampion, removeChampion } from '../store/champions.ts';
import { type Store, sqlBuilder } from '../store/database.ts';
import { clearArtifact, findRun, insertRun } from '../store/runs.ts';
import {
  exampleChampion,
  exampleModel,
  exampleRun,
  exampleStrategy,
  keptRun,
} from '../store/testing/example-rows.ts';
import { readCheckpoint } from './checkpoint.ts';
import { restoreCheckpoint } from './restore.ts';
import { fill, NOW, useWorkspaces, type Workspace } from './testing/workspaces.ts';
import { writeCheckpoint } from './write.ts';

const { workspace } = useWorkspaces();

const championRuns = (store: Store) =>
  store.all(sqlBuilder.selectFrom('champions').select(['regime', 'run_id']).orderBy('regime'));

/** A run whose model is kept, with the file. */
function keep({ store, artifacts }: Workspace, n: number): void {
  const run = keptRun(n);
  artifacts.write(run.artifact_file, exampleModel(n));
  insertRun(store, run, [exampleStrategy(0)]);
}

function uncrown({ store }: Workspace, runId: number, regime: string): void {
  removeChampion(store, { ...exampleChampion(runId, regime, 0), runId });
}

describe('champions that come back', () => {
  it('leave a run its model that loses one regime to them, and gets another back', async () => {
    const ws = workspace('ws');
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    // Since then run 1 has lost its regime, by its model, and run 2 has moved there from its own.
    const [lost, file] = [keptRun(1).artifact_file, keptRun(2).artifact_file];
    uncrown(ws, 1, 'bull_trending');
    uncrown(ws, 2, 'calm_ranging');
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

  it('are none without their models, unless those are there', async () => {
    const before = workspace('before');
    const queueId = fill(before);
    const file = keptRun(2).artifact_file;
    before.artifacts.remove(file);
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, queueId));

    const after = workspace('after');
    await restoreCheckpoint(after, checkpoint);
    expect(championRuns(after.store)).toEqual([{ regime: 'bull_trending', run_id: 1 }]);
    expect(findRun(after.store, 2)).toMatchObject({ kept: 0, artifact_file: null });

    before.artifacts.write(file, exampleModel(2));
    uncrown(before, 2, 'calm_ranging');
    await restoreCheckpoint(before, checkpoint);
    expect(championRuns(before.store)).toEqual([
      { regime: 'bull_trending', run_id: 1 },
      { regime: 'calm_ranging', run_id: 2 },
    ]);
    clearArtifact(before.store, 2);
    before.artifacts.remove(file);
    uncrown(before, 2, 'calm_ranging');
    await restoreCheckpoint(before, checkpoint);
    expect(championRuns(before.store)).toEqual([{ regime: 'bull_trending', run_id: 1 }]);
  });

  it('compete where they were champion: in their market, or over all of them', async () => {
    const before = workspace('before');
    const queueId = fill(before);
    const overAll = { symbol: '*', timeframe: '*' };
    insertChampion(before.store, { ...exampleChampion(2, 'volatile_ranging', 3), ...overAll });
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, queueId));
    for (const scope of ['regime', 'symbol_timeframe_regime'] as const) {
      const after = workspace(scope);
      keep(after, 11);
      insertChampion(after.store, { ...exampleChampion(11, 'volatile_ranging', 2), ...overAll });
      insertChampion(after.store, { ...exampleChampion(11, 'bull_trending', 99), ...overAll });
      await restoreCheckpoint({ ...after, rules: { ...after.rules, scope } }, checkpoint);
      const rows = after.store.all(
        sqlBuilder.selectFrom('champions').select(['symbol', 'regime', 'run_id']).orderBy('regime'),
      );
      expect(rows).toHaveLength(4);
      expect(rows).toEqual(
        expect.arrayContaining([
          { symbol: '*', regime: 'bull_trending', run_id: 11 },
          { symbol: 'EURUSD', regime: 'bull_trending', run_id: 1 },
          { symbol: 'EURUSD', regime: 'calm_ranging', run_id: 2 },
          { symbol: '*', regime: 'volatile_ranging', run_id: 2 },
        ]),
      );
    }
  });

  it('have the figures and the time that they had, an infinite score, too', async () => {
    const before = workspace('before');
    const queueId = fill(before);
    const best = { ...exampleChampion(1, 'volatile_ranging', Number.POSITIVE_INFINITY), achieved_at: 123 };
    insertChampion(before.store, best);
    const after = workspace('after');
    await restoreCheckpoint(after, await readCheckpoint(await writeCheckpoint(before, queueId)));
    const champions = sqlBuilder.selectFrom('champions').selectAll().orderBy('regime');
    expect(after.store.all(champions)).toEqual(before.store.all(champions));
    expect(after.store.all(champions)).toContainEqual(best);
  });

  it('leave one place where fewer are kept by now, and the trail says who went and when', async () => {
    const before = workspace('before');
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, fill(before)));
    const after = workspace('after');
    for (const n of [11, 12]) {
      keep(after, n);
      insertChampion(after.store, exampleChampion(n, 'bull_trending', n));
    }
    await restoreCheckpoint(after, checkpoint);
    expect(championRuns(after.store)).toEqual([
      { regime: 'bull_trending', run_id: 12 },
      { regime: 'calm_ranging', run_id: 2 },
    ]);
    const audit = after.store.all(
      sqlBuilder.selectFrom('audit').select(['at', 'run_id', 'decision']).orderBy('id'),
    );
    expect(audit.slice(3)).toEqual([
      { at: NOW, run_id: 11, decision: 'pushed_out' },
      { at: NOW, run_id: 1, decision: 'rejected' },
    ]);
    expect(findRun(after.store, 11)).toMatchObject({ kept: 0, artifact_file: null });
    expect(readdirSync(after.artifacts.path).sort()).toEqual(
      [keptRun(2).artifact_file, keptRun(12).artifact_file].sort(),
    );
  });

  it('that were beaten meanwhile say nothing new', async () => {
    const ws = workspace('ws');
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    keep(ws, 11);
    uncrown(ws, 1, 'bull_trending');
    insertChampion(ws.store, exampleChampion(11, 'bull_trending', 5));
    const trail = sqlBuilder.selectFrom('audit').selectAll();
    const before = ws.store.all(trail);
    await restoreCheckpoint(ws, checkpoint);
    expect(ws.store.all(trail)).toEqual(before);
    expect(championRuns(ws.store)[0]).toEqual({ regime: 'bull_trending', run_id: 11 });
  });
});

describe('models that come back', () => {
  it('are those of champions, or all where none are deleted', async () => {
    const before = workspace('before');
    const queueId = fill(before);
    keep(before, 6);
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, queueId));
    for (const [delete_non_best_models, kept] of [
      [true, [1, 2]],
      [false, [1, 2, 6]],
    ] as const) {
      const after = workspace(`deleted ${delete_non_best_models}`);
      await restoreCheckpoint({ ...after, rules: { ...after.rules, delete_non_best_models } }, checkpoint);
      const files = kept.map((n) => keptRun(n).artifact_file);
      expect(readdirSync(after.artifacts.path).sort()).toEqual([...files].sort());
      const runs = sqlBuilder.selectFrom('runs').select(['id', 'artifact_file']).where('kept', '=', 1);
      expect(after.store.all(runs.orderBy('id'))).toEqual(
        kept.map((id, i) => ({ id, artifact_file: files[i] })),
      );
    }
  });

  it('leave files alone that are intact, and replace those that are not', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    keep(ws, 6);
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, queueId));
    const path = (n: number) => join(ws.artifacts.path, keptRun(n).artifact_file);
    ws.artifacts.write(keptRun(6).artifact_file, Uint8Array.of(1, 2, 3));
    const before = [1, 2, 6].map((n) => statSync(path(n)).ino);
    await restoreCheckpoint(ws, checkpoint);
    const after = [1, 2, 6].map((n) => statSync(path(n)).ino);
    expect(after.map((ino, i) => ino === before[i])).toEqual([true, true, false]);
    expect(Buffer.from(ws.artifacts.read(keptRun(6).artifact_file))).toEqual(Buffer.from(exampleModel(6)));
    // A run that lost its model since then, and is champion of nothing, is not given it back.
    clearArtifact(ws.store, 6);
    ws.artifacts.remove(keptRun(6).artifact_file);
    for (const delete_non_best_models of [true, false]) {
      await restoreCheckpoint({ ...ws, rules: { ...ws.rules, delete_non_best_models } }, checkpoint);
      expect(findRun(ws.store, 6)).toMatchObject({ kept: 0, artifact_file: null });
      expect(readdirSync(ws.artifacts.path)).toHaveLength(2);
    }
  });
});

describe('runs that come back', () => {
  const numbers = (store: Store) =>
    store.all(sqlBuilder.selectFrom('runs').select(['id', 'uuid']).orderBy('id'));
  const lose = (store: Store, id: number) =>
    store.raw.exec(`UPDATE cells SET run_id = NULL WHERE run_id = ${id};
      DELETE FROM audit WHERE run_id = ${id}; DELETE FROM strategies WHERE run_id = ${id};
      DELETE FROM runs WHERE id = ${id}`);

  it('have their numbers where those are free, or new ones after the last; the others keep theirs', async () => {
    const ws = workspace('ws');
    const checkpoint = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    const before = numbers(ws.store);
    lose(ws.store, 4);
    await restoreCheckpoint(ws, checkpoint);
    expect(numbers(ws.store)).toEqual(before);

    lose(ws.store, 4);
    for (const id of [4, 9]) insertRun(ws.store, exampleRun(100 + id, { id }), []);
    await restoreCheckpoint(ws, checkpoint);
    expect(numbers(ws.store).map(({ uuid }) => uuid)).toEqual(
      [1, 2, 3, 104, 5, 109, 4].map((n) => exampleRun(n).uuid),
    );
    expect(numbers(ws.store).at(-1)!.id).toBe(10);
  });
});
