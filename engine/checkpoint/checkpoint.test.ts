import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertChampion, removeChampion } from '../store/champions.ts';
import { findConfiguration } from '../store/configurations.ts';
import { sqlBuilder } from '../store/database.ts';
import { clearArtifact, insertRun } from '../store/runs.ts';
import { damageRows } from '../store/testing/damage-rows.ts';
import {
  exampleChampion,
  exampleModel,
  exampleRun,
  exampleStrategy,
  keptRun,
} from '../store/testing/example-rows.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { readCheckpoint } from './checkpoint.ts';
import { restoreCheckpoint } from './restore.ts';
import { jsonOf, rewrite } from './testing/rewrite.ts';
import { contents, fill, NOW, useWorkspaces, type Workspace } from './testing/workspaces.ts';
import { writeCheckpoint } from './write.ts';

const { workspace, fileIn } = useWorkspaces();

describe('a checkpoint', () => {
  it('says what is trained', async () => {
    const ws = workspace('ws');
    const path = await writeCheckpoint(ws, fill(ws));
    expect(readFileSync(path, 'latin1')).toMatch(/^\{"format":"regimen-checkpoint","version":4,.*,\n/);
    expect(readFileSync(path, 'latin1')).toMatch(/"checksum":"[0-9a-f]{64}"\}\n$/);
    const json = jsonOf(path);
    expect(Object.keys(json)).toEqual([
      'sequence',
      'created_at',
      'queue',
      'current_index',
      'statistics',
      'configurations',
      'trained',
      'remaining',
      'champions',
      'models',
      'results',
    ]);
    expect(json.queue).toMatchObject({ name: 'Grid "ä"', priority: 3, spec: { symbols: ['EURUSD'] } });
    expect(json.current_index).toBe(5);
    expect(json.statistics).toEqual({
      total: 7,
      completed: 3,
      failed: 1,
      skipped: 1,
      pending: 2,
      kept: 2,
      deleted: 1,
      seconds: 12.5,
    });
    expect(json.trained).toHaveLength(5);
    expect(json.remaining).toHaveLength(2);
    expect(json.results).toHaveLength(5);
    expect(json.models).toHaveLength(2);
  });

  it('holds the queue as it was when writing began', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    const writing = writeCheckpoint(ws, queueId);
    removeChampion(ws.store, { ...exampleChampion(2, 'calm_ranging', 0), runId: 2 });
    clearArtifact(ws.store, 2);
    ws.artifacts.remove(keptRun(2).artifact_file);
    const checkpoint = await readCheckpoint(await writing);
    expect([...checkpoint.champions()].map((c) => c.regime)).toEqual(['bull_trending', 'calm_ranging']);
    expect([...checkpoint.models()]).toHaveLength(2);
  });
});

