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
      const message = seal.seal('events', { events: waiting });
      waiting = [];
      while (message.length > SMALL && Number(await redis.get(waitingBytes)) > MOST_WAITING) await delay(50);
      await redis
        .pipeline()
        .incrby(waitingBytes, message.length)
        .expire(waitingBytes, KEPT_SECONDS)
        .rpush(inbox, message)
        .expire(inbox, KEPT_SECONDS)
        .exec();
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
