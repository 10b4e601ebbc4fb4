import { existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import { makePrivateFolder, writeError } from '../files/atomic-write.ts';
import type { Store } from '../store/database.ts';
import { countCells, findQueue, type QueueRow } from '../store/queues.ts';
import { readCheckpointNow } from './checkpoint.ts';
import { type CheckpointInfo, listCheckpoints } from './folder.ts';

/** Results that a checkpoint holds and the database lacks. */
export interface LostResults {
  /** Newest first: the first that can be read, and holds them. */
  readonly checkpoint: CheckpointInfo;
  /** How many results it holds, and how many of them the database lacks. */
  readonly results: number;
  readonly missing: number;
  /** Newer ones that can't be read. */
  readonly unreadable: readonly string[];
}

/** Where checkpoints go whose results nobody wants back, in the folder of checkpoints. */
export const DECLINED = 'declined';

/**
 * Compares the newest checkpoint of each job, of those that can be read, with the database. It never holds more than the database
 * unless that lost something: a log cut by a damaged bit, a copy without its log, an older state that came back. Where its header
 * says no more results than the database has, it is not read any further. A job that a process trains (`isActive`) is left alone: it
 * may have got further since the database was looked at.
 */
export function findLost(
  store: Store,
  folder: string,
  isActive: (queue: QueueRow) => boolean,
): LostResults[] {
  const jobs = Map.groupBy(
    listCheckpoints(folder),
    ({ header }) => `${header.queue.id} ${header.queue.created_at}`,
  );
  return [...jobs.values()].flatMap((newestFirst) => lostOf(store, newestFirst, isActive) ?? []);
}

function lostOf(
  store: Store,
  newestFirst: readonly CheckpointInfo[],
  isActive: (queue: QueueRow) => boolean,
): LostResults | undefined {
  const unreadable: string[] = [];
  for (const checkpoint of newestFirst) {
    if (!saysMore(store, checkpoint, isActive)) {
      if (!checkpoint.isDoubtful) return undefined;
      unreadable.push(basename(checkpoint.path));
      continue;
    }
    try {
      const counts = missingResults(store, checkpoint);
      return counts.missing === 0 ? undefined : { checkpoint, unreadable, ...counts };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      unreadable.push(basename(checkpoint.path));
    }
  }
  return undefined;
}

function saysMore(store: Store, { header }: CheckpointInfo, isActive: (queue: QueueRow) => boolean): boolean {
  const { id, created_at } = header.queue;
  const queue = findQueue(store, id);
  const isThere = queue !== undefined && queue.created_at === created_at;
  if (isThere && isActive(queue)) return false;
  const known = isThere ? countCells(store, id) : { completed: 0, failed: 0 };
  const { completed, failed } = header.statistics;
  return completed + failed > known.completed + known.failed;
}

function missingResults(store: Store, { path }: CheckpointInfo): { results: number; missing: number } {
  const known = store.prepare('SELECT 1 FROM runs WHERE uuid = ?');
  let results = 0;
  let missing = 0;
  for (const { uuid } of readCheckpointNow(path).runIdentities()) {
    results++;
    if (known.get(uuid) === undefined) missing++;
  }
  return { results, missing };
}

/**
 * Moves a job's checkpoints aside: its next ones count from what the database has. They can still be resumed from by hand, until
 * they are as old as any checkpoint gets. @throws EngineError `file-unreadable`, `disk-full`
 */
export function declineLost({ checkpoint }: LostResults, folder: string): void {
  const { id, created_at } = checkpoint.header.queue;
  const target = join(folder, DECLINED);
  try {
    makePrivateFolder(target);
    for (const { path, header } of listCheckpoints(folder)) {
      if (header.queue.id !== id || header.queue.created_at !== created_at) continue;
      renameSync(path, join(target, freeName(target, basename(path))));
    }
  } catch (error) {
    throw writeError(target, error);
  }
}

function freeName(folder: string, name: string): string {
  if (!existsSync(join(folder, name))) return name;
  const taken = new Set(readdirSync(folder));
  const { base, end } = /^(?<base>.+?)(?<end>\.[a-z]+)$/.exec(name)!.groups as { base: string; end: string };
  let n = 2;
  while (taken.has(`${base}_${n}${end}`)) n++;
  return `${base}_${n}${end}`;
}
