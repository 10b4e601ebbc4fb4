import { readCheckpoint } from '../checkpoint/checkpoint.ts';
import { restoreCheckpoint } from '../checkpoint/restore.ts';
import type { CheckpointDeps } from '../checkpoint/write.ts';
import type { Config } from '../config/schema.ts';
import type { QueueDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import type { Feed } from '../log/feed.ts';
import { queuesInStates, requireQueue } from '../store/queues.ts';
import { countLackingTables } from '../store/tables.ts';
import { changeState } from './door.ts';
import type { Launcher } from './launcher.ts';
import type { Lease } from './lease.ts';
import {
  createLostResults,
  type LostResultsQuestion,
  lackingTablesText,
  type RestoredJob,
} from './lost-results.ts';
import { restoredStates } from './restored.ts';

export interface RecoveryDeps extends CheckpointDeps {
  readonly config: () => Config;
  readonly feed: Feed;
  readonly emit: EventListener;
  readonly lease: Lease;
  readonly launcher: Launcher;
  /** Tells listeners how a queue is now. */
  readonly changed: (queueId: number) => QueueDto;
}

/** Goes on after a process that died, or from a checkpoint. */
export interface QueueRecovery {
  /** Finds queues whose process died. */
  findCrashes(): void;
  /** Goes on with them, where the configuration says so; listeners are told once they can have begun to listen. */
  resumeCrashed(): void;
  /** Queues that went on by themselves since the start, for whoever begins to listen later. */
  resumedByItself(): readonly number[];
  /** Goes on with one of them. @throws EngineError `conflict` when it did not crash */
  resume(queueId: number): Promise<QueueDto>;
  /** One of them is left to be resumed like any that is paused. @throws EngineError `conflict` when it did not crash */
  dismiss(queueId: number): void;
  /** Brings a queue back and goes on with it, where it isn't complete. Throws as `readCheckpoint` and `restoreCheckpoint`. */
  resumeFrom(file: string): Promise<QueueDto>;
  /** What checkpoints hold and the database lost. */
  readonly lost: LostResultsQuestion;
}

export function createRecovery(deps: RecoveryDeps): QueueRecovery {
  const { store, config, feed, launcher, changed, now } = deps;
  const resumed: number[] = [];

  function resumeOne(queueId: number, name: string): void {
    feed.info(queueId, `Going on with queue "${name}" after a crash (recovery.auto_resume_on_crash).`, {
      source: 'queue/recovery:resumeOne',
    });
    try {
      launcher.launch(queueId, 'resume', 'itself');
      resumed.push(queueId);
      // Whoever opens the workspace listens right after that.
      queueMicrotask(() => deps.emit({ type: 'queue.resumed', queueId, name }));
    } catch (error) {
      feed.error(queueId, `Queue "${name}" can't go on: ${(error as Error).message}`, {
        source: 'queue/recovery:resumeOne',
      });
    }
  }

  async function restoreFrom(file: string): Promise<RestoredJob> {
    const { evaluation, model_management } = config();
    const rules = { ...evaluation, ...model_management };
    const states = restoredStates(store, now);
    const warn = (message: string) =>
      feed.warn(null, message, { source: 'queue/recovery:restoreFrom', topic: 'checkpoint' });
    const { artifacts, folder } = deps;
    const restoring = { store, artifacts, folder, now, rules, states, warn };
    const queueId = await restoreCheckpoint(restoring, await readCheckpoint(file));
    store.putLogAway();
    changed(queueId);
    const withoutTable = countLackingTables(store, queueId);
    const note = lackingTablesText(withoutTable);
    if (note !== null)
      feed.warn(queueId, note, { source: 'queue/recovery:restoreFrom', topic: 'checkpoint' });
    return { queueId, withoutTable };
  }

  return {
    lost: createLostResults({
      store,
      get folder() {
        return deps.folder;
      },
      feed,
      async restore(file) {
        const restored = await restoreFrom(file);
        deps.emit({ type: 'workspace.changed', what: 'champions' });
        return restored;
      },
    }),

    findCrashes() {
      for (const queue of deps.lease.detectCrashes()) {
        feed.warn(queue.id, `Queue "${queue.name}": ${queue.message}`, {
          source: 'queue/recovery:findCrashes',
        });
        changed(queue.id);
      }
    },

    resumedByItself: () => resumed,

    resumeCrashed() {
      if (!config().recovery.auto_resume_on_crash) return;
      for (const { id, name } of queuesInStates(store, ['crashed'])) {
        changeState(store, id, { trigger: 'dismiss', now: now() });
        if (launcher.running() < config().queue.max_parallel_jobs) resumeOne(id, name);
      }
    },

    async resume(queueId) {
      const { state } = requireQueue(store, queueId);
      if (state !== 'crashed') {
        throw new EngineError('conflict', `Queue ${queueId} is ${state}; it has nothing to recover from.`);
      }
      return launcher.launchSaved(queueId, 'resume');
    },

    dismiss(queueId) {
      changeState(store, queueId, { trigger: 'dismiss', now: now() });
      changed(queueId);
    },

    async resumeFrom(file) {
      const { queueId } = await restoreFrom(file);
      // It may only have been damaged: what it lacked is back, and nothing is left to train.
      if (requireQueue(store, queueId).state === 'completed') return launcher.concluded(queueId);
      return launcher.launchSaved(queueId, 'resume');
    },
  };
}
