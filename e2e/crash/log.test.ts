import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { loggedTransactions } from '../../engine/store/testing/log-file.ts';
import { SMALL_GRID } from '../../engine/testing/workspace.ts';
import { killAtStep } from './kill.ts';
import { useWorkspaces } from './workspaces.ts';

/** Transactions of the write-ahead log, of which each run is one (`engine/store/log-keeper.ts`). */
const MOST_LOGGED = 16;

const workspaces = useWorkspaces();

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

test.each([12, 15, 16, 17, 23])(
  'after a kill at result %i the log holds no more than its bound',
  async (kill) => {
    const workspace = workspaces.create();
    await killAtStep(workspace, SMALL_GRID, 'committed', kill);
    const file = join(workspace, 'regimen.db');
    const logged = loggedTransactions(file);
    expect(logged.length).toBeLessThanOrEqual(MOST_LOGGED);

    // Without its log the database is that of an earlier moment, and no mixture.
    const alone = join(workspace, 'alone.db');
    copyFileSync(file, alone);
    const put = runsIn(alone);
    expect(put).toBeGreaterThanOrEqual(kill - MOST_LOGGED);
    expect(put).toBeLessThanOrEqual(kill);

    // The same where one bit of the log is flipped, in whatever transaction.
    for (const [n, { from, to }] of logged.entries()) {
      const copy = `${workspace}-flip-${n}`;
      cpSync(workspace, copy, { recursive: true });
      const log = join(copy, 'regimen.db-wal');
      const bytes = readFileSync(log);
      bytes[Math.floor((from + to) / 2)]! ^= 0x10;
      writeFileSync(log, bytes);
      const left = runsIn(join(copy, 'regimen.db'));
      expect(left).toBeGreaterThanOrEqual(put);
      expect(left).toBeLessThanOrEqual(put + n);
    }
  },
);