describe('writeCheckpoint', () => {
  const written = async (ws: Workspace, queueId: number) =>
    readCheckpoint(await writeCheckpoint(ws, queueId));

  it('says where the queue stands', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    const { header } = await written(ws, queueId);
    expect(header).toMatchObject({
      sequence: 1,
      created_at: '2026-01-02T03:04:05.000Z',
      queue: { id: queueId, state: 'paused', created_at: NOW, started_at: null, retrain: 1 },
      current_index: 5,
    });
    placeQueue(ws.store, queueId, 'completed');
    ws.store.raw.exec(`UPDATE queues SET retrain = 0, started_at = 7; UPDATE cells SET state = 'failed'`);
    expect((await written(ws, queueId)).header).toMatchObject({
      sequence: 1,
      queue: { state: 'completed', started_at: 7, retrain: 0 },
      current_index: null,
      statistics: { failed: 7, pending: 0 },
    });
  });

  it('takes earlier attempts and models of runs that are no champions along, and nothing of other queues', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    insertRun(ws.store, exampleRun(11, { run_key: exampleRun(3).run_key, attempt: 2, synthetic: 1 }), []);
    for (const run of [keptRun(6), keptRun(20)]) {
      ws.artifacts.write(run.artifact_file, exampleModel(run.id));
      insertRun(ws.store, run, [exampleStrategy(0)]);
    }
    insertChampion(ws.store, exampleChampion(20, 'volatile_ranging', 9));
    const checkpoint = await written(ws, queueId);
    const ids = [1, 2, 3, 4, 5, 6, 11];
    expect([...checkpoint.runs()].map((run) => run.id)).toEqual(ids);
    expect([...checkpoint.runs()].filter((run) => run.kept).map((run) => run.id)).toEqual([1, 2, 6]);
    expect([...checkpoint.runs()].filter((run) => run.synthetic).map((run) => run.id)).toEqual([11]);
    expect([...checkpoint.runIdentities()]).toEqual(ids.map((id) => ({ id, uuid: exampleRun(id).uuid })));
    const uuids = (runs: readonly number[]) => runs.map((id) => exampleRun(id).uuid);
    expect(Array.from(checkpoint.models(), (model) => model.run)).toEqual(uuids([1, 2, 6]));
    expect(Array.from(checkpoint.champions(), (champion) => champion.run)).toEqual(uuids([1, 2]));
  });

  it('has the models of champions that are pushed out while it is written', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    ws.artifacts.write(keptRun(1).artifact_file, new Uint8Array(2 << 20)); // more than is written at once
    const writing = writeCheckpoint(ws, queueId);
    ws.artifacts.remove(keptRun(2).artifact_file);
    const checkpoint = await readCheckpoint(await writing);
    expect(Array.from(checkpoint.models(), (model) => model.run)).toEqual([keptRun(1).uuid, keptRun(2).uuid]);
  });

  it('goes on where a model file is missing', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    ws.artifacts.remove(keptRun(1).artifact_file);
    const checkpoint = await written(ws, queueId);
    expect(Array.from(checkpoint.models(), (model) => model.run)).toEqual([keptRun(2).uuid]);
  });

  it('leaves nothing behind when it fails half-way', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    ws.artifacts.remove(keptRun(2).artifact_file);
    mkdirSync(join(ws.artifacts.path, keptRun(2).artifact_file));
    await expect(writeCheckpoint(ws, queueId)).rejects.toThrow('EISDIR');
    expect(readdirSync(ws.folder)).toEqual([]);
  });

  it.each([
    ['a figure of run 1', 'UPDATE runs SET rmse = rmse * 2 WHERE id = 1'],
    ['what became of run 2', 'UPDATE runs SET best_sharpe = 9 WHERE id = 2'],
    ['a strategy', 'UPDATE strategies SET sharpe = 99 WHERE run_id = 1 AND strategy_index = 0'],
    ['the strategies of a run that has none left', 'DELETE FROM strategies WHERE run_id = 4'],
    ['a decision', 'UPDATE audit SET new_score = 7 WHERE run_id = 4'],
    ['a cell', "UPDATE cells SET state = 'pending' WHERE cell_index = 0"],
    ['a champion', 'UPDATE champions SET score = 3 WHERE run_id = 1'],
  ])('is not written of what is not what was written: %s', async (_what, sql) => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    damageRows(ws.store, sql);
    await expect(writeCheckpoint(ws, queueId)).rejects.toMatchObject({ code: 'artifact-damaged' });
    expect(readdirSync(ws.folder)).toEqual([]);
  });

  it('says that a file is in the place of its folder', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    writeFileSync(ws.folder, '');
    await expect(writeCheckpoint(ws, queueId)).rejects.toThrow(
      expect.objectContaining({
        code: 'file-unreadable',
        message: `${ws.folder} can not be written: a file of that name is in the place of the folder.`,
      }),
    );
  });
});

describe('readCheckpoint', () => {
  it('refuses a file that is cut off in its first block or flipped in one bit, wherever that is', async () => {
    const ws = workspace('ws');
    const path = await writeCheckpoint(ws, fill(ws));
    const bytes = readFileSync(path);
    const broken = fileIn('broken.json');
    const refused = async (content: Uint8Array) => {
      writeFileSync(broken, content);
      await expect(readCheckpoint(broken)).rejects.toThrow(
        expect.objectContaining({ code: 'artifact-damaged' }),
      );
    };
    await refused(new Uint8Array());
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), (length) => refused(bytes.subarray(0, length))),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const flipped = Buffer.from(bytes);
        flipped[at]! ^= 1 << bit;
        await refused(flipped);
      }),
      { numRuns: 300 },
    );
    await expect(readCheckpoint(broken)).rejects.toThrow(/earlier checkpoint/);
  });

  it('tells a newer file from a damaged one', async () => {
    const { encodeCheckpoint } = await import('./testing/json-form.ts');
    const newer = fileIn('newer.json');
    writeFileSync(newer, Buffer.concat([...encodeCheckpoint({ version: 5 }, [])]));
    await expect(readCheckpoint(newer)).rejects.toThrow(expect.objectContaining({ code: 'artifact-newer' }));
    const none = fileIn('none.json');
    await expect(readCheckpoint(none)).rejects.toThrow(
      expect.objectContaining({ code: 'file-unreadable', details: { file: none } }),
    );
  });

  it('tells the configurations of a checkpoint without them by its grid', async () => {
    const { encodeCheckpoint } = await import('./testing/json-form.ts');
    const spec = {
      model_types: ['ridge'],
      symbols: ['EURUSD'],
      timeframes: ['H1'],
      days_history: [60],
      horizons: [12, 24],
    };
    const hash = 'ea1de587930ddba780088b9881c9638e50ff5c4d0749b83d41bfbae72803977f';
    const ws = workspace('ws');
    const { header } = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    const old = fileIn('old.json');
    const cell = { config_hash: hash, run_key: 'k', state: 'pending', run: null };
    const sections = ['trained', 'remaining', 'champions', 'models', 'results'].map(
      (name) => [name, name === 'remaining' ? [{ ...cell, index: 0 }] : []] as const,
    );
    writeFileSync(
      old,
      Buffer.concat([
        ...encodeCheckpoint({ ...header, version: 1, queue: { ...header.queue, spec } }, sections),
      ]),
    );
    const after = workspace('after');
    await restoreCheckpoint(after, await readCheckpoint(old));
    expect(findConfiguration(after.store, hash)).toMatchObject({
      horizon: 12,
      hyperparameters: { alpha: 1 },
    });
    // None that no cell names.
    expect(after.store.all(sqlBuilder.selectFrom('configurations').select('config_hash'))).toEqual([
      { config_hash: hash },
    ]);
  });

  it('refuses a model file name that leads out of the folder, before anything is written', async () => {
    const { encodeCheckpoint } = await import('./testing/json-form.ts');
    const ws = workspace('ws');
    const { header, ...sections } = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    const { uuid } = keptRun(1);
    const forged = fileIn('forged.json');
    const models = [{ run: uuid, file: `../../evil_${uuid}.model`, bytes: '' }];
    const chunks = encodeCheckpoint(header, [
      ['trained', sections.cells()],
      ['remaining', []],
      ['champions', sections.champions()],
      ['models', models],
      ['results', sections.runs()],
    ]);
    writeFileSync(forged, Buffer.concat([...chunks]));
    const after = workspace('after');
    await expect(restoreCheckpoint(after, await readCheckpoint(forged))).rejects.toThrow(
      expect.objectContaining({ code: 'artifact-damaged' }),
    );
    expect(
      contents({ ...after, artifacts: ws.artifacts }).tables.every(([, rows]) => rows!.length === 0),
    ).toBe(true);
  });
});

