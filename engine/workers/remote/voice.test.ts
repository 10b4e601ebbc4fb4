import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasRedis, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { KEYS, type TaskEvent, type TaskEvents } from './protocol.ts';
import { createSeal } from './seal.ts';
import { createVoice } from './voice.ts';

const MEGABYTE = 1024 * 1024;
const RESULTS = 14;
/** Of each result. */
const BYTES = 4 * MEGABYTE;

describe.skipIf(!hasRedis)('what workers tell a host', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  it('waits with them while the host does not listen, so that Redis holds no more than 64 MB, and all of it comes in order', async () => {
    const seal = createSeal(undefined);
    const voice = createVoice(redis.client, seal, 'busy', false);
    for (let position = 0; position < RESULTS; position++) {
      const packed = new Uint8Array(BYTES).fill(position);
      voice.tell({ type: 'result', group: 'one', position, packed });
      // One message each, as long as they go.
      await Promise.race([voice.told(), delay(300)]);
    }
    // Before all of it is read at once, which it would hold once more.
    const memory = Number(/used_memory_peak:(\d+)/.exec(await redis.client.info('memory'))![1]);
    expect(memory).toBeLessThan(64e6);
    const inbox = KEYS.inbox('busy');
    const held = await redis.client.lrangeBuffer(inbox, 0, -1);
    const bytes = held.reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBeGreaterThan(32 * MEGABYTE);
    expect(bytes).toBeLessThan(RESULTS * BYTES - BYTES);

    const told = voice.told();
    const positions: number[] = [];
    while (positions.length < RESULTS) {
      const message = await redis.client.lpopBuffer(inbox);
      if (message === null) {
        await delay(10);
        continue;
      }
      await redis.client.decrby(KEYS.waiting('busy'), message.length);
      const { events } = seal.open('events', message) as TaskEvents;
      for (const event of events) if (event.type === 'result') positions.push(event.position);
    }
    await told;
    expect(positions).toEqual(Array.from({ length: RESULTS }, (_, position) => position));
  });
});

describe('what is told of cells', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  const seal = createSeal(undefined);
  /** Each time that an inbox was given something: the messages, each by its events. */
  let given: string[][];
  /** So often nothing is taken. */
  let refusals = 0;
  function voiceOf(atOnce: boolean, by = seal) {
    given = [];
    refusals = 0;
    const eventsOf = (message: Buffer) =>
      (seal.open('events', message) as TaskEvents).events.map((event) =>
        'position' in event
          ? `${event.type} ${event.position}`
          : `${event.type}${event.type === 'end' && event.lost ? `: ${event.lost.message}` : ''}`,
      );
    const redis = {
      rpush: async (_inbox: string, ...messages: Buffer[]) => {
        if (refusals-- > 0) throw new Error("OOM command not allowed when used memory > 'maxmemory'.");
        given.push(messages.map((message) => eventsOf(message).join(', ')));
      },
      incrby: async () => 0,
      expire: async () => 1,
      get: async () => '0',
    };
    return createVoice(redis as unknown as Redis, by, 'host', atOnce);
  }
  const start = (position: number): TaskEvent => ({ type: 'start', group: 'one', position, worker: 'w' });
  const result = (position: number, bytes = 8): TaskEvent => ({
    type: 'result',
    group: 'one',
    position,
    packed: new Uint8Array(bytes),
  });
  const end: TaskEvent = { type: 'end', group: 'one' };
  /** All that does not wait for time to pass. */
  const settled = () => delay(20);

  it('goes at once where nothing was told lately, waits a quarter of a second for more, and no longer than the end', async () => {
    const voice = voiceOf(false);
    voice.tell(start(0));
    await settled();
    expect(given).toEqual([['start 0']]);
    for (const event of [result(0), start(1)]) voice.tell(event);
    vi.advanceTimersByTime(249);
    await settled();
    expect(given).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await settled();
    expect(given[1]).toEqual(['result 0, start 1']);
    for (const event of [result(1), start(2), result(2), end]) voice.tell(event);
    await settled();
    expect(given.slice(2)).toEqual([['result 1, start 2', 'result 2, end']]);
    vi.advanceTimersByTime(1000);
    voice.tell(start(3));
    await settled();
    expect(given).toHaveLength(4);
  });

  it('is said again where Redis did not take it', async () => {
    const voice = voiceOf(false);
    refusals = 2;
    for (const event of [start(0), result(0), end]) voice.tell(event);
    const told = voice.told();
    for (let tries = 0; tries < 3; tries++) {
      expect(given).toEqual([]);
      await settled();
      await vi.advanceTimersByTimeAsync(500);
    }
    await told;
    expect(given).toEqual([['start 0, result 0, end']]);
  });

  it('and fits into no message is told as lost, with the reason', async () => {
    const narrow = {
      ...seal,
      seal(...message: Parameters<typeof seal.seal>) {
        if (message[2] !== undefined && message[2].length > 100) throw new Error('It has 300 MB.');
        return seal.seal(...message);
      },
    };
    const voice = voiceOf(false, narrow);
    for (const event of [start(0), result(0, 200)]) voice.tell(event);
    await voice.told();
    expect(given).toEqual([['start 0, end: It has 300 MB.']]);
  });

  it('waits for nothing where it is much, or to be told at once', async () => {
    const large = voiceOf(false);
    large.tell(start(0));
    await settled();
    for (const position of [0, 1]) large.tell(result(position, 600_000));
    await settled();
    expect(given.slice(1)).toEqual([['result 0', 'result 1']]);

    const eager = voiceOf(true);
    for (const event of [start(0), result(0), start(1)]) {
      eager.tell(event);
      await settled();
    }
    expect(given).toEqual([['start 0'], ['result 0'], ['start 1']]);
  });
});
