import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { EngineError } from '../contract/errors.ts';
import { insertAudit, insertChampion, removeChampion } from '../store/champions.ts';
import { insertQueue } from '../store/queues.ts';
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
import { readCheckpoint, readCheckpointNow } from './checkpoint.ts';
import { listCheckpoints } from './folder.ts';
import { restoreCheckpoint } from './restore.ts';
import { jsonOf } from './testing/rewrite.ts';
import { contents, fill, NOW, useWorkspaces, type Workspace, withoutTables } from './testing/workspaces.ts';
import { type GrowingCheckpoints, writeCheckpoint } from './write.ts';

const { workspace, fileIn } = useWorkspaces();

let ws: Workspace;
let queueId: number;
let path: string;
beforeEach(async () => {
  ws = workspace('ws');
  queueId = fill(ws);
  path = await writeCheckpoint(ws, queueId);
});

/** Cell 6 is trained: a champion takes the place of run 1, which is pushed out. */
function trainOne(): void {
  const run = keptRun(6);
  ws.artifacts.write(run.artifact_file, exampleModel(6));
  insertRun(ws.store, run, [exampleStrategy(0)]);
  ws.store.raw.exec(
    `UPDATE cells SET state = 'completed', run_id = 6 WHERE run_key = '${run.run_key}';
     UPDATE queues SET seconds = 20`,
  );
  removeChampion(ws.store, { ...exampleChampion(1, 'bull_trending', 1.25), runId: 1 });
  insertChampion(ws.store, exampleChampion(6, 'bull_trending', 2));
  clearArtifact(ws.store, 1);
  ws.artifacts.remove(keptRun(1).artifact_file);
}

const later = (seconds: number): Workspace => ({ ...ws, now: () => NOW + seconds * 1000 });

/** What becomes of a queue's state is no matter of the file. */
const held = (of: Workspace) => {
  const { tables, files } = withoutTables(contents(of));
  return { tables, files };
};

async function restored(name: string, from = path): Promise<ReturnType<typeof held>> {
  const after = workspace(name);
  await restoreCheckpoint(after, await readCheckpoint(from));
  return held(after);
}

