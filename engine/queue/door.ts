import type { QueueState } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Store } from '../store/database.ts';
import { deleteQueue, findQueue, type QueueRow, requireQueue } from '../store/queues.ts';
import { ownerDto, ownerText } from '../views/owner.ts';
import { isActive, nextState, type Trigger } from './states.ts';

/** Triggers by which a process takes a queue, and those that only its owner may pull. */
type ClaimTrigger = 'start' | 'resume';
type OwnersTrigger = 'finish' | 'stop' | 'fail' | 'ask';

const CLAIMS: ReadonlySet<Trigger> = new Set<ClaimTrigger>(['start', 'resume']);
const OWNERS: ReadonlySet<Trigger> = new Set<OwnersTrigger>(['finish', 'stop', 'fail', 'ask']);

interface Circumstances {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
  /** Why it is in its new state, where that is not obvious; left out, it stays what it was. */
  readonly message?: string | null;
  /** Spent training by now. */
  readonly seconds?: number;
}

export type StateChange = Circumstances &
  (
    | {
        readonly trigger: ClaimTrigger | OwnersTrigger;
        /** The queue's owner, as the column has it: the new one where the queue is claimed, else the one that it must have. */
        readonly owner: string;
      }
    | { readonly trigger: Exclude<Trigger, ClaimTrigger | OwnersTrigger> }
  );

/**
 * The one door through which a queue's state changes: the next state follows from the present one and the trigger, in one
 * transaction with everything that goes with it, and nothing else writes that column. Returns the queue as it is then.
 * @throws EngineError `conflict` for what the state does not allow, `workspace-busy` when its owner is another one by now,
 *   `not-found`
 */
export function changeState(store: Store, queueId: number, change: StateChange): QueueRow {
  // Before anything is begun to be written.
  requireQueue(store, queueId);
  return store.transaction(() => {
    const queue = requireQueue(store, queueId);
    if ('owner' in change && OWNERS.has(change.trigger)) assertOwner(queue, change.owner);
    const state = nextState(queue, change.trigger);
    const after = { ...queue, ...valuesIn(state, queue, change), state };
    store
      .prepare(
        `UPDATE queues SET state = @state, message = @message, seconds = @seconds, owner = @owner,
           heartbeat_at = @heartbeat_at, started_at = @started_at, finished_at = @finished_at WHERE id = @id`,
      )
      .run(after);
    return after;
  });
}

/** A state that is none, since its row was damaged, gives way to one in which nobody works on the queue. In a transaction. */
export function replaceDamagedState(
  store: Store,
  queueId: number,
  { state, message }: { readonly state: 'paused' | 'cancelled'; readonly message: string },
): void {
  store.prepare('UPDATE queues SET state = ?, message = ? WHERE id = ?').run(state, message, queueId);
}

/** What goes with a state. */
function valuesIn(state: QueueState, queue: QueueRow, change: StateChange) {
  const { now, trigger, message = queue.message, seconds = queue.seconds } = change;
  const claimed = 'owner' in change && CLAIMS.has(trigger);
  const kept = isActive(state) ? queue.owner : null;
  return {
    message,
    seconds,
    owner: claimed ? change.owner : kept,
    // A crash was at the last sign of life.
    heartbeat_at: claimed ? now : OWNERS.has(trigger) ? null : queue.heartbeat_at,
    started_at: claimed ? (queue.started_at ?? now) : queue.started_at,
    finished_at: hasEnded(state) ? now : null,
  };
}

function hasEnded(state: QueueState): boolean {
  return state === 'completed' || state === 'cancelled' || state === 'failed';
}

/**
 * To be called in the transaction of whatever a process writes about a queue that it runs.
 * @throws EngineError `workspace-busy` when the queue has another owner by now, or none
 */
export function assertOwned(store: Store, queue: QueueRow): void {
  assertOwner(findQueue(store, queue.id) ?? { ...queue, owner: null }, queue.owner);
}

function assertOwner(queue: QueueRow, owner: string | null): void {
  if (queue.owner !== null && queue.owner === owner) return;
  const by = ownerDto(queue.owner);
  const who = by === null ? '' : `: ${ownerText(by)}`;
  throw new EngineError(
    'workspace-busy',
    `Another process has taken over queue ${queue.id} "${queue.name}", since this one gave no sign of life for too long${who}. What this one had committed is kept.`,
    { queueId: queue.id, ...(by === null ? {} : { pid: by.pid, host: by.host }) },
  );
}

/**
 * Removes a queue that nobody works on; its runs stay. Returns it as it was.
 * @throws EngineError `conflict` while it is worked on, `not-found`
 */
export function removeQueue(store: Store, queueId: number): QueueRow {
  requireQueue(store, queueId);
  return store.transaction(() => {
    const queue = requireQueue(store, queueId);
    if (isActive(queue.state)) {
      throw new EngineError(
        'conflict',
        `Queue ${queueId} is ${queue.state}. Pause or cancel it before you remove it.`,
        { queueId },
      );
    }
    deleteQueue(store, queueId);
    return queue;
  });
}
