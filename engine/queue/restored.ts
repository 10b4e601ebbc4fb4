import type { RestoredStates } from '../checkpoint/restore.ts';
import type { Store } from '../store/database.ts';
import { requireQueue } from '../store/queues.ts';
import { changeState } from './door.ts';
import { nextState } from './states.ts';

/**
 * What the states of queues make of a restored checkpoint: a queue that comes back is paused, unless its checkpoint says
 * that it was cancelled; one that is there and was cancelled takes none.
 */
export function restoredStates(store: Store, now: () => number): RestoredStates {
  return {
    assertRestorable: (queue) => void nextState(queue, 'restore'),
    restored(queueId, message, before) {
      const queue = requireQueue(store, queueId);
      const trigger = before === 'cancelled' ? 'cancel' : 'restore';
      // What stays in its state stays there for the reason it had.
      if (nextState(queue, trigger) === queue.state) return;
      changeState(store, queueId, { trigger, message, now: now() });
    },
  };
}