describe('a checkpoint whose checksum holds', () => {
  it('is refused as damaged where it holds anything else, but only once that is read', async () => {
    const ws = workspace('ws');
    const path = await writeCheckpoint(ws, fill(ws));
    const refusal = (message: string) =>
      expect.objectContaining({
        code: 'artifact-damaged',
        message: expect.stringContaining(message),
        cause: expect.anything(),
      });
    rewrite(path, (json) => {
      json.results[1]!.strategies = 'none';
    });
    const checkpoint = await readCheckpoint(path);
    expect(() => [...checkpoint.runs()]).toThrow(refusal('an entry of "results"'));
    // What is not wanted is not looked at.
    const { uuid } = exampleRun(3);
    expect([...checkpoint.runs((asked) => asked === uuid)].map((run) => run.id)).toEqual([3]);
    const another = workspace('another');
    const other = await writeCheckpoint(another, fill(another));
    rewrite(other, (json) => {
      json.sequence = 0;
    });
    await expect(readCheckpoint(other)).rejects.toThrow(refusal('its header is not complete'));
  });

  it('is refused as damaged where a list is missing that every release writes', async () => {
    const { encodeCheckpoint } = await import('./testing/json-form.ts');
    const ws = workspace('ws');
    const { header } = await readCheckpoint(await writeCheckpoint(ws, fill(ws)));
    const empty = fileIn('empty.json');
    writeFileSync(empty, Buffer.concat([...encodeCheckpoint(header, [])]));
    const { cells, champions, models, runs, runIdentities, configurations } = await readCheckpoint(empty);
    for (const list of [cells, champions, models, runs, runIdentities]) {
      expect(() => [...list()]).toThrow(expect.objectContaining({ code: 'artifact-damaged' }));
    }
    expect([...configurations()]).toEqual([]);
  });

  it('tells number and UUID of runs wherever these stand in their lines', async () => {
    const ws = workspace('ws');
    const path = await writeCheckpoint(ws, fill(ws));
    rewrite(path, (json) => {
      json.results = json.results.map(({ id, uuid }) => ({ before: { id: 9, uuid: 'ab' }, uuid, id }));
    });
    expect([...(await readCheckpoint(path)).runIdentities()]).toEqual(
      [1, 2, 3, 4, 5].map((id) => ({ id, uuid: exampleRun(id).uuid })),
    );
  });

  it('may be of the first release, which called artifacts otherwise', async () => {
    const ws = workspace('ws');
    const path = await writeCheckpoint(ws, fill(ws));
    const today = [...(await readCheckpoint(path)).runs()];
    rewrite(path, (json) => {
      json.results = json.results.map(({ artifact_file, artifact_bytes, ...run }) => ({
        ...run,
        artefact_file: artifact_file,
        artefact_bytes: artifact_bytes,
      }));
    });
    expect([...(await readCheckpoint(path)).runs()]).toEqual(today);
  });
});
