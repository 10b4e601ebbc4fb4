import { QUEUE_STATES, type QueueState } from '../contract/dto/index.ts';
import { EngineError, orList } from '../contract/errors.ts';

/** What can happen to a queue. */
export type Trigger =
  /** Asked for, by the user or another process. */
  | 'start'
  | 'resume'
  | 'pause'
  | 'cancel'
  | 'retry'
  | 'extend'
  | 'confirm'
  | 'decline'
  | 'dismiss'
  | 'restore'
  /** What its owner comes to: nothing is left to train; nothing is in flight any more; it can't go on; it has a question. */
  | 'finish'
  | 'stop'
  | 'fail'
  | 'ask'
  /** Its owner was found dead. */
  | 'crash';

type Moves = Readonly<Partial<Record<QueueState, QueueState>>>;

/** Retry and Extend give a queue new cells. */
const REOPEN: Moves = {
  pending: 'pending',
  paused: 'pending',
  completed: 'pending',
  cancelled: 'pending',
  failed: 'pending',
};

/** For each trigger, from which state it leads to which. What is not here is refused. */
const TRANSITIONS: Readonly<Record<Trigger, Moves>> = {
  start: { pending: 'running' },
  resume: { paused: 'running', crashed: 'running', failed: 'running' },
  pause: { running: 'pausing' },
  // What nobody works on is cancelled at once.
  cancel: {
    running: 'cancelling',
    pausing: 'cancelling',
    pending: 'cancelled',
    paused: 'cancelled',
    awaiting_confirmation: 'cancelled',
    failed: 'cancelled',
    crashed: 'cancelled',
  },
  // Asked again when they are done.
  retry: { ...REOPEN, awaiting_confirmation: 'pending' },
  extend: REOPEN,
  // Its turn comes by priority and age, as any other's.
  confirm: { awaiting_confirmation: 'pending' },
  decline: { awaiting_confirmation: 'completed' },
  // Recovery, later.
  dismiss: { crashed: 'paused' },
  // A cancelled queue is not revived by its checkpoint.
  restore: {
    pending: 'paused',
    paused: 'paused',
    awaiting_confirmation: 'awaiting_confirmation',
    completed: 'completed',
    failed: 'paused',
    crashed: 'paused',
  },
  // What was in flight when a pause or the end was asked for may have been the last of it.
  finish: { running: 'completed', pausing: 'completed', cancelling: 'completed' },
  // Without being asked, too: the disk is full, or the process ends.
  stop: { running: 'paused', pausing: 'paused', cancelling: 'cancelled' },
  fail: { running: 'failed', pausing: 'failed', cancelling: 'failed' },
  ask: { running: 'awaiting_confirmation', pausing: 'awaiting_confirmation', cancelling: 'cancelled' },
  crash: { running: 'crashed', pausing: 'crashed', cancelling: 'crashed' },
};

/** Completes "can be …". */
const DONE: Readonly<Record<Trigger, string>> = {
  start: 'started',
  resume: 'resumed',
  pause: 'paused',
  cancel: 'cancelled',
  retry: 'retried',
  extend: 'extended',
  confirm: 'confirmed',
  decline: 'declined',
  dismiss: 'dismissed from recovery',
  restore: 'restored from a checkpoint',
  finish: 'completed',
  stop: 'stopped',
  fail: 'failed by its owner',
  ask: 'put to a question',
  crash: 'found without its owner',
};

/** What a user can ask for, in the order in which it is offered. */
const OFFERED = [
  'start',
  'resume',
  'pause',
  'confirm',
  'decline',
  'cancel',
  'retry',
  'extend',
  'dismiss',
] as const satisfies readonly Trigger[];

/** States of a queue that a process is working on. */
export const ACTIVE_STATES: readonly QueueState[] = ['running', 'pausing', 'cancelling'];

export function isActive(state: QueueState): boolean {
  return ACTIVE_STATES.includes(state);
}

/**
 * The state that a trigger leads to.
 * @throws EngineError `conflict` where it leads nowhere, with the states that it needs and what is possible instead
 */
export function nextState(
  queue: { readonly id: number; readonly state: QueueState },
  trigger: Trigger,
): QueueState {
  const next = TRANSITIONS[trigger][queue.state];
  if (next !== undefined) return next;
  const possible = OFFERED.filter((offered) => TRANSITIONS[offered][queue.state] !== undefined);
  const instead =
    possible.length === 0 ? 'Wait until what is in flight is done.' : `Possible now: ${orList(possible)}.`;
  throw new EngineError(
    'conflict',
    `Queue ${queue.id} is ${worded(queue.state)}; only ${queuesThatAllow(trigger)} can be ${DONE[trigger]}. ${instead}`,
    { queueId: queue.id, state: queue.state, trigger, possible },
  );
}

function queuesThatAllow(trigger: Trigger): string {
  const states = QUEUE_STATES.filter((state) => TRANSITIONS[trigger][state] !== undefined).map(worded);
  return states.length === 1
    ? `${/^[aeiou]/.test(states[0]!) ? 'an' : 'a'} ${states.join()} queue`
    : `a queue that is ${orList(states)}`;
}

function worded(state: QueueState): string {
  return state.replaceAll('_', ' ');
}
