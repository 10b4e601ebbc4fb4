import type { EventListener } from '../contract/events.ts';
import type { Feed } from '../log/feed.ts';
import type { Store } from '../store/database.ts';
import { allQueues, type QueueRow, queuesInStates } from '../store/queues.ts';
import type { Launcher } from './launcher.ts';
import type { Lease } from './lease.ts';
import { ACTIVE_STATES, isActive } from './states.ts';
import { nextTurn, type Situation, waitingFor } from './turns.ts';

/** How often it is looked for what another process did: it shows within three seconds, whatever else this one does. */
const LOOK_MS = 1_000;

export interface WorkOffDeps {
  readonly store: Store;
  readonly lease: Pick<Lease, 'foreignOwner'>;
  readonly launcher: Pick<Launcher, 'launchSaved'>;
  /** A window or server, which stays; a command starts nothing by itself. */
  readonly isHost: boolean;
  readonly maxParallel: () => number;
  /** queue.auto_start of the configuration. */
  readonly autoStart: () => boolean;
  /** Why the disk is too full to train, or null. */
  readonly shortage: () => string | null;
  /** Finds queues whose process died. */
  readonly findCrashes: () => void;
  /** Tells listeners how a queue is now. */
  readonly tell: (queueId: number) => void;
  readonly emit: EventListener;
  readonly feed: Feed;
}

/**
 * Works the queue off: when there is room for one more, the pending queue with the highest priority begins. That is so for
 * queues that were asked to (`enqueued`), and, from the first start by hand on or with queue.auto_start, for those that
 * this process knows. What another process has just made without asking is that one's to start.
 */
export interface WorkOff {
  /** Begins to look for changes of other processes, and to start what may begin. */
  begin(): void;
  /** This process changed a queue, or came to its end. */
  changed(queueId: number): void;
  /** A queue began to train here: from now on the others follow. */
  launched(): void;
  /** What each queue waits for; for many queues in a row. */
  waits(): (queue: QueueRow) => string | null;
  /** Whether the queue began without being started by hand. */
  beganByItself(queueId: number): boolean;
  /** Begins nothing while it is held. */
  hold(isHeld: boolean): void;
  end(): void;
}

export function createWorkOff(deps: WorkOffDeps): WorkOff {
  const { store, isHost } = deps;
  /** What was last told of each queue, and each row as it was last seen. */
  const told = new Map<number, string | null>();
  const seen = new Map<number, QueueRow>();
  const own = new Set<number>();
  const begun = new Set<number>();
  const complaints = new Map<number, string>();
  let isOn = false;
  let timer: NodeJS.Timeout | undefined;
  let version: unknown;
  let isStarting = false;
  let isHeld = false;

  function situation(): Situation {
    const foreign = deps.lease.foreignOwner();
    return {
      pending: queuesInStates(store, ['pending']),
      active: queuesInStates(store, ACTIVE_STATES),
      limit: deps.maxParallel(),
      isHost,
      beginsByItself: ({ id, enqueued }) =>
        enqueued === 1 || (isHost && own.has(id) && (isOn || deps.autoStart())),
      otherProcess: foreign?.owner.pid,
      shortage: deps.shortage,
    };
  }

  /** Tells what queues wait for where that is something else by now. */
  function tellWaits(): void {
    const now = situation();
    for (const queue of now.pending) {
      const waits = waitingFor(queue, now);
      if (told.get(queue.id) === waits) continue;
      told.set(queue.id, waits);
      deps.tell(queue.id);
    }
  }

  async function startDue(): Promise<void> {
    if (timer === undefined || isStarting) return;
    isStarting = true;
    try {
      for (let next = nextTurn(situation()); next !== undefined; next = nextTurn(situation())) {
        if (isHeld || deps.shortage() !== null || !(await startOne(next))) return;
      }
    } finally {
      isStarting = false;
      tellWaits();
    }
  }

  /** Whether the queue is not pending any more. */
  async function startOne({ id, name }: QueueRow): Promise<boolean> {
    begun.add(id);
    try {
      await deps.launcher.launchSaved(id, 'start', 'itself');
      complaints.delete(id);
      return true;
    } catch (error) {
      if (!queuesInStates(store, ['pending']).some((queue) => queue.id === id)) return true;
      begun.delete(id);
      const { message } = error as Error;
      if (complaints.get(id) !== message) {
        deps.feed.warn(id, `Queue "${name}" can't start yet: ${message}`, { source: 'queue/work-off:begin' });
      }
      complaints.set(id, message);
      return false;
    }
  }

  /** Tells what other processes did to queues since the last look. */
  function noticeOthers(): void {
    const rows = allQueues(store);
    for (const row of rows) {
      const before = seen.get(row.id);
      seen.set(row.id, row);
      // Retried or extended elsewhere: that process starts it, unless it says otherwise.
      if (row.state === 'pending' && before !== undefined && before.state !== 'pending') own.delete(row.id);
      if (isActive(row.state) || !isSame(before, row)) deps.tell(row.id);
    }
    const there = new Set(rows.map(({ id }) => id));
    for (const id of seen.keys()) {
      if (there.has(id)) continue;
      seen.delete(id);
      deps.emit({ type: 'queue.removed', queueId: id });
    }
  }

  function look(): void {
    const now = dataVersion(store);
    if (now !== version) {
      version = now;
      noticeOthers();
    }
    if (deps.lease.foreignOwner() !== undefined) deps.findCrashes();
    tellWaits();
    void startDue();
  }

  return {
    begin() {
      if (!isHost || timer !== undefined) return;
      version = dataVersion(store);
      for (const row of allQueues(store)) {
        seen.set(row.id, row);
        own.add(row.id);
      }
      timer = setInterval(() => {
        try {
          look();
        } catch (error) {
          deps.feed.warn(null, `The queue could not be looked at: ${(error as Error).message}`, {
            source: 'queue/work-off:look',
          });
        }
      }, LOOK_MS);
      timer.unref();
      void startDue();
    },
    changed(queueId) {
      if (timer === undefined) return;
      own.add(queueId);
      const row = allQueues(store).find(({ id }) => id === queueId);
      if (row === undefined) seen.delete(queueId);
      else seen.set(queueId, row);
      tellWaits();
      void startDue();
    },
    launched() {
      isOn = true;
    },
    waits() {
      const now = situation();
      return (queue) => waitingFor(queue, now);
    },
    beganByItself: (queueId) => begun.has(queueId),
    hold(held) {
      isHeld = held;
      if (!held) void startDue();
    },
    end() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** Counts up with every commit of another connection. */
function dataVersion(store: Store): unknown {
  return store.raw.pragma('data_version', { simple: true });
}

function isSame(before: QueueRow | undefined, row: QueueRow): boolean {
  return (
    before !== undefined &&
    Object.entries(row).every(([column, value]) => before[column as keyof QueueRow] === value)
  );
}
