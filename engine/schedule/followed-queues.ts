import { setTimeout as delay } from 'node:timers/promises';
import type { QueueState } from '../contract/dto/index.ts';
import { CLOSED_MESSAGE } from '../queue/launcher.ts';
import type { QueueService } from '../queue/service.ts';
import type { TrainingQueues } from './deps.ts';

/** How often it is looked at what became of a job: another process may be the one that works on it. */
const LOOK_MS = 250;

/** Nothing more comes of it by itself. */
const OVER: ReadonlySet<QueueState> = new Set(['completed', 'failed', 'cancelled', 'awaiting_confirmation']);

/** What a training that is not done here any more ends with: it was cancelled, or the process ends. */
export class Interrupted extends Error {}

export interface FollowOptions {
  readonly queues: QueueService;
  /** Jobs that the same training made before, oldest first. */
  readonly made: readonly number[];
  /** Told of each job that it makes. */
  readonly note: (queueId: number) => void;
  /** @throws Interrupted once it is to end */
  readonly assertGoing: () => void;
}

/**
 * The queue as a training in the background sees it: it hears of each job that the training makes, and a search that an earlier process
 * made for it is made no second time. What else it did before is known by its keys.
 */
export function followedQueues({ queues, made, note, assertGoing }: FollowOptions): TrainingQueues {
  return {
    ...queues,
    get(queueId) {
      note(queueId);
      assertGoing();
      return queues.get(queueId);
    },
    searches: {
      ...queues.searches,
      create(spec, enqueue) {
        const before = queues
          .list()
          .find(
            ({ id, kind, name, state }) =>
              kind === 'search' && name === spec.name && made.includes(id) && state === 'completed',
          );
        if (before === undefined) return queues.searches.create(spec, enqueue);
        return { queueId: before.id, preview: queues.searches.preview(spec) };
      },
    },
  };
}

/** Goes on with what a training's earlier process left, and resolves when that is done. One that a person paused is that person's. */
export async function finishEarlier({ queues, made, assertGoing }: FollowOptions): Promise<void> {
  const isThere = (id: number) => queues.list().find((one) => one.id === id);
  for (const id of made) {
    const left = isThere(id);
    if (left?.state === 'paused' && left.message === CLOSED_MESSAGE) {
      await queues.launcher.launchSaved(id, 'resume');
    } else if (left?.state === 'crashed') await queues.recovery.resume(id);
    for (let now = isThere(id); now !== undefined && !OVER.has(now.state); now = isThere(id)) {
      assertGoing();
      await delay(LOOK_MS);
    }
  }
}
