import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { KEYS, type TaskEvents } from './protocol.ts';
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
    const voice = createVoice(redis.client, seal, 'busy');
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
