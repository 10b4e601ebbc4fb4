import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { countLackingTables } from '../store/tables.ts';
import { damageRows } from '../store/testing/damage-rows.ts';
import { exampleRun } from '../store/testing/example-rows.ts';
import { encodeBlock, finish, readPiece, scanBlocks } from './block-form.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { restoreCheckpoint } from './restore.ts';
import { rewrite } from './testing/rewrite.ts';
import { contents, fill, useWorkspaces, type Workspace, withoutTables } from './testing/workspaces.ts';
import { writeCheckpoint } from './write.ts';

const { workspace } = useWorkspaces();

let ws: Workspace;
let queueId: number;
let path: string;
beforeEach(async () => {
  ws = workspace('ws');
  queueId = fill(ws);
  path = await writeCheckpoint(ws, queueId);
});

const tablesOf = ({ store }: Workspace) =>
  store.raw
    .prepare<[], Buffer | null>('SELECT results FROM runs ORDER BY id')
    .pluck()
    .all()
    .map((table) => table?.toString() ?? null);

/** Of the completed runs of `fill`; the third failed. */
const TABLES = [1, 2, 3, 4, 5].map((n) => (n === 3 ? null : String(exampleRun(n).results)));

/** The same as version 3 wrote it, with each run's table behind its line. */
function asVersion3(): string {
  const blocks = finish(scanBlocks(path));
  const entries = blocks.pieces.flatMap((piece) =>
    readPiece(path, piece).map((item) => {
      if (piece.kind !== 'results') return { kind: piece.kind, item };
      const { results_digest: _digest, ...run } = JSON.parse(Buffer.from(item.json).toString());
      const table = TABLES[run.id - 1];
      return {
        kind: piece.kind,
        item: {
          json: Buffer.from(JSON.stringify({ ...run, results: null })),
          bytes: table === null ? undefined : Buffer.from(table!),
        },
      };
    }),
  );
  const first = Buffer.from(
    readFileSync(path, 'latin1').split('\n', 1)[0]!.replace('"version":4', '"version":3').concat('\n'),
    'latin1',
  );
  const saved = JSON.parse(Buffer.from(entries.at(-1)!.item.json).toString());
  const hash = createHash('sha256').update(first);
  const items = entries.slice(0, -1);
  writeFileSync(path, Buffer.concat([first, ...encodeBlock(hash, items, saved)]));
  return path;
}

function asVersion2(): string {
  return rewrite(path, (json) => {
    for (const run of json.results) {
      const table = TABLES[(run.id as number) - 1];
      run.results = table === null ? null : Buffer.from(table!).toString('base64');
      delete run.results_digest;
    }
  });
}

async function restored(checkpoint: Checkpoint, into: Workspace): Promise<Workspace> {
  await restoreCheckpoint(into, checkpoint);
  return into;
}

describe('tables of strategies', () => {
  it('are in no checkpoint, and what comes back is said to lack them', async () => {
    const bytes = readFileSync(path, 'latin1');
    for (const table of TABLES) if (table !== null) expect(bytes).not.toContain(table);
    const after = await restored(await readCheckpoint(path), workspace('after'));
    expect(tablesOf(after)).toEqual([null, null, null, null, null]);
    // One failed and never had any.
    expect(countLackingTables(after.store, 1)).toEqual({ kept: 2, deleted: 2 });
    expect(countLackingTables(ws.store, queueId)).toEqual({ kept: 0, deleted: 0 });
  });

  it.each([
    ['3', asVersion3],
    ['2', asVersion2],
  ])('of a checkpoint of version %s are used', async (_version, older) => {
    const after = await restored(await readCheckpoint(older()), workspace('after'));
    expect(contents(after)).toEqual({ ...contents(ws), queues: expect.anything() });
    expect(tablesOf(after)).toEqual(TABLES);
  });

  it('come to a run that lacks one from an older checkpoint, unless it was evaluated otherwise since', async () => {
    const after = await restored(await readCheckpoint(path), workspace('after'));
    after.store.raw.exec("UPDATE runs SET evaluation_keys = '{}' WHERE id = 4");
    const before = contents(after);
    await restored(await readCheckpoint(asVersion3()), after);
    expect(tablesOf(after)).toEqual(TABLES.with(3, null));
    expect(withoutTables(contents(after))).toEqual(before);
  });

  it('stay with a run whose damaged row is replaced where they are what was written, and go where they are not', async () => {
    const checkpoint = await readCheckpoint(path);
    damageRows(ws.store, 'UPDATE runs SET rmse = rmse * 2 WHERE id IN (1, 4)');
    damageRows(ws.store, "UPDATE runs SET results = CAST(results || 'x' AS BLOB) WHERE id IN (2, 4)");
    await restored(checkpoint, ws);
    expect(tablesOf(ws)).toEqual([TABLES[0], null, null, null, TABLES[4]]);
    expect(countLackingTables(ws.store, queueId)).toEqual({ kept: 1, deleted: 1 });
  });
});