describe('a checkpoint that is appended to', () => {
  it('keeps every byte that it had, and has what is new', async () => {
    const before = readFileSync(path);
    trainOne();
    expect(await writeCheckpoint(later(1), queueId)).toBe(path);
    const bytes = readFileSync(path);
    expect(bytes.subarray(0, before.length).equals(before)).toBe(true);
    expect(readdirSync(ws.folder)).toHaveLength(1);
    const { header } = await readCheckpoint(path);
    expect(header).toMatchObject({
      sequence: 1,
      created_at: '2026-01-02T03:04:06.000Z',
      queue: { spec: { symbols: ['EURUSD'] } },
      current_index: 6,
      statistics: { completed: 4, pending: 1, seconds: 20 },
    });
    expect(listCheckpoints(ws.folder).map((info) => info.header)).toEqual([header]);
  });

  it('gives way to a new one once half as many results again have come, so that a bad one leaves most to the one before', async () => {
    const cells = Array.from({ length: 100 }, (_, n) => exampleCell(n + 20, 'pending', null));
    const long = insertQueue(ws.store, { name: 'long', spec: {}, createdAt: NOW }, cells);
    const growing: GrowingCheckpoints = new Map();
    const pathsAfter = async (...completed: number[]) => {
      const paths: string[] = [];
      for (const count of completed) {
        ws.store.raw.exec(
          `UPDATE cells SET state = 'completed' WHERE queue_id = ${long} AND cell_index < ${count}`,
        );
        paths.push(await writeCheckpoint(later(count), long, growing));
      }
      return paths;
    };
    const [first, ...others] = await pathsAfter(4, 60, 70, 71, 100);
    expect(others.map((other) => other === first)).toEqual([true, true, false, false]);
    expect(others[3]).toBe(others[2]);
  });

  it('restores as one that was written at once', async () => {
    trainOne();
    await writeCheckpoint(later(1), queueId);
    const whole = await writeCheckpoint({ ...later(1), folder: fileIn('elsewhere') }, queueId);
    const sorted = (file: string) => {
      const json = jsonOf(file);
      for (const list of [json.trained, json.models] as { index?: number; file?: string }[][]) {
        list.sort((a, b) => (a.index ?? 0) - (b.index ?? 0) || String(a.file).localeCompare(String(b.file)));
      }
      return json;
    };
    expect(sorted(path)).toEqual(sorted(whole));
    expect(await restored('appended')).toEqual(held(ws));
  });

  it('overrides what changed: champions that went, states, decisions, runs evaluated again', async () => {
    trainOne();
    await writeCheckpoint(later(1), queueId);
    // Back again, as after a restore.
    ws.artifacts.write(keptRun(1).artifact_file, exampleModel(1));
    ws.store.raw.exec(`UPDATE runs SET kept = 1, artifact_file = '${keptRun(1).artifact_file}' WHERE id = 1`);
    removeChampion(ws.store, { ...exampleChampion(6, 'bull_trending', 2), runId: 6 });
    insertChampion(ws.store, exampleChampion(1, 'bull_trending', 1.5));
    const [decision] = [...(await readCheckpoint(path)).runs()][3]!.audit;
    const { old_run: _old, ...row } = decision!;
    insertAudit(ws.store, { ...row, run_id: 4, old_run_id: null, reason: 'decided again' });
    ws.store.raw.exec(`UPDATE runs SET selection = '{"score":"roi"}', rmse = 7 WHERE id = 5`);
    await writeCheckpoint(later(2), queueId);
    const checkpoint = await readCheckpoint(path);
    expect(
      [...checkpoint.runs()].map(({ id, kept, rmse, audit }) => [id, kept, rmse === 7, audit.length]),
    ).toEqual([
      [1, 1, false, 1],
      [2, 1, false, 1],
      [3, 0, false, 0],
      [4, 0, false, 2],
      [5, 0, true, 0],
      [6, 1, false, 0],
    ]);
    expect([...checkpoint.champions()].map(({ run, score }) => [run, score])).toEqual([
      [exampleRun(1).uuid, 1.5],
      [exampleRun(2).uuid, 0.5],
    ]);
    expect([...checkpoint.models()].map(({ run }) => run).sort()).toEqual(
      [1, 2, 6].map((id) => exampleRun(id).uuid).sort(),
    );
  });

  it('costs what is new', async () => {
    const one = statSync(path).size;
    await writeCheckpoint(later(1), queueId);
    const nothing = statSync(path).size - one;
    expect(nothing).toBeLessThan(800);
    expect(nothing).toBeLessThan(one / 3);
  });

  it('goes on from what the process knows, and reads it again where another wrote meanwhile', async () => {
    placeQueue(ws.store, queueId, 'running');
    const growing: GrowingCheckpoints = new Map();
    await writeCheckpoint(later(1), queueId, growing);
    expect([...growing.keys()]).toEqual([queueId]);
    trainOne();
    await writeCheckpoint(later(2), queueId);
    await writeCheckpoint(later(3), queueId, growing);
    expect((await readCheckpoint(path)).header).toMatchObject({ created_at: '2026-01-02T03:04:08.000Z' });
    expect([...(await readCheckpoint(path)).runIdentities()]).toHaveLength(6);
    placeQueue(ws.store, queueId, 'completed');
    await writeCheckpoint(later(4), queueId, growing);
    expect(growing.size).toBe(0);
  });
});

