import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArtifactFolder, openArtifactFolder } from '../artifacts/folder.ts';
import { fileStamp } from '../files/file-stamp.ts';
import { restoredStates } from '../queue/restored.ts';
import type { SelectionRules } from '../selection/decide.ts';
import { insertAudit, insertChampion, removeChampion } from '../store/champions.ts';
import { findConfiguration } from '../store/configurations.ts';
import { openStore, type Store, sqlBuilder } from '../store/database.ts';
import { findQueue, insertQueue, updateQueue } from '../store/queues.ts';
import { clearArtifact, insertRun } from '../store/runs.ts';
import {
  exampleCell,
  exampleChampion,
  exampleModel,
  exampleRun,
  exampleStrategy,
  keptRun,
} from '../store/testing/example-rows.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { listCheckpoints, pruneCheckpoints } from './folder.ts';
import { type RestoredStates, restoreCheckpoint } from './restore.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const DAY = 86_400_000;
const RULES: SelectionRules = {
  scope: 'symbol_timeframe_regime',
  score: 'sharpe',
  min_improvement_threshold: 0.01,
  keep_top_n_per_regime: 1,
  delete_non_best_models: true,
};

interface Workspace {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly folder: string;
  readonly now: () => number;
  readonly rules: SelectionRules;
  readonly states: RestoredStates;
}

let root: string;
const opened: Store[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'checkpoint-'));
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  rmSync(root, { recursive: true });
});

function workspace(name: string): Workspace {
  const path = join(root, name);
  mkdirSync(path);
  const store = openStore(join(path, 'regimen.db'));
  opened.push(store);
  return {
    store,
    artifacts: openArtifactFolder(() => join(path, 'artifacts')),
    folder: join(path, 'checkpoints'),
    now: () => NOW,
    rules: RULES,
    states: restoredStates(store, () => NOW),
  };
}

/** Two champions with models, a failed run, a rejected one and one trained before; two cells are left. */
function fill({ store, artifacts }: Workspace): number {
  const champions = [keptRun(1), keptRun(2)];
  for (const run of champions) {
    artifacts.write(run.artifact_file, exampleModel(run.id));
    insertRun(store, run, [exampleStrategy(0), exampleStrategy(7)]);
  }
  const failed = {
    status: 'failed',
    results: null,
    importance: null,
    error: '{"code":"training-failed"}',
  } as const;
  insertRun(store, exampleRun(3, failed), []);
  insertRun(store, exampleRun(4), [exampleStrategy(0)]);
  insertRun(store, exampleRun(5), [exampleStrategy(0)]);
  insertChampion(store, exampleChampion(1, 'bull_trending', 1.25));
  insertChampion(store, exampleChampion(2, 'calm_ranging', 0.5));
  const audit = exampleAudit(4);
  insertAudit(store, { ...audit, old_run_id: 1 });
  const states = ['completed', 'completed', 'failed', 'completed', 'skipped', 'pending', 'pending'] as const;
  const cells = states.map((state, i) => exampleCell(i + 1, state, state === 'pending' ? null : i + 1));
  const queueId = insertQueue(
    store,
    { name: 'Grid "ä"', spec: { symbols: ['EURUSD'] }, createdAt: NOW },
    cells,
  );
  placeQueue(store, queueId, 'paused');
  updateQueue(store, queueId, {
    priority: 3,
    kept: 2,
    deleted: 1,
    seconds: 12.5,
    retrain: 1,
  });
  return queueId;
}

function exampleAudit(runId: number) {
  return {
    at: NOW,
    run_id: runId,
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime: 'bull_trending',
    decision: 'rejected',
    strategy_index: 0,
    old_run_id: null,
    old_score: 1.25,
    new_score: 1,
    margin: -0.25,
    trades: 40,
    reason: 'It does not beat the champion.',
  };
}

const TABLES = ['runs', 'strategies', 'champions', 'audit', 'cells'] as const;

function contents({ store, artifacts }: Workspace) {
  const tables = TABLES.map((table) => [table, store.all(sqlBuilder.selectFrom(table).selectAll())]);
  const queues = store
    .all(sqlBuilder.selectFrom('queues').selectAll())
    .map(({ message: _message, ...queue }) => queue);
  const files = readdirSync(artifacts.path).map((name) => [
    name,
    Buffer.from(artifacts.read(name)).toString('hex'),
  ]);
  return { tables, queues, files };
}

