import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileStamp } from '../files/file-stamp.ts';
import {
  checkpointPath,
  checkpointsOf,
  isCheckpointName,
  listCheckpoints,
  pruneCheckpoints,
  removeCheckpoints,
} from './folder.ts';
import { encodeCheckpoint } from './testing/json-form.ts';
import { DAY, fill, NOW, useWorkspaces, type Workspace } from './testing/workspaces.ts';
import { writeCheckpoint } from './write.ts';

const { workspace, fileIn } = useWorkspaces();

/** Writes a checkpoint with nothing but a header. Returns the name. */
function place(folder: string, of: { queue: number; sequence: number; at: number; begun?: number }): string {
  const { queue: id, sequence, at, begun: created_at = 1 } = of;
  const queue = { id, name: 'q', priority: 0, spec: {}, state: 'paused', created_at, started_at: null };
  const counts = { completed: 0, failed: 0, skipped: 0, pending: 0, kept: 0, deleted: 0 };
  const header = {
    sequence,
    created_at: new Date(at).toISOString(),
    queue,
    current_index: null,
    statistics: { total: 0, ...counts, seconds: 0 },
  };
  const path = checkpointPath(folder, id, at);
  writeFileSync(path, Buffer.concat([...encodeCheckpoint(header, [])]));
  return basename(path);
}

/** With another grid: nothing is appended to a checkpoint of the one before. */
async function writeAnew(ws: Workspace, queueId: number): Promise<string> {
  ws.store.raw.exec(`UPDATE queues SET spec = json_set(spec, '$.n', coalesce(spec ->> '$.n', 0) + 1)`);
  return writeCheckpoint(ws, queueId);
}

describe('the name of a checkpoint', () => {
  it.each([
    'queue_1_checkpoint_20260102_030405.json',
    'queue_42_checkpoint_20260102_030405_2.json',
    'queue_42_checkpoint_20260102_030405_10.json',
  ])('%s is one', (name) => {
    expect(isCheckpointName(name)).toBe(true);
  });

  it.each([
    'queue__checkpoint_20260102_030405.json',
    'queue_a_checkpoint_20260102_030405.json',
    'queue_1_checkpoint_2026010a_030405.json',
    'queue_1_checkpoint_20260102_03040a.json',
    'queue_1_checkpoint_2026012_030405.json',
    'queue_1_checkpoint_20260102_03045.json',
    'queue_1_checkpoint_20260102_030405_.json',
    'queue_1_checkpoint_20260102_030405_a.json',
    'queue_1_checkpoint_20260102_030405.json.tmp',
    'a_queue_1_checkpoint_20260102_030405.json',
    'queue_1_checkpoint_20260102_030405-json',
  ])('%s is none', (name) => {
    expect(isCheckpointName(name)).toBe(false);
  });

  it('is not taken yet', () => {
    const { folder } = workspace('ws');
    mkdirSync(folder);
    const names = [1, 2, 3].map((sequence) => place(folder, { queue: 7, sequence, at: NOW }));
    expect(names).toEqual(
      ['', '_2', '_3'].map((suffix) => `queue_7_checkpoint_20260102_030405${suffix}.json`),
    );
  });
});

