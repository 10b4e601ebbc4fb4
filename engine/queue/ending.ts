import { setTimeout as delay } from 'node:timers/promises';
import type { Feed } from '../log/feed.ts';
import { countCells, findQueue, type QueueRow, requireQueue, updateOwnedQueue } from '../store/queues.ts';
import { isDiskFull } from './disk.ts';
import { changeState } from './door.ts';
import { dueRefits } from './refit.ts';
import { goOn, questionOf, type SequentialDeps } from './sequential.ts';

/** How often it is tried to save the queue's end on a disk without any room. */
const SAVE_MS = 1_000;

/** How the training of a queue came to its end: nothing is in flight any more. */
export interface Ending {
  /** Why it ended early, where nobody asked for it. */
  readonly message: string | null;
  /** What the training failed with. */
  readonly failure: Error | undefined;
}

/** What this pass over a queue took. */
export interface Spent {
  readonly seconds: number;
  /** Bytes; of the passes before, too. */
  readonly peakMemory: number;
}

export interface EndingDeps extends SequentialDeps {
  readonly feed: Feed;
  /** The process ends: there is no time to wait for room. */
  readonly isClosing: () => boolean;
}

/**
 * Brings a queue into the state that it ends in; returns it as it is then. Waits for room if there is none at all: a queue
 * that seems to run could neither be resumed nor removed.
 * @throws EngineError `workspace-busy` when another process has taken over the queue
 */
export async function saveEnd(
  deps: EndingDeps,
  queue: QueueRow,
  spent: Spent,
  ending: Ending,
): Promise<QueueRow> {
  for (let waiting = false; ; waiting = true) {
    try {
      return end(deps, queue, spent, ending);
    } catch (error) {
      if (!isDiskFull(error) || deps.isClosing()) throw error;
      if (!waiting)
        deps.feed.warn(
          queue.id,
          `The disk has no room to save how the queue ended; it is tried again until there is.`,
          { source: 'queue/ending:saveEnd' },
        );
      await delay(SAVE_MS);
    }
  }
}

function end(deps: EndingDeps, queue: QueueRow, spent: Spent, ending: Ending): QueueRow {
  const { store, now } = deps;
  const owner = queue.owner!;
  return store.transaction(() => {
    updateOwnedQueue(store, queue, { peak_memory: spent.peakMemory });
    const change = { owner, now: now(), seconds: queue.seconds + spent.seconds };
    const { message, failure } = ending;
    if (failure !== undefined) return changeState(store, queue.id, { ...change, trigger: 'fail', message });
    // What was stopped in its refit has that still to do.
    if (countCells(store, queue.id).pending === 0 && dueRefits(store, queue).length === 0) {
      return finished(deps, queue, change);
    }
    // A cancel was asked for: it needs no other reason.
    const isCancelled = findQueue(store, queue.id)?.state === 'cancelling';
    return changeState(store, queue.id, {
      ...change,
      trigger: 'stop',
      message: isCancelled ? null : message,
    });
  });
}

type Change = Pick<Parameters<typeof changeState>[2], 'now' | 'seconds'> & { readonly owner: string };

/** All cells are done. What has a question then asks it, or has its answer already. */
function finished(deps: EndingDeps, queue: QueueRow, change: Change): QueueRow {
  const { store } = deps;
  const question = questionOf(deps, queue);
  if (question === undefined) {
    return changeState(store, queue.id, { ...change, trigger: 'finish', message: null });
  }
  const asked = changeState(store, queue.id, { ...change, trigger: 'ask', message: question.text });
  if (asked.state !== 'awaiting_confirmation' || !question.isAnswered) return asked;
  goOn(deps, queue.id);
  return requireQueue(store, queue.id);
}
