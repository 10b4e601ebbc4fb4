import { MOST_PARALLEL } from '../config/schema.ts';
import type { HostKind } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Store } from '../store/database.ts';
import { type QueueRow, queuesInStates } from '../store/queues.ts';
import { changeState } from './door.ts';
import { livenessOf, type Owner, type ProcessTable, sameOwner } from './owner.ts';
import { ACTIVE_STATES } from './states.ts';

/** Who wants a queue to begin: somebody asked for it, or it begins by itself. */
export type Asked = 'request' | 'itself';

/** Who may run queues of a workspace: one process at a time, and a dead one is found out. */
export interface Lease {
  /**
   * Marks queues as crashed whose owner is dead, or can't be checked and has been silent for too long. Returns them.
   */
  detectCrashes(): QueueRow[];
  /** Another living process that runs a queue of this workspace. */
  foreignOwner(): { queue: QueueRow; owner: Owner } | undefined;
  /** @throws EngineError `workspace-busy` naming the other process */
  assertNotForeign(): void;
  /**
   * Makes a queue this process's own and running, in one transaction. What begins by itself waits until there is room for
   * one more; what is asked for begins now.
   * @throws EngineError `workspace-busy` or `conflict`, naming what is in the way
   */
  claim(queueId: number, trigger: 'start' | 'resume', by?: Asked): QueueRow;
}

export interface LeaseOptions {
  readonly store: Store;
  readonly processes: ProcessTable;
  /** What this process is. */
  readonly kind: HostKind;
  /** How many may run at a time where they begin by themselves. */
  readonly maxParallel: () => number;
  /** Minutes without a sign of life after which an owner that can't be checked counts as dead. */
  readonly crashAfterMinutes: () => number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function createLease(options: LeaseOptions): Lease {
  const { store, processes, now } = options;

  function isLiving(queue: QueueRow): boolean {
    if (queue.owner === null) return false;
    const liveness = livenessOf(ownerOf(queue), processes);
    if (liveness !== 'unknown') return liveness === 'alive';
    // A clock that was set back makes the last sign of life lie in the future: that is no silence.
    const silence = now() - (queue.heartbeat_at ?? 0);
    return silence < options.crashAfterMinutes() * 60_000;
  }

  function active(): QueueRow[] {
    return queuesInStates(store, ACTIVE_STATES);
  }

  function detectCrashes(): QueueRow[] {
    return store.transaction(() =>
      active()
        .filter((queue) => !isLiving(queue))
        .map((queue) => {
          const owner = queue.owner === null ? 'its process' : `process ${ownerOf(queue).pid}`;
          const message = `Stopped when ${owner} ended without notice. Everything committed until then is kept.`;
          return changeState(store, queue.id, { trigger: 'crash', message, now: now() });
        }),
    );
  }

  function foreignOwner() {
    for (const queue of active()) {
      const owner = ownerOf(queue);
      if (!sameOwner(owner, processes.self)) return { queue, owner };
    }
    return undefined;
  }

  function assertNotForeign(): void {
    const foreign = foreignOwner();
    if (foreign === undefined) return;
    const { queue, owner } = foreign;
    const where = owner.host === processes.self.host ? '' : ` on ${owner.host}`;
    throw new EngineError(
      'workspace-busy',
      `This workspace is in use: process ${owner.pid}${where} runs queue ${queue.id} "${queue.name}". Wait for it, or pause the queue.`,
      { pid: owner.pid, host: owner.host, queueId: queue.id, remedy: 'pause-queue' },
    );
  }

  return {
    detectCrashes,
    foreignOwner,
    assertNotForeign,
    claim(queueId, trigger, by = 'request') {
      detectCrashes();
      return store.transaction(() => {
        assertNotForeign();
        const running = active();
        const [first] = running;
        const limit = by === 'itself' ? options.maxParallel() : MOST_PARALLEL;
        if (first !== undefined && running.length >= limit) {
          throw new EngineError(
            'conflict',
            `Queue ${first.id} "${first.name}" is ${first.state}, and no more than ${limit} may be at a time. Wait for it, or pause it first.`,
            { queueId: first.id },
          );
        }
        const owner = JSON.stringify({ ...processes.self, kind: options.kind, since: now() });
        return changeState(store, queueId, { trigger, owner, message: null, now: now() });
      });
    },
  };
}

function ownerOf(queue: QueueRow): Owner {
  return storedJson<Owner>(queue.owner!, `the owner of queue ${queue.id}`);
}
