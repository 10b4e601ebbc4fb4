import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RedisAddress } from './address.ts';
import { another, connect } from './connection.ts';
import { createHostQueue } from './host-queue.ts';
import { type Control, KEYS, type Kin, refusalOf, type TaskEvent, type TaskEvents } from './protocol.ts';
import { createRoster, isThere, type Seen, type WorkerCard } from './roster.ts';
import type { Seal } from './seal.ts';

/** How often a host shows itself, looks who works, and after tasks that it hears nothing of, ms. */
const LOOK_MS = 1000;
/** A host that has not shown itself for so long is gone, and nobody works for it, s. */
const SESSION_SECONDS = 30;
/** Workers that were there before Redis was away have shown themselves after so long, ms. */
const BACK_MS = 6000;
/** How long one look into the inbox waits for a message, s. */
const READ_SECONDS = 5;
/** Messages that are taken from the inbox at a time. */
const MESSAGES = 64;

export interface LinkOptions {
  readonly address: RedisAddress;
  readonly seal: Seal;
  /** How workers' owners know this host. */
  readonly name: string;
  readonly kin: Kin;
  /** Is told of all that workers say, in the order in which they said it. */
  onEvent(event: TaskEvent): void;
  /** Every second, while Redis answers. */
  onLook(): void;
  /** Nobody works for it, and why; undefined: somebody does. */
  onIdle(reason: string | undefined): void;
  /** What of Redis will not do in the long run. */
  onWarning(text: string): void;
}

/** A host's end of its connection to workers. */
export interface Link {
  readonly session: string;
  /** Redis can't be reached. */
  readonly isAway: boolean;
  /** Threads of the workers that may be given work now. */
  capacity(): number;
  /** Whether a worker, by id, was heard of lately. */
  isAlive(worker: string): boolean;
  /** Puts a task where the next free worker takes it. */
  put(id: string, sealed: Buffer): Promise<void>;
  /** Takes back a task that nobody has begun. */
  takeBack(id: string): Promise<void>;
  /** What has become of a task: `lost` where its worker has shown no sign of life, `unknown` where Redis has it no more. */
  stateOf(id: string): Promise<'waiting' | 'active' | 'lost' | 'unknown'>;
  tell(control: Control): void;
  reply(key: string, sealed: Buffer): Promise<void>;
  close(): Promise<void>;
}

