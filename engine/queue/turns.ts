import type { QueueRow } from '../store/queues.ts';

/** What decides whose turn it is. */
export interface Situation {
  /** Pending queues, by priority and age. */
  readonly pending: readonly QueueRow[];
  /** Queues that any process works on. */
  readonly active: readonly QueueRow[];
  /** How many may be worked on at a time. */
  readonly limit: number;
  /** This process works the queue off: a window or server. */
  readonly isHost: boolean;
  /** Whether a pending queue begins without being started by hand. */
  readonly beginsByItself: (queue: QueueRow) => boolean;
  /** The other process that owns the active queues, where one does. */
  readonly otherProcess: number | undefined;
  /** Why the disk is too full, or null. */
  readonly shortage: () => string | null;
}

/** The queue that may begin now without being started by hand. */
export function nextTurn(situation: Situation): QueueRow | undefined {
  const { pending, active, limit, otherProcess } = situation;
  if (otherProcess !== undefined || active.length >= limit) return undefined;
  return pending.find(situation.beginsByItself);
}

/** What a queue waits for, as a sentence; null where it is not pending. */
export function waitingFor(queue: QueueRow, situation: Situation): string | null {
  if (queue.state !== 'pending') return null;
  if (!situation.beginsByItself(queue)) return 'Waits to be started.';
  const { pending, active, limit, otherProcess, isHost } = situation;
  const [first] = active;
  // To a command, that one is most likely the window that works the queue off.
  if (first !== undefined && otherProcess !== undefined && isHost) {
    return `Waits for process ${otherProcess}, which trains "${first.name}" in this workspace.`;
  }
  const before = pending.slice(
    0,
    pending.findIndex(({ id }) => id === queue.id),
  );
  const ahead = before.filter(situation.beginsByItself).length;
  if (first !== undefined && (active.length >= limit || ahead > 0)) return turn(active, ahead);
  if (!isHost) return 'Waits for a window or server that is open on this workspace, or to be started.';
  const shortage = situation.shortage();
  if (shortage !== null) return `Waits for room on the disk. ${shortage}`;
  return ahead > 0 ? `Waits for its turn: ${ahead} before it.` : 'Is about to start.';
}

function turn(active: readonly QueueRow[], ahead: number): string {
  const inTraining =
    active.length === 1 ? `"${active[0]?.name}" is in training` : `${active.length} are in training`;
  return ahead === 0
    ? `Waits for its turn: ${inTraining}.`
    : `Waits for its turn: ${inTraining}, ${ahead} before it.`;
}