describe('the folder of checkpoints', () => {
  const at = (ws: Workspace, time: number) => ({ ...ws, now: () => time });

  it('tells two of one second apart, and keeps the newest three of a queue', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    for (let i = 0; i < 5; i++) await writeAnew(at(ws, NOW + (i < 2 ? 0 : i) * 1000), queueId);
    expect(readdirSync(ws.folder)).toHaveLength(3);
    expect(listCheckpoints(ws.folder).map(({ header }) => header.sequence)).toEqual([5, 4, 3]);
    await writeAnew(at(ws, NOW + 4000), queueId);
    expect(readdirSync(ws.folder)).toContain(`queue_1_checkpoint_${fileStamp(NOW + 4000)}_2.json`);
  });

  it('knows the newest even when the clock was set back', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    await writeAnew(at(ws, NOW), queueId);
    const later = await writeAnew(at(ws, NOW - DAY), queueId);
    expect(listCheckpoints(ws.folder)[0]!.path).toBe(later);
  });

  it('loses old ones, but never the newest of a queue that is not finished, nor what is none of ours', async () => {
    const ws = workspace('ws');
    const queueId = fill(ws);
    await writeAnew(at(ws, NOW - 40 * DAY), queueId);
    await writeAnew(at(ws, NOW - 35 * DAY), queueId);
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

  it('is listed by queue, the newest of each first, without what only looks like a checkpoint', () => {
    expect(listCheckpoints(fileIn('none'))).toEqual([]);
    const { folder } = workspace('ws');
    mkdirSync(folder);
    for (const [queue, sequence] of [
      [10, 1],
      [2, 1],
      [10, 3],
      [2, 2],
      [10, 2],
    ] as const) {
      place(folder, { queue, sequence, at: NOW + sequence * 1000 });
    }
    mkdirSync(join(folder, 'queue_1_checkpoint_20260102_030405.json'));
    writeFileSync(join(folder, 'copy.json'), Buffer.concat([...encodeCheckpoint({}, [])]));
    const found = listCheckpoints(folder);
    expect(found.every(({ isDoubtful }) => !isDoubtful)).toBe(true);
    expect(found.map(({ header }) => [header.queue.id, header.sequence])).toEqual([
      [2, 2],
      [2, 1],
      [10, 3],
      [10, 2],
      [10, 1],
    ]);
    const { path, bytes, createdAt } = found[0]!;
    expect({ path, bytes, createdAt }).toEqual({
      path: join(folder, 'queue_2_checkpoint_20260102_030407.json'),
      bytes: statSync(path).size,
      createdAt: NOW + 2000,
    });
  });

  it('tells queues of one number apart by when they were made', () => {
    const { folder } = workspace('ws');
    mkdirSync(folder);
    for (let i = 0; i < 8; i++) {
      place(folder, { queue: 1 + (i >> 2), begun: i % 2, sequence: i + 1, at: NOW + i * 1000 });
    }
    const sequences = (id: number, created_at: number) =>
      checkpointsOf(folder, { id, created_at }).map(({ header }) => header.sequence);
    expect([sequences(1, 0), sequences(1, 1), sequences(2, 0)]).toEqual([
      [3, 1],
      [4, 2],
      [7, 5],
    ]);
    // None has more than three, and each has a newest one.
    const asked: string[] = [];
    const doomed = pruneCheckpoints(folder, {
      maxAgeDays: 1,
      now: NOW + 2 * DAY,
      dryRun: true,
      isFinished({ header }) {
        asked.push(`${header.queue.id} ${header.sequence}`);
        return header.queue.id === 2;
      },
    });
    expect(asked.sort()).toEqual(['1 3', '1 4', '2 7', '2 8']);
    expect(doomed.map(({ header }) => header.sequence).sort()).toEqual([1, 2, 5, 6, 7, 8]);
  });

  it('has no more than three of a queue after it is pruned, and one of exactly the age stays', () => {
    const { folder } = workspace('ws');
    mkdirSync(folder);
    const age = (days: number, sequence: number) =>
      place(folder, { queue: 1, sequence, at: NOW - days * DAY });
    const names = [age(3, 1), age(2, 2), age(1, 3), age(0, 4)];
    const prune = (maxAgeDays: number) =>
      pruneCheckpoints(folder, { maxAgeDays, now: NOW, dryRun: false, isFinished: () => true }).map(
        ({ path }) => basename(path),
      );
    expect(prune(30)).toEqual([names[0]]);
    expect(readdirSync(folder).sort()).toEqual(names.slice(1).sort());
    expect(prune(2)).toEqual([]);
    expect(prune(1)).toEqual([names[1]]);
    expect(prune(0)).toEqual([names[2]]);
  });

  it('may have lost a checkpoint that is to be removed', () => {
    const { folder } = workspace('ws');
    mkdirSync(folder);
    place(folder, { queue: 1, sequence: 1, at: NOW });
    const all = listCheckpoints(folder);
    for (let i = 0; i < 2; i++) removeCheckpoints(all);
    expect(readdirSync(folder)).toEqual([]);
  });
});
