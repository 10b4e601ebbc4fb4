import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { loggedTransactions } from '../../engine/store/testing/log-file.ts';
import { SMALL_GRID } from '../../engine/testing/workspace.ts';
import { regimen } from './cli.ts';
import { runHost } from './host-process.ts';
import { finish } from './kill.ts';
import { useUninterrupted, useWorkspaces } from './workspaces.ts';

/** Runs that the write-ahead log holds (`engine/store/log-keeper.ts`), and those that share a transaction (`engine/queue/commit-groups.ts`). */
const MOST_LOGGED = 16;
const MOST_TOGETHER = 8;

const workspaces = useWorkspaces();
const uninterrupted = useUninterrupted(workspaces);

/** Jobs that computed tables are no part of what a grid comes to. */
async function removeAllButTheFirst(workspace: string): Promise<void> {
  const engine = createEngine({ workspace, role: 'command' });
  for (const { id } of await engine.call('queue.list', {})) {
    if (id !== 1) await engine.call('queue.remove', { queueId: id });
  }
  await engine.close();
}

/** Ends a process right after a result is committed; nothing is opened after that, which would put the log away. */
async function killedAt(workspace: string, result: number): Promise<void> {
  const { status } = await runHost(workspace, SMALL_GRID, { killAt: `committed#${result}` });
  expect(status).toBe('SIGKILL');
}

/** A workspace whose process was killed while the log held something: which results are together, and so when it is put away, is a matter of time. */
async function killedWithLog() {
  for (const result of [15, 14, 13, 12, 11, 10]) {
    const workspace = workspaces.create();
    await killedAt(workspace, result);
    const file = join(workspace, 'regimen.db');
    const [first] = loggedTransactions(file);
    if (first) return { workspace, file, first };
  }
  throw new Error('the log was empty after every kill');
}

/** Runs of a database that is sound; the file is opened in place. */
function runsIn(file: string): number {
  const db = new Database(file);
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    return db.prepare('SELECT count(*) FROM runs').pluck().get() as number;
  } finally {
    db.close();
  }
}

/** Transactions that were looked at: a log that was just put away holds none. */
let looked = 0;
afterAll(() => expect(looked).toBeGreaterThan(0));

test.each([12, 15, 16, 17, 23])(
  'after a kill at result %i the log holds no more than its bound',
  async (kill) => {
    const workspace = workspaces.create();
    await killedAt(workspace, kill);
    const file = join(workspace, 'regimen.db');
    const logged = loggedTransactions(file);
    looked += logged.length;

    // Without its log the database is that of an earlier moment, and no mixture.
    const alone = join(workspace, 'alone.db');
    copyFileSync(file, alone);
    const put = runsIn(alone);
    const whole = `${workspace}-whole`;
    cpSync(workspace, whole, { recursive: true });
    const total = runsIn(join(whole, 'regimen.db'));
    expect(total).toBeGreaterThanOrEqual(kill);
    expect(total).toBeLessThan(kill + MOST_TOGETHER);
    expect(total - put).toBeLessThanOrEqual(MOST_LOGGED);

    // The same where one bit of the log is flipped, in whatever transaction, and SQLite alone reads it.
    let before = put;
    for (const [n, { from, to }] of logged.entries()) {
      const copy = `${workspace}-flip-${n}`;
      cpSync(workspace, copy, { recursive: true });
      const log = join(copy, 'regimen.db-wal');
      const bytes = readFileSync(log);
      bytes[Math.floor((from + to) / 2)]! ^= 0x10;
      writeFileSync(log, bytes);
      const left = runsIn(join(copy, 'regimen.db'));
      // Those of the transactions before it.
      if (n === 0) expect(left).toBe(put);
      expect(left).toBeGreaterThanOrEqual(before);
      expect(left).toBeLessThanOrEqual(Math.min(before + MOST_TOGETHER, total));
      before = left;
    }
  },
);

test('what a damaged log costs is told at the next start, comes back from the checkpoint, and ends the same', async () => {
  const { workspace, file, first } = await killedWithLog();
  const early = ['', '-wal'].map((suffix) => [file + suffix, readFileSync(file + suffix)] as const);
  await finish(workspace, SMALL_GRID);
  // An older state of database and log comes back, with a damaged sector: one flipped bit of the log would be turned back.
  const middle = Math.floor((first.from + first.to) / 2);
  early[1]![1].fill(7, middle, middle + 512);
  for (const [path, bytes] of early) writeFileSync(path, bytes);

  const said = await regimen(workspace, 'recovery', 'lost').ended;
  expect(said.stdout).toMatch(
    /^Job 1 "Crash test": \d+ of the \d+ results in queue_1_checkpoint_\S+ missing\.$/m,
  );
  const refused = await regimen(workspace, 'jobs', 'resume', '1').ended;
  expect(refused.stderr).toContain('Nothing is trained or removed until it is decided');
  expect(refused.stderr).toContain('regimen recovery restore');
  expect(refused.status).not.toBe(0);
  const restored = await regimen(workspace, 'recovery', 'restore').ended;
  expect(restored.stdout).toContain('brought back');
  expect(restored.stdout).toMatch(
    /^\d+ runs? (has|have) no table of strategies, which no checkpoint holds: /m,
  );
  await finish(workspace, SMALL_GRID);
  const computed = await regimen(workspace, 'evaluate', '--retrain-deleted').ended;
  expect(computed.stderr).toContain('table of strategies is not in the checkpoint');
  await removeAllButTheFirst(workspace);
  await uninterrupted.expectSameEnd(workspace);
});