export async function openLink(options: LinkOptions): Promise<Link> {
  const { address, seal, name, kin } = options;
  const session = randomUUID();
  const inbox = KEYS.inbox(session);
  let away: string | undefined;
  let closed = false;
  let workers: readonly Seen<WorkerCard>[] = [];
  /** Of those that may be given work. */
  let threads = 0;

  let looked = false;
  /** When Redis was back, and may have forgotten who is there. */
  let backAt = Number.NEGATIVE_INFINITY;
  let told: string | undefined;

  // All that it is told of may come before the rest of this is made: modules are still loaded meanwhile.
  const { redis, usable } = await connect(address, {
    state(reason) {
      if (away !== undefined && reason === undefined) {
        backAt = performance.now();
        looked = false;
      }
      away = reason;
      tellWhy();
    },
    warning: options.onWarning,
  });
  const reader = another(redis, READ_SECONDS * 1000);
  const roster = createRoster(redis, seal);
  const queue = createHostQueue({ redis, usable }, kin);

  function tellWhy(): void {
    // Who is there is not known before the first look.
    if (!looked && away === undefined) return;
    const reason = closed ? undefined : whyIdle();
    if (reason === told) return;
    // Workers are looked for before it is said that there are none: they come back as this host does.
    if (away === undefined && reason !== undefined && performance.now() - backAt < BACK_MS) return;
    told = reason;
    options.onIdle(reason);
  }
  function whyIdle(): string | undefined {
    if (away !== undefined) return `Redis at ${address.shown} can not be used: ${away}.`;
    return threads > 0 ? undefined : whyNobody(workers, kin, address.shown);
  }

  async function look(): Promise<void> {
    await roster.writeHost({ session, name, kin });
    await redis.set(KEYS.session(session), name, 'EX', SESSION_SECONDS);
    workers = await roster.workers();
    threads = threadsFor(workers, kin);
    looked = true;
    tellWhy();
    options.onLook();
  }

  async function lookOn(): Promise<void> {
    while (!closed) {
      // What Redis can't answer now it is asked again.
      await look().catch(() => undefined);
      await delay(LOOK_MS, undefined, { ref: false });
    }
  }

  async function readOn(): Promise<void> {
    while (!closed) {
      try {
        const first = await reader.blpopBuffer(inbox, READ_SECONDS);
        if (first === null) {
          // A message that was lost on its way is waited for no longer.
          await redis.del(KEYS.waiting(session));
          continue;
        }
        const more = (await redis.lpopBuffer(inbox, MESSAGES)) ?? [];
        let bytes = 0;
        for (const message of [first[1], ...more]) {
          bytes += message.length;
          handle(message);
        }
        await redis.decrby(KEYS.waiting(session), bytes);
      } catch {
        if (!closed) await delay(LOOK_MS / 4, undefined, { ref: false });
      }
    }
  }

  function handle(message: Buffer): void {
    let events: readonly TaskEvent[];
    try {
      ({ events } = seal.open('events', message) as TaskEvents);
    } catch {
      // Forged, or cut off. Whoever waits for it is given the cell again.
      return;
    }
    for (const event of events) options.onEvent(event);
  }

  void lookOn();
  void readOn();
  return {
    session,
    get isAway() {
      return away !== undefined;
    },
    capacity: () => (away === undefined ? threads : 0),
    isAlive: (id) => workers.some((seen) => seen.card.id === id && isThere(seen)),
    async put(id, sealed) {
      await (await queue.get()).add('task', sealed.toString('base64'), { jobId: id });
    },
    async takeBack(id) {
      // One that is at work is locked, and stays.
      await (await queue.get()).remove(id).catch(() => 0);
    },
    async stateOf(id) {
      const state = await (await queue.get()).getJobState(id);
      if (state === 'failed') return 'lost';
      if (state === 'active') return 'active';
      return state === 'unknown' || state === 'completed' ? 'unknown' : 'waiting';
    },
    tell(control) {
      // Whoever misses it trains for nothing, no more.
      void redis.publish(KEYS.control, seal.seal('control', control)).catch(() => undefined);
    },
    async reply(key, sealed) {
      await redis.pipeline().rpush(key, sealed).expire(key, 60).exec();
    },
    async close() {
      closed = true;
      const left = [KEYS.session(session), inbox, KEYS.waiting(session)];
      if (redis.status === 'ready') {
        await Promise.all([redis.del(...left), roster.removeHost(session)]).catch(() => undefined);
      }
      // It would wait for a Redis that is away.
      const late = new AbortController();
      const isLate = delay(LOOK_MS, undefined, { signal: late.signal }).catch(() => undefined);
      await Promise.race([queue.close().catch(() => undefined), isLate]);
      late.abort();
      reader.disconnect();
      redis.disconnect();
    },
  };
}

/** Threads of the workers that a host may give work. */
function threadsFor(workers: readonly Seen<WorkerCard>[], kin: Kin): number {
  const mayWork = (seen: Seen<WorkerCard>) =>
    isThere(seen) && seen.card.state === 'running' && refusalOf(seen.card.kin, kin) === undefined;
  return workers.filter(mayWork).reduce((sum, { card }) => sum + card.threads, 0);
}

/** Why none of the workers takes anything. `shown`: the address that they are met at. */
function whyNobody(workers: readonly Seen<WorkerCard>[], kin: Kin, shown: string): string {
  const there = workers.filter(isThere);
  if (there.length === 0) {
    return `No worker is connected to ${shown}. Start one: regimen worker --redis ${shown}`;
  }
  const reasons = there.map(({ card }) => {
    const refusal = refusalOf(card.kin, kin);
    return `${card.name} ${refusal === undefined ? `is ${card.state}` : `has ${refusal}`}`;
  });
  return `No worker of those at ${shown} can work: ${reasons.join('; ')}`;
}
