import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileStamp } from '../files/file-stamp.ts';
import { readHeader } from './file.ts';
import { type CheckpointHeader, headerSchema } from './schema.ts';

/** Checkpoints of one queue that are kept: each holds all there is, the older ones stand in for a damaged newest. */
const KEPT_PER_QUEUE = 3;
const DAY_MS = 86_400_000;
const NAME = /^queue_(?<id>\d+)_checkpoint_\d{8}_\d{6}(_\d+)?\.json$/;

export function isCheckpointName(name: string): boolean {
  return NAME.test(name);
}

export interface CheckpointInfo {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly createdAt: number;
  readonly header: CheckpointHeader;
  /** Whether damage may hide a later header. */
  readonly isDoubtful: boolean;
}

/**
 * The checkpoints in a folder, the newest of each queue first; queues by their number. Contents are not verified. What
 * is not named as a checkpoint or does not begin as one is left out.
 */
export function listCheckpoints(folder: string): CheckpointInfo[] {
  if (!existsSync(folder)) return [];
  const infos = readdirSync(folder, { withFileTypes: true }).flatMap((entry): CheckpointInfo[] => {
    if (!entry.isFile() || !isCheckpointName(entry.name)) return [];
    const path = join(folder, entry.name);
    const found = readHeader(path);
    const header = headerSchema.safeParse(found?.header).data;
    if (found === undefined || header === undefined) return [];
    const { isDoubtful } = found;
    return [
      { path, bytes: statSync(path).size, createdAt: Date.parse(header.created_at), header, isDoubtful },
    ];
  });
  return infos.sort((a, b) => a.header.queue.id - b.header.queue.id || b.header.sequence - a.header.sequence);
}

/** The queue's own checkpoints, newest first. A number that was given out again after a loss tells two queues. */
export function checkpointsOf(
  folder: string,
  queue: { readonly id: number; readonly created_at: number },
): CheckpointInfo[] {
  return listCheckpoints(folder).filter(
    ({ header }) => header.queue.id === queue.id && header.queue.created_at === queue.created_at,
  );
}

/** A name that is not taken yet: two checkpoints of one second are told apart by a number. */
export function checkpointPath(folder: string, queueId: number, now: number): string {
  const base = join(folder, `queue_${queueId}_checkpoint_${fileStamp(now)}`);
  let path = `${base}.json`;
  for (let n = 2; existsSync(path); n++) path = `${base}_${n}.json`;
  return path;
}

export interface PruneOptions {
  readonly maxAgeDays: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
  readonly dryRun: boolean;
  /** Whether nothing more will be trained in the queue of this checkpoint. */
  isFinished(checkpoint: CheckpointInfo): boolean;
}

/**
 * Removes checkpoints that are too old, and all but the newest three of each queue; the newest of a queue that is not
 * finished stays whatever its age. Returns those removed, or that would be.
 */
export function pruneCheckpoints(folder: string, options: PruneOptions): CheckpointInfo[] {
  const oldest = options.now - options.maxAgeDays * DAY_MS;
  const queues = Map.groupBy(
    listCheckpoints(folder),
    ({ header }) => `${header.queue.id} ${header.queue.created_at}`,
  );
  const doomed = [...queues.values()].flatMap((checkpoints) =>
    checkpoints.filter((checkpoint, age) =>
      age === 0
        ? checkpoint.createdAt < oldest && options.isFinished(checkpoint)
        : age >= KEPT_PER_QUEUE || checkpoint.createdAt < oldest,
    ),
  );
  if (!options.dryRun) removeCheckpoints(doomed);
  return doomed;
}

/** Leaves the newest three of one queue. */
export function dropSuperseded(newestFirst: readonly CheckpointInfo[]): void {
  removeCheckpoints(newestFirst.slice(KEPT_PER_QUEUE));
}

export function removeCheckpoints(checkpoints: readonly CheckpointInfo[]): void {
  for (const { path } of checkpoints) rmSync(path, { force: true });
}
