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

/**
 * What is told of cells goes out at least so far apart, ms: of fast ones several results share the commands that a message takes at both
 * ends, and their host makes them permanent together. What comes alone goes at once.
 */
const APART_MS = 250;
/** Between two tries to tell what Redis did not take, ms. */
const AGAIN_MS = 500;
/** So many bytes wait for no others. */
const MOST_GATHERED = 1024 * 1024;

/** What a worker tells a host. */
export interface Voice {
  /** Events are told in this order, some of them together. */
  tell(event: TaskEvent): void;
  /** Resolves when all of it lies in the inbox. */
  told(): Promise<void>;
}

/** `atOnce`: nothing waits for what comes after it. */
export function createVoice(redis: Redis, seal: Seal, session: string, atOnce: boolean): Voice {
  const [inbox, waitingBytes] = [KEYS.inbox(session), KEYS.waiting(session)];
  let waiting: TaskEvent[] = [];
  /** Of results that wait. */
  let bytesGathered = 0;
  let last = Number.NEGATIVE_INFINITY;
  /** Bytes that waited in the inbox with what was last put there. */
  let inInbox = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;

  function begin(): void {
    clearTimeout(timer);
    timer = undefined;
    sending ??= delay(0).then(send);
  }

  /** What can't be said as the worker ends is given to another. */
  async function send(): Promise<void> {
    try {
      await sendAll();
    } catch {
      waiting = [];
      bytesGathered = 0;
    } finally {
      sending = undefined;
    }
  }

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const messages = messagesOf(waiting).map((events) => sealOrLose(seal, events));
      waiting = [];
      bytesGathered = 0;
      last = performance.now();
      const bytes = messages.reduce((sum, { length }) => sum + length, 0);
      while (bytes > SMALL && inInbox > MOST_WAITING) {
        inInbox = Number(await redis.get(waitingBytes));
        if (inInbox > MOST_WAITING) await delay(50);
      }
      // One by one: a pipeline would first copy the messages into one piece with the rest, and a script keeps what it was given for a while.
      await untilTaken(redis, async () => {
        [inInbox] = await Promise.all([
          redis.incrby(waitingBytes, bytes),
          redis.expire(waitingBytes, KEPT_SECONDS),
          redis.rpush(inbox, ...messages),
          redis.expire(inbox, KEPT_SECONDS),
        ]);
      });
      // Each lies in memory of its own, given back now: V8 would go through the whole heap for what lies beside it.
      for (const { buffer } of messages) (buffer as ArrayBuffer).transfer(0);
    }
  }

  return {
    tell(event) {
      waiting.push(event);
      if (event.type === 'result') bytesGathered += event.packed.length;
      const ofCells = event.type === 'start' || event.type === 'result';
      const wait = last + APART_MS - performance.now();
      if (atOnce || !ofCells || bytesGathered >= MOST_GATHERED || wait <= 0) begin();
      else timer ??= setTimeout(begin, wait);
    },
    async told() {
      while (sending !== undefined || waiting.length > 0) {
        begin();
        await sending;
      }
    },
  };
}

/** Says it again while Redis takes nothing, such as one whose memory is full: what was trained is not trained again for that. */
async function untilTaken(redis: Redis, say: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await say();
      return;
    } catch (error) {
      if (redis.status === 'end') throw error;
      await delay(AGAIN_MS);
    }
  }
}

/** Each result has a message of its own, which is sealed where the result lies. */
function messagesOf(events: readonly TaskEvent[]): TaskEvent[][] {
  const messages: TaskEvent[][] = [[]];
  let hasResult = false;
  for (const event of events) {
    if (event.type === 'result') {
      if (hasResult) messages.push([]);
      hasResult = true;
    }
    messages.at(-1)!.push(event);
  }
  return messages;
}

function sealEvents(seal: Seal, events: readonly TaskEvent[]): Buffer {
  const packed = events.flatMap((event) => (event.type === 'result' ? event.packed : []));
  return seal.seal('events', { events }, packed[0]);
}

/** A result that no message holds is told as a cell that was lost, and why: its host would ask for it again and again. */
function sealOrLose(seal: Seal, events: readonly TaskEvent[]): Buffer {
  try {
    return sealEvents(seal, events);
  } catch (error) {
    const { message } = error as Error;
    const said = events.map((event): TaskEvent => {
      if (event.type !== 'result') return event;
      const { group, position } = event;
      return { type: 'end', group, lost: { position, message } };
    });
    return sealEvents(seal, said);
  }
}
