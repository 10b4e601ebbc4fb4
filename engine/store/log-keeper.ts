import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { BUSY_TIMEOUT_MS, LOG_SUFFIX } from './errors.ts';

/** Runs that the write-ahead log holds at most; a transaction of something else counts as one. */
export const MOST_LOGGED = 16;
/** A log that is longer is put away at once, as SQLite itself would do after as many pages (1,000 of 4,096 bytes). */
const LONGEST_LOG_BYTES = 4096 * 1000;

/** Snapshots of this process by the file of their database. */
const snapshots = new Map<string, number>();
const keepers = new Map<string, Set<() => void>>();

/** Keeps the write-ahead log of one connection short. */
export interface LogKeeper {
  /** To be called before a transaction of so many runs. */
  makeRoom(runs: number): void;
  /** To be called after each commit. */
  committed(runs: number): void;
  /** Puts the log away now, where nobody reads from it. */
  putAway(): void;
  end(): void;
}

/**
 * SQLite recovers a log up to its first damaged frame, so that one flipped bit costs all that comes after it; and what has been copied
 * into the database but not cut off yet is recovered in part, over newer pages: a mixture of two states. So the log is copied and cut
 * off in one step (TRUNCATE), before it holds more than `MOST_LOGGED` runs, and never copied without (`wal_autocheckpoint` is off). Nobody
 * is waited for: with a reader at work, in this process or another, it is tried again after the next commit, and when a snapshot of this
 * process ends.
 */
export function createLogKeeper(db: Database.Database, file: string): LogKeeper {
  db.pragma('wal_autocheckpoint = 0');
  let logged = 0;

  function putAway(): void {
    if ((snapshots.get(file) ?? 0) > 0 || db.inTransaction) return;
    db.pragma('busy_timeout = 0');
    try {
      const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      if (result?.busy === 0) logged = 0;
    } catch {
      // What is committed stays in the log: a disk that is full or fails is told by the next commit.
    } finally {
      db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }
  function putAwayIfDue(): void {
    if (logged >= MOST_LOGGED || logBytes(file) > LONGEST_LOG_BYTES) putAway();
  }
  const others = keepers.get(file) ?? new Set();
  keepers.set(file, others.add(putAwayIfDue));
  return {
    makeRoom(runs) {
      // One that is full already is put away after the next commit, if a reader allows.
      if (logged < MOST_LOGGED && logged + runs > MOST_LOGGED) putAway();
    },
    committed(runs) {
      logged += runs;
      putAwayIfDue();
    },
    putAway,
    end() {
      others.delete(putAwayIfDue);
      if (others.size === 0) keepers.delete(file);
    },
  };
}

/** A snapshot was opened: what it reads from stays. Returns what is to be called once it is closed. */
export function holdLog(file: string): () => void {
  snapshots.set(file, (snapshots.get(file) ?? 0) + 1);
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    const left = snapshots.get(file)! - 1;
    if (left > 0) snapshots.set(file, left);
    else snapshots.delete(file);
    for (const putAwayIfDue of keepers.get(file) ?? []) putAwayIfDue();
  };
}

function logBytes(file: string): number {
  return statSync(file + LOG_SUFFIX, { throwIfNoEntry: false })?.size ?? 0;
}