describe('a process that is killed while it appends', () => {
  it('leaves at each byte what was there before, and the next append goes on from it', async () => {
    const before = readFileSync(path);
    const first = held(ws);
    trainOne();
    await writeCheckpoint(later(1), queueId);
    const after = readFileSync(path);
    const cut = fileIn('cut.json');
    for (let length = before.length; length < after.length; length += 1) {
      writeFileSync(cut, after.subarray(0, length));
      const { header } = readCheckpointNow(cut);
      expect(header.created_at, `cut at ${length}`).toBe('2026-01-02T03:04:05.000Z');
    }
    expect(await restored('cut', cut)).toEqual(first);

    for (const length of [before.length + 1, before.length + 100, after.length - 1]) {
      truncateSync(path, length);
      await writeCheckpoint(later(1), queueId);
      expect(readFileSync(path).equals(after), `cut at ${length}`).toBe(true);
    }
  }, 60_000);

  it('has nothing where not even the first block was written, which never stands under its name', async () => {
    const bytes = readFileSync(path);
    const cut = fileIn('cut.json');
    for (let length = 0; length < bytes.length; length += 7) {
      writeFileSync(cut, bytes.subarray(0, length));
      await expect(readCheckpoint(cut)).rejects.toMatchObject({ code: 'artifact-damaged' });
    }
  });

  it('cuts its file back where the append fails', async () => {
    const before = readFileSync(path);
    trainOne();
    const unreadable = keptRun(6).artifact_file;
    const artifacts: ArtifactFolder = {
      ...ws.artifacts,
      path: ws.artifacts.path,
      read: (file) => (file === unreadable ? fail() : ws.artifacts.read(file)),
    };
    // Kept, but champion of nothing: its model is read when half of the block is written.
    removeChampion(ws.store, { ...exampleChampion(6, 'bull_trending', 2), runId: 6 });
    await expect(writeCheckpoint({ ...later(1), artifacts }, queueId)).rejects.toThrow('no more');
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

function fail(): never {
  throw new Error('no more');
}

describe('a new file is begun', () => {
  const sequences = () => listCheckpoints(ws.folder).map(({ header }) => header.sequence);

  it('where the newest is damaged, or of an older version', async () => {
    const bytes = readFileSync(path);
    bytes[bytes.length - 200]! ^= 1;
    writeFileSync(path, bytes);
    const second = await writeCheckpoint(later(1), queueId);
    expect(second).not.toBe(path);
    expect(sequences()).toEqual([2, 1]);
    expect(await restored('second', second)).toEqual(held(ws));
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('where it has what the database lost', async () => {
    ws.store.raw.exec(`UPDATE cells SET run_id = NULL, state = 'pending' WHERE run_id = 4;
      DELETE FROM audit WHERE run_id = 4; DELETE FROM strategies WHERE run_id = 4; DELETE FROM runs WHERE id = 4`);
    const second = await writeCheckpoint(later(1), queueId);
    expect(second).not.toBe(path);
    expect([...(await readCheckpoint(path)).runIdentities()].map(({ id }) => id)).toContain(4);
    expect([...(await readCheckpoint(second)).runIdentities()].map(({ id }) => id)).not.toContain(4);
  });

  it('where it would be about twice as large, and three of a queue are left', async () => {
    const model = (seed: number) => {
      let x = seed;
      return Uint8Array.from({ length: 300_000 }, () => {
        x = (x * 1_103_515_245 + 12_345) % 2 ** 31;
        return x >> 16;
      });
    };
    const largest: number[] = [];
    for (let n = 1; n <= 14; n++) {
      // A champion's model that is another one each time.
      const file = keptRun(2).artifact_file.replace('_', `_${n}_`);
      ws.artifacts.write(file, model(n));
      ws.store.raw.exec(`UPDATE runs SET artifact_file = '${file}' WHERE id = 2`);
      const at = await writeCheckpoint(later(n), queueId);
      largest.push(statSync(at).size);
      expect([...(await readCheckpoint(at)).models()].find(({ run }) => run === keptRun(2).uuid)!.file).toBe(
        file,
      );
    }
    expect(Math.max(...largest)).toBeLessThan(2 * 310_000 + (512 << 10));
    expect(sequences().length).toBe(3);
    expect(sequences()[0]).toBeGreaterThan(3);
  });
});

function codeOf(file: string): string {
  try {
    readCheckpointNow(file);
    return 'none';
  } catch (error) {
    return (error as EngineError).code;
  }
}

describe('damage', () => {
  it('of any single bit is noticed', async () => {
    trainOne();
    await writeCheckpoint(later(1), queueId);
    const bytes = readFileSync(path);
    const broken = fileIn('broken.json');
    const unnoticed: number[] = [];
    for (let at = 0; at < bytes.length; at++) {
      bytes[at]! ^= 1 << (at % 8);
      writeFileSync(broken, bytes);
      if (codeOf(broken) !== 'artifact-damaged') unnoticed.push(at);
      bytes[at]! ^= 1 << (at % 8);
    }
    expect(unnoticed).toEqual([]);
    expect(codeOf(path)).toBe('none');
  }, 180_000);

  it('says what can still be read: all before it', async () => {
    const first = statSync(path).size;
    await writeCheckpoint(later(1), queueId);
    const bytes = readFileSync(path);
    bytes[first + 30]! ^= 1;
    writeFileSync(path, bytes);
    await expect(readCheckpoint(path)).rejects.toThrow(
      'what was saved until 2026-01-02T03:04:05.000Z can still be read',
    );
  });

  it('of what is appended to it is noticed, too', async () => {
    const before = readFileSync(path);
    appendFileSync(path, Buffer.alloc(100, 1));
    await expect(readCheckpoint(path)).rejects.toMatchObject({ code: 'artifact-damaged' });
    // But for what a power cut leaves: length without content.
    writeFileSync(path, Buffer.concat([before, Buffer.alloc(100)]));
    expect([...(await readCheckpoint(path)).runIdentities()]).toHaveLength(5);
    expect(await writeCheckpoint(later(1), queueId)).toBe(path);
    expect((await readCheckpoint(path)).header.created_at).toBe('2026-01-02T03:04:06.000Z');
  });
});
