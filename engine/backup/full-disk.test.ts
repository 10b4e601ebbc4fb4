import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ArtifactFolder, openArtifactFolder } from '../artifacts/folder.ts';
import { writeCheckpoint } from '../checkpoint/write.ts';
import { openStore, type Store } from '../store/database.ts';
import { insertQueue } from '../store/queues.ts';
import { insertRun } from '../store/runs.ts';
import { exampleCell, exampleModel, keptRun } from '../store/testing/example-rows.ts';
import { createBackup } from './create.ts';
import { unpackBackup } from './restore.ts';

/** Bytes that the disk still takes, and the error of the next; below everything that writes files. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY, code: 'ENOSPC' }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    writeSync: (file: number, bytes: Uint8Array, at: number, length: number, position: number) => {
      if (disk.room < length) throw Object.assign(new Error(`${disk.code}: write`), { code: disk.code });
      disk.room -= length;
      return fs.writeSync(file, bytes, at, length, position);
    },
  };
});

let root: string;
let store: Store;
let artifacts: ArtifactFolder;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'full-disk-'));
  store = openStore(join(root, 'regimen.db'));
  artifacts = openArtifactFolder(() => join(root, 'artifacts'));
  const run = keptRun(1);
  artifacts.write(run.artifact_file, exampleModel(1));
  insertRun(store, run, []);
  insertQueue(store, { name: 'q', spec: {}, createdAt: 1 }, [exampleCell(1, 'completed', 1)]);
});
afterEach(() => {
  disk.room = Number.POSITIVE_INFINITY;
  store.close();
  rmSync(root, { recursive: true });
});

const checkpoint = () =>
  writeCheckpoint({ store, artifacts, folder: join(root, 'checkpoints'), now: () => 1e12 }, 1);
const backup = () =>
  createBackup(
    {
      store,
      workspace: root,
      artifactFolder: artifacts.path,
      candleFolder: join(root, 'candles'),
      now: () => 1e12,
    },
    join(root, 'backup.zip'),
  );

describe.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'file-unreadable'],
  ['EIO', 'file-unreadable'],
])('a write that fails with %s', (errno, code) => {
  it.each([0, 10, 500])('after %i bytes is told, and nothing of the file stays', async (room) => {
    for (const write of [
      checkpoint,
      backup,
      async () => artifacts.write('new.model', new Uint8Array(1000)),
    ]) {
      Object.assign(disk, { room, code: errno });
      await expect(write()).rejects.toMatchObject({ code });
    }
    expect(readdirSync(join(root, 'artifacts'))).toEqual([keptRun(1).artifact_file]);
    expect(readdirSync(join(root, 'checkpoints'))).toEqual([]);
    expect(
      readdirSync(root)
        .filter((name) => !name.startsWith('regimen.db'))
        .sort(),
    ).toEqual(['artifacts', 'checkpoints']);
  });

  it('ends a restore before anything is changed', async () => {
    await backup();
    const target = join(root, 'target');
    Object.assign(disk, { room: 5000, code: errno });
    await expect(unpackBackup(join(root, 'backup.zip'), target)).rejects.toMatchObject({ code });
    expect(existsSync(target)).toBe(false);
  });
});

it('works again once there is room', async () => {
  Object.assign(disk, { room: 10, code: 'ENOSPC' });
  await expect(checkpoint()).rejects.toMatchObject({ code: 'disk-full' });
  disk.room = Number.POSITIVE_INFINITY;
  await checkpoint();
  expect(readdirSync(join(root, 'checkpoints'))).toHaveLength(1);
});

/** To root no folder is read-only. */
const isRoot = process.getuid?.() === 0;
it.skipIf(isRoot)('says that a read-only folder can not be written to', async () => {
  const folder = join(root, 'checkpoints');
  mkdirSync(folder);
  chmodSync(folder, 0o500);
  await expect(checkpoint()).rejects.toMatchObject({ code: 'file-unreadable' });
  chmodSync(folder, 0o700);
});
