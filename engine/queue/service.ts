import { join } from 'node:path';
import { writeCheckpoint } from '../checkpoint/checkpoint.ts';
import { CHECKPOINT_FOLDER, checkpointsOf, removeCheckpoints } from '../checkpoint/folder.ts';
import type { QueueDto } from '../contract/dto/index.ts';
import { requireQueue } from '../store/queues.ts';
import { queueDto } from '../views/queues.ts';
import { removeQueue } from './door.ts';
import { createQueueEdits, type QueueEdits } from './edits.ts';
import { createLauncher, type Launcher, type LauncherDeps } from './launcher.ts';
import { createLease } from './lease.ts';
import type { ProcessTable } from './owner.ts';
import { createRecovery, type QueueRecovery } from './recovery.ts';

export interface QueueServiceDeps extends Omit<LauncherDeps, 'lease' | 'changed' | 'checkpoint'> {
  /** How many threads would train a queue that is started now. */
  readonly threads: () => number;
  readonly processes: ProcessTable;
}

/** The queues of a workspace. */
export interface QueueService {
  readonly edits: QueueEdits;
  readonly launcher: Launcher;
  readonly recovery: QueueRecovery;
  /** Removes a queue with its checkpoints; its runs stay. @throws EngineError `conflict` while it is trained */
  remove(queueId: number): Promise<void>;
  /** @throws EngineError `workspace-busy` while another living process runs a queue of this workspace */
  assertNotForeign(): void;
}

export function createQueueService(deps: QueueServiceDeps): QueueService {
  const { store, artifacts, config, feed, emit, now } = deps;
  const checkpoints = { store, artifacts, folder: join(deps.workspace, CHECKPOINT_FOLDER), now };

  function changed(queueId: number): QueueDto {
    const dto = queueDto(store, requireQueue(store, queueId));
    emit({ type: 'queue.changed', queue: dto });
    return dto;
  }

  async function checkpoint(queueId: number): Promise<void> {
    try {
      await writeCheckpoint(checkpoints, queueId);
      feed.info(queueId, 'Checkpoint saved', { topic: 'checkpoint' });
    } catch (error) {
      // The database has everything; a checkpoint is its second copy.
      feed.warn(queueId, `Checkpoint not saved: ${(error as Error).message}`, { topic: 'checkpoint' });
    }
  }

  const lease = createLease({
    store,
    processes: deps.processes,
    maxParallel: () => config().queue.max_parallel_queues,
    crashAfterMinutes: () => config().recovery.detect_crash_after_minutes,
    now,
  });
  const launcher = createLauncher({ ...deps, lease, changed, checkpoint });
  const recovery = createRecovery({ ...checkpoints, config, feed, lease, launcher, changed });

  return {
    edits: createQueueEdits({ ...deps, changed }),
    launcher,
    recovery,
    async remove(queueId) {
      await launcher.saved(queueId);
      const queue = removeQueue(store, queueId);
      removeCheckpoints(checkpointsOf(checkpoints.folder, queue));
      emit({ type: 'queue.removed', queueId });
    },
    assertNotForeign() {
      recovery.findCrashes();
      lease.assertNotForeign();
    },
  };
}
