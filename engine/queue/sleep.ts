import type { Feed } from '../log/feed.ts';
import type { Store } from '../store/database.ts';
import { findQueue } from '../store/queues.ts';
import type { Launcher } from './launcher.ts';
import type { WorkOff } from './work-off.ts';

/** What becomes of training when the computer sleeps, or ends this process without waiting for it. */
export interface Sleep {
  /**
   * Asks what this process trains to pause, and begins nothing until `wake`. Returns at once: what is in flight sleeps with the
   * computer, and is saved when it is done.
   */
  suspend(): void;
  /** Goes on with what `suspend` paused, unless somebody has decided otherwise since. Resolves when that is done. */
  wake(): Promise<void>;
  /** Saves what this process trains as paused before it returns; what is in flight is lost, and nothing is begun any more. */
  saveNow(message: string): void;
}

export interface SleepDeps {
  readonly store: Store;
  readonly launcher: Pick<Launcher, 'pauseAll' | 'abandonAll' | 'outcome' | 'launch'>;
  readonly workOff: Pick<WorkOff, 'hold' | 'end'>;
  readonly feed: Feed;
}

export const SLEEP_MESSAGE = 'Paused while the computer sleeps.';

export function createSleep({ store, launcher, workOff, feed }: SleepDeps): Sleep {
  const paused = new Set<number>();
  let isAsleep = false;

  /** Copies the write-ahead log into the database, as far as readers let it: a tool that copies files then gets it all. */
  function settle(): void {
    try {
      store.raw.pragma('wal_checkpoint(PASSIVE)');
    } catch (error) {
      feed.warn(null, `The write-ahead log stays as it is: ${(error as Error).message}`, {
        source: 'queue/sleep:settle',
      });
    }
  }

  function resume(queueId: number): void {
    const queue = findQueue(store, queueId);
    if (queue?.state !== 'paused' || queue.message !== SLEEP_MESSAGE) return;
    try {
      launcher.launch(queueId, 'resume');
    } catch (error) {
      feed.error(queueId, `Queue "${queue.name}" does not go on after sleep: ${(error as Error).message}`, {
        source: 'queue/sleep:wake',
      });
    }
  }

  return {
    suspend() {
      isAsleep = true;
      workOff.hold(true);
      for (const id of launcher.pauseAll(SLEEP_MESSAGE)) paused.add(id);
      settle();
    },
    async wake() {
      isAsleep = false;
      for (const id of paused) {
        // Ends with an error where the queue was lost meanwhile; its state says so.
        await launcher.outcome(id).catch(() => undefined);
        if (isAsleep) return;
        if (paused.delete(id)) resume(id);
      }
      workOff.hold(false);
    },
    saveNow(message) {
      workOff.end();
      launcher.abandonAll(message);
      settle();
    },
  };
}