describe('a checkpoint', () => {
  it('alone brings everything back into an empty workspace', async () => {
    const before = workspace('before');
    const path = await writeCheckpoint(before, fill(before));
    expect(path.endsWith('queue_1_checkpoint_20260102_030405.json')).toBe(true);
    const after = workspace('after');
    expect(await restoreCheckpoint(after, await readCheckpoint(path))).toBe(1);
    expect(contents(after)).toEqual(contents(before));
    expect(findQueue(after.store, 1)).toMatchObject({
      state: 'paused',
      message: expect.stringContaining('Restored'),
    });
  });

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

  it('changes nothing when it is restored again', async () => {
    const before = workspace('before');
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, fill(before)));
    const after = workspace('after');
    await restoreCheckpoint(after, checkpoint);
    const once = contents(after);
    await restoreCheckpoint(after, checkpoint);
    expect(contents(after)).toEqual(once);
    await restoreCheckpoint(before, checkpoint);
    expect(contents(before)).toEqual(once);
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
    const [audit] = after.store.all(sqlBuilder.selectFrom('audit').selectAll());
    expect(audit).toMatchObject({ run_id: 6, old_run_id: 3 });
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
    expect(reasons).toEqual([
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
    expect(news.slice(1)).toEqual([
      { run_id: 1, decision: 'rejected' },
      { run_id: 2, decision: 'champion' },
    ]);
  });

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
    expect(contents(after)).toMatchObject({ tables: contents(before).tables, files: contents(before).files });
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
    const broken = join(root, 'broken.json');
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
    const newer = join(root, 'newer.json');
    writeFileSync(newer, Buffer.concat([...encodeCheckpoint({ version: 3 }, [])]));
    await expect(readCheckpoint(newer)).rejects.toThrow(expect.objectContaining({ code: 'artifact-newer' }));
    await expect(readCheckpoint(join(root, 'none.json'))).rejects.toThrow(
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
    const old = join(root, 'old.json');
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
    const forged = join(root, 'forged.json');
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

describe('the folder of checkpoints', () => {
  const at = (ws: Workspace, time: number) => ({ ...ws, now: () => time });

  it('tells two of one second apart, and keeps the newest three of a queue', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    for (let i = 0; i < 5; i++) await writeCheckpoint(at(ws, NOW + (i < 2 ? 0 : i) * 1000), queueId);
    expect(readdirSync(ws.folder)).toHaveLength(3);
    expect(listCheckpoints(ws.folder).map(({ header }) => header.sequence)).toEqual([5, 4, 3]);
    await writeCheckpoint(at(ws, NOW + 4000), queueId);
    expect(readdirSync(ws.folder)).toContain(`queue_1_checkpoint_${fileStamp(NOW + 4000)}_2.json`);
  });

  it('knows the newest even when the clock was set back', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    await writeCheckpoint(at(ws, NOW), queueId);
    const later = await writeCheckpoint(at(ws, NOW - DAY), queueId);
    expect(listCheckpoints(ws.folder)[0]!.path).toBe(later);
  });

  it('loses old ones, but never the newest of a queue that is not finished, nor what is none of ours', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    await writeCheckpoint(at(ws, NOW - 40 * DAY), queueId);
    await writeCheckpoint(at(ws, NOW - 35 * DAY), queueId);
    writeFileSync(join(ws.folder, 'notes.json'), '{}');
    writeFileSync(join(ws.folder, 'queue_9_checkpoint_20200101_000000.json'), 'no checkpoint');
    const prune = (finished: boolean, dryRun: boolean) =>
      pruneCheckpoints(ws.folder, { maxAgeDays: 30, now: NOW, dryRun, isFinished: () => finished });
    expect(prune(true, true)).toHaveLength(2);
    expect(readdirSync(ws.folder)).toHaveLength(4);
    expect(prune(false, false)).toHaveLength(1);
    expect(listCheckpoints(ws.folder).map((c) => c.createdAt)).toEqual([NOW - 35 * DAY]);
    expect(prune(true, false)).toHaveLength(1);
    expect(readdirSync(ws.folder).sort()).toEqual(['notes.json', 'queue_9_checkpoint_20200101_000000.json']);
  });
});
