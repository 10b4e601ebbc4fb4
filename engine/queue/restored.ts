import type { RestoredStates } from '../checkpoint/restore.ts';
import { QUEUE_STATES } from '../contract/dto/index.ts';
import type { Store } from '../store/database.ts';
import { requireQueue } from '../store/queues.ts';
import { changeState, replaceDamagedState } from './door.ts';
import { nextState } from './states.ts';

/**
 * What the states of queues make of a restored checkpoint: a queue that comes back is paused, unless its checkpoint says
 * that it was cancelled; one that is there and was cancelled takes none.
 */
export function restoredStates(store: Store, now: () => number): RestoredStates {
  return {
    assertRestorable(queue) {
      if (isState(queue.state)) nextState(queue, 'restore');
    },
    restored(queueId, message, before) {
      const queue = requireQueue(store, queueId);
      if (!isState(queue.state)) {
        replaceDamagedState(store, queueId, { state: before === 'cancelled' ? before : 'paused', message });
        return;
      }
      const trigger = before === 'cancelled' ? 'cancel' : 'restore';
      // What stays in its state stays there for the reason it had.
      if (nextState(queue, trigger) === queue.state) return;
      changeState(store, queueId, { trigger, message, now: now() });
    },
  };
}

/** A damaged row may say anything. */
const isState = (state: string) => (QUEUE_STATES as readonly string[]).includes(state);
