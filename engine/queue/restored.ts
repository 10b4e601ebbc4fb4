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
      // What is complete has nothing to go on with, whatever came back of it.
      if (requireQueue(store, queueId).state === 'completed') return;
      const trigger = before === 'cancelled' ? 'cancel' : 'restore';
      changeState(store, queueId, { trigger, message, now: now() });
    },
  };
}
