import type { QueueDto } from '../../engine/contract/dto/index.ts';
import { call, loadQueues, showAnswer, useQueues } from '../state/index.ts';
import { attempt, notify } from '../ui/index.ts';
import { texts } from './texts/jobs.ts';

type QueueMethod = 'queue.start' | 'queue.pause' | 'queue.resume' | 'queue.cancel' | 'queue.retry';

/** Does something to a queue and shows its new state at once; a failure becomes a notice. */
async function act(method: QueueMethod, queueId: number): Promise<void> {
  await attempt(() => showAnswer(() => call(method, { queueId })));
}

export const startQueue = (queueId: number) => act('queue.start', queueId);
export const pauseQueue = (queueId: number) => act('queue.pause', queueId);
export const resumeQueue = (queueId: number) => act('queue.resume', queueId);
export const cancelQueue = (queueId: number) => act('queue.cancel', queueId);

/** Trains what failed again, when its turn comes: the engine begins by itself. */
export const retryQueue = (queueId: number) => act('queue.retry', queueId);

export async function removeQueue(queueId: number): Promise<void> {
  const removed = await attempt(() => call('queue.remove', { queueId }));
  if (removed !== undefined) await loadQueues();
}

export async function setPriority(queueId: number, priority: number): Promise<void> {
  await attempt(() => showAnswer(() => call('queue.priority', { queueId, priority })));
}

const inState = (...states: readonly QueueDto['state'][]): QueueDto | undefined =>
  useQueues.getState().queues?.find((queue) => states.includes(queue.state));

/** Of the queues that wait, the one with the highest priority. */
export async function startNext(): Promise<void> {
  if (inState('pending') === undefined) {
    notify(texts.noQueueIsWaiting, texts.buildGridAndGenerate);
  } else {
    await attempt(() => showAnswer(() => call('queue.start', {})));
  }
}

export async function pauseRunning(): Promise<void> {
  const queue = inState('running');
  if (queue === undefined) notify(texts.nothingIsTraining);
  else await pauseQueue(queue.id);
}

export async function resumePaused(): Promise<void> {
  const queue = inState('paused', 'crashed', 'failed');
  if (queue === undefined) notify(texts.noQueueIsPaused);
  else await resumeQueue(queue.id);
}

/** The one key for both. */
export async function pauseOrResume(): Promise<void> {
  if (inState('running') !== undefined) await pauseRunning();
  else await resumePaused();
}
