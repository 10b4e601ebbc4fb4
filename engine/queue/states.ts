import type { QueueState } from '../contract/dto/index.ts';
import { EngineError, orList } from '../contract/errors.ts';

/** From each state, the states a queue may go to. Nothing else changes a queue's state. */
export const TRANSITIONS: Readonly<Record<QueueState, readonly QueueState[]>> = {
  pending: ['running', 'cancelled'],
  // Straight to paused when the disk is full or the process is asked to end; crashed when its owner is found dead.
  running: ['pausing', 'paused', 'cancelling', 'completed', 'failed', 'crashed'],
  // What was in flight may have been the last of it.
  pausing: ['paused', 'cancelling', 'completed', 'failed', 'crashed'],
  paused: ['running', 'cancelled', 'pending'],
  cancelling: ['cancelled', 'completed', 'failed', 'crashed'],
  // Retry and Extend give a finished queue new cells.
  completed: ['pending'],
  cancelled: ['pending'],
  failed: ['running', 'pending', 'cancelled'],
  crashed: ['paused', 'running', 'cancelled'],
};

/** States of a queue that a process is working on. */
export const ACTIVE_STATES: readonly QueueState[] = ['running', 'pausing', 'cancelling'];

export function isActive(state: QueueState): boolean {
  return ACTIVE_STATES.includes(state);
}

/** @throws EngineError `conflict`, saying which states the request needs */
export function assertTransition(queue: { id: number; state: QueueState }, to: QueueState): void {
  if (TRANSITIONS[queue.state].includes(to)) return;
  const allowed = (Object.keys(TRANSITIONS) as QueueState[]).filter((from) => TRANSITIONS[from].includes(to));
  throw new EngineError(
    'conflict',
    `Queue ${queue.id} is ${queue.state}; only a queue that is ${orList(allowed)} can become ${to}.`,
    { queueId: queue.id, from: queue.state, to },
  );
}
