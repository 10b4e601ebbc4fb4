import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Compressed, compressOldModels } from '../artifacts/compress.ts';
import { type CheckpointInfo, pruneCheckpoints } from '../checkpoint/folder.ts';
import { DECLINED } from '../checkpoint/lost.ts';
import type { Config } from '../config/schema.ts';
import type { CleanupDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { deadTemporaries, type Leftover } from '../files/leftovers.ts';
import { ACTIVE_STATES } from '../queue/states.ts';
import type { Store } from '../store/database.ts';
import { findQueue, queuesInStates } from '../store/queues.ts';
import { keptModels, setArtifactBytes } from '../store/runs.ts';
import { removeDeadCopies } from '../store/still-copy.ts';
import { ORPHANS, oldOrphans } from './orphans.ts';
import { applySweep, foldersOfVersions, planSweep, type SweepDeps } from './sweep.ts';

export type CleanupDeps = SweepDeps & { readonly config: Config };

/**
 * Removes old checkpoints (older than `days`, else `recovery.max_checkpoint_age_days`), old orphans and what crashes left
 * unfinished, moves aside what no run claims, and compresses old models. With `dryRun` it only counts.
 * @throws EngineError `conflict` while a queue runs
 */
export function cleanup(
  deps: CleanupDeps,
  { days, dryRun }: { readonly days?: number | undefined; readonly dryRun: boolean },
): Omit<CleanupDto, 'shrunk'> {
  const [active] = queuesInStates(deps.store, ACTIVE_STATES);
  if (active !== undefined) {
    throw new EngineError(
      'conflict',
      `Queue ${active.id} "${active.name}" is ${active.state}. Clean up when nothing is trained: pause it, or wait until it is done.`,
      { queueId: active.id },
    );
  }
  const plan = planSweep(deps, true);
  if (!dryRun) applySweep(deps, plan);
  const tidied = tidy(deps, { days, dryRun });
  return {
    dryRun,
    checkpoints: tidied.checkpoints.length,
    orphans: plan.orphans.length,
    unfinished: new Set([...plan.files, ...tidied.leftovers].map(({ path }) => path)).size,
    oldOrphans: tidied.orphans.length,
    left: plan.left.length,
    missing: plan.missing.length,
    compressed: tidied.compressed.files,
    freedBytes:
      sumBytes(plan.files) +
      sumBytes(tidied.leftovers.filter((l) => plan.files.every(({ path }) => path !== l.path))) +
      sumBytes(tidied.checkpoints) +
      sumBytes(tidied.orphans) +
      tidied.compressed.freedBytes,
  };
}

export interface Tidied {
  readonly checkpoints: readonly CheckpointInfo[];
  readonly orphans: readonly { readonly path: string; readonly bytes: number }[];
  readonly compressed: Compressed;
  /** What killed processes left. */
  readonly leftovers: readonly Leftover[];
}

/** What is due by age: it needs no look at what belongs to whom. */
export function tidy(
  deps: CleanupDeps,
  { days, dryRun }: { readonly days?: number | undefined; readonly dryRun: boolean },
): Tidied {
  const { store, artifacts, candleFolder, checkpointFolder, config, now } = deps;
  const due = { maxAgeDays: days ?? config.recovery.max_checkpoint_age_days, now: now(), dryRun };
  const checkpoints = [
    ...pruneCheckpoints(checkpointFolder, {
      ...due,
      isFinished: (checkpoint) => isFinished(store, checkpoint),
    }),
    // Nobody wants these back.
    ...pruneCheckpoints(join(checkpointFolder, DECLINED), { ...due, isFinished: () => true }),
  ];
  const own = [dirname(store.file), artifacts.path, candleFolder, checkpointFolder];
  const folders = new Set([...own, ...foldersOfVersions(deps)]);
  const leftovers = [...folders].flatMap((folder) => deadTemporaries(folder, now()));
  if (!dryRun) for (const { path } of leftovers) rmSync(path, { force: true });
  if (!dryRun) removeDeadCopies();
  const orphans = oldOrphans(join(artifacts.path, ORPHANS), {
    now: now(),
    maxAgeDays: config.storage.max_orphan_age_days,
  });
  if (!dryRun) for (const { path } of orphans) rmSync(path, { force: true });
  const { compress_old_models, compress_after_days: afterDays } = config.model_management;
  const compressed = compress_old_models
    ? compressOldModels({
        artifacts,
        kept: keptModels(store),
        onCompressed: ({ id }, bytes) => setArtifactBytes(store, id, bytes),
        afterDays,
        now,
        dryRun,
      })
    : { files: 0, freedBytes: 0 };
  return { checkpoints, orphans, compressed, leftovers };
}

/** A queue that the database does not know may have been lost with an earlier one: it could still be resumed. */
function isFinished(store: Store, { header }: CheckpointInfo): boolean {
  const queue = findQueue(store, header.queue.id);
  if (queue === undefined || queue.created_at !== header.queue.created_at) return false;
  return queue.state === 'completed' || queue.state === 'cancelled';
}

function sumBytes(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}
