import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeChampion } from '../store/champions.ts';
import { findConfiguration } from '../store/configurations.ts';
import { clearArtifact } from '../store/runs.ts';
import { exampleChampion, keptRun } from '../store/testing/example-rows.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { restoreCheckpoint } from './restore.ts';
import { contents, fill, useWorkspaces } from './testing/workspaces.ts';

const { workspace, fileIn } = useWorkspaces();

describe('a checkpoint', () => {
  it('is JSON that says what is trained, and its own checksum', async () => {
    const ws = workspace('ws');
    const json = JSON.parse(readFileSync(await writeCheckpoint(ws, fill(ws)), 'utf8'));
    expect(Object.keys(json)).toEqual([
      'format',
      'version',
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
      'checksum',
    ]);
    expect(json.queue).toMatchObject({ name: 'Grid "ä"', priority: 3, spec: { symbols: ['EURUSD'] } });
    expect(json.current_index).toBe(5);
    expect(json.statistics).toMatchObject({ total: 7, completed: 3, failed: 1, skipped: 1, pending: 2 });
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

describe('readCheckpoint', () => {
  it('refuses a file that is cut off, flipped in one bit or longer, wherever that is', async () => {
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
    await refused(Buffer.concat([bytes, Buffer.from('\n')]));
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
    const { encodeCheckpoint } = await import('./file.ts');
    const newer = fileIn('newer.json');
    writeFileSync(newer, Buffer.concat([...encodeCheckpoint({ version: 3 }, [])]));
    await expect(readCheckpoint(newer)).rejects.toThrow(expect.objectContaining({ code: 'artifact-newer' }));
    await expect(readCheckpoint(fileIn('none.json'))).rejects.toThrow(
      expect.objectContaining({ code: 'file-unreadable' }),
    );
  });

  it('tells the configurations of a checkpoint without them by its grid', async () => {
    const { encodeCheckpoint } = await import('./file.ts');
    const spec = {
      model_types: ['ridge'],
      symbols: ['EURUSD'],
      timeframes: ['H1'],
      days_history: [60],
      horizons: [12],
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
  });

  it('refuses a model file name that leads out of the folder, before anything is written', async () => {
    const { encodeCheckpoint } = await import('./file.ts');
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
