import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { KEYS, type TaskEvent } from './protocol.ts';
import type { Seal } from './seal.ts';

/** Bytes that may wait in a host's inbox before a worker waits, too: it bounds what Redis holds, whatever models weigh. */
const MOST_WAITING = 32 * 1024 * 1024;
/** Messages of at most so many bytes never wait: they are what a host needs to look after its tasks. */
const SMALL = 4096;
/** An inbox that nobody empties goes, s. */
const KEPT_SECONDS = 600;

/** What a worker tells a host. */
export interface Voice {
  /** Events are told in this order; those of one turn go together. */
  tell(event: TaskEvent): void;
  /** Resolves when all of it lies in the inbox. */
  told(): Promise<void>;
}

export function createVoice(redis: Redis, seal: Seal, session: string): Voice {
  const [inbox, waitingBytes] = [KEYS.inbox(session), KEYS.waiting(session)];
  let waiting: TaskEvent[] = [];
  let sending: Promise<void> | undefined;

  /** What can't be said as the worker ends is given to another. */
  async function send(): Promise<void> {
    try {
      await sendAll();
    } catch {
      waiting = [];
    } finally {
      sending = undefined;
    }
  }

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const message = sealEvents(seal, waiting);
      waiting = [];
      while (message.length > SMALL && Number(await redis.get(waitingBytes)) > MOST_WAITING) await delay(50);
      // One by one: a pipeline would first copy the message into one piece with the rest, and a script keeps what it was given for a while.
      await Promise.all([
        redis.incrby(waitingBytes, message.length),
        redis.expire(waitingBytes, KEPT_SECONDS),
        redis.rpush(inbox, message),
        redis.expire(inbox, KEPT_SECONDS),
      ]);
    }
  }

  return {
    tell(event) {
      waiting.push(event);
      sending ??= delay(0).then(send);
    },
    async told() {
      while (sending !== undefined) await sending;
    },
  };
}

function sealEvents(seal: Seal, events: readonly TaskEvent[]): Buffer {
  const packed = events.flatMap((event) => (event.type === 'result' ? event.packed : []));
  return seal.seal('events', { events }, packed.length === 1 ? packed[0] : undefined);
}
