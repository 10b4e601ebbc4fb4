import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileStamp } from '../files/file-stamp.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { listCheckpoints, pruneCheckpoints } from './folder.ts';
import { DAY, fill, NOW, useWorkspaces, type Workspace } from './testing/workspaces.ts';

const { workspace } = useWorkspaces();

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
