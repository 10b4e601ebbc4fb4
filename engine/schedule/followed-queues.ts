import { setTimeout as delay } from 'node:timers/promises';
import type { QueueState } from '../contract/dto/index.ts';
import { CLOSED_MESSAGE } from '../queue/launcher.ts';
import type { QueueService } from '../queue/service.ts';
import { assertOpen } from '../registry/run-job.ts';
import type { TrainingQueues } from './deps.ts';

/** How often it is looked at what became of a job: another process may be the one that works on it. */
const LOOK_MS = 250;

/** Nothing more comes of it by itself. */
const OVER: ReadonlySet<QueueState> = new Set(['completed', 'failed', 'cancelled', 'awaiting_confirmation']);

/**
 * The queue as a training sees it: a search that an earlier process made for the same training is made no second time. What else it did
 * before is known by its keys. `made`: jobs that it made before.
 */
export function followedQueues(queues: QueueService, made: readonly number[]): TrainingQueues {
  return {
    ...queues,
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

/**
 * Goes on with jobs that a training's earlier process left, and resolves when that is done. One that a person paused is that person's.
 * @throws EngineError `conflict`, interrupted, once it is to end
 */
export async function finishEarlier(
  queues: QueueService,
  made: readonly number[],
  closing: AbortSignal,
): Promise<void> {
  const isThere = (id: number) => queues.list().find((one) => one.id === id);
  for (const id of made) {
    const left = isThere(id);
    if (left?.state === 'paused' && left.message === CLOSED_MESSAGE) {
      await queues.launcher.launchSaved(id, 'resume');
    } else if (left?.state === 'crashed') await queues.recovery.resume(id);
    for (let now = isThere(id); now !== undefined && !OVER.has(now.state); now = isThere(id)) {
      assertOpen({ closing });
      await delay(LOOK_MS, undefined, { signal: closing }).catch(() => undefined);
    }
  }
}

/** The same for a command, which waits for nobody: jobs that were killed with the one before it, or paused by the signal that ended it. */
export async function finishKilled(queues: QueueService, made: readonly number[]): Promise<void> {
  for (const { id, state } of queues.list()) {
    if (!made.includes(id) || (state !== 'crashed' && state !== 'paused')) continue;
    if (state === 'crashed') await queues.recovery.resume(id);
    else await queues.launcher.launchSaved(id, 'resume');
    await queues.launcher.outcome(id);
  }
}
