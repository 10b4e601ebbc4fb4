import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { hasRedis, startRedis } from '../testing/redis-server.ts';
import { redisAddress } from './address.ts';
import { openLink } from './link.ts';
import { KEYS, type Kin } from './protocol.ts';
import { createSeal } from './seal.ts';

/** Loaded as slowly as on a machine that has other work: long after Redis did not answer. */
vi.mock('bullmq', async () => {
  await delay(300);
  return {
    Queue: class {
      on() {}
      async close() {}
    },
  };
});

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

it('says why Redis is away as soon as it is known, though not everything is loaded yet', async () => {
  const url = `redis://127.0.0.1:${await freePort()}`;
  const reasons: (string | undefined)[] = [];
  const opening = openLink({
    address: redisAddress(url, undefined),
    seal: createSeal(undefined),
    name: 'host',
    kin: {} as Kin,
    onEvent: () => undefined,
    onLook: () => undefined,
    onIdle: (reason) => reasons.push(reason),
    onWarning: () => undefined,
  });
  await expect
    .poll(() => reasons, { interval: 10 })
    .toEqual([expect.stringMatching(/^Redis at redis:.* can not be used: connect ECONNREFUSED /)]);
  await (await opening).close();
});

it.skipIf(!hasRedis)('counts nothing as waiting once the inbox is empty', { timeout: 30_000 }, async () => {
  const redis = await startRedis();
  const link = await openLink({
    address: redisAddress(redis.url, undefined),
    seal: createSeal(undefined),
    name: 'host',
    kin: {} as Kin,
    onEvent: () => undefined,
    onLook: () => undefined,
    onIdle: () => undefined,
    onWarning: () => undefined,
  });
  const waiting = KEYS.waiting(link.session);
  // As of a message that Redis gave away over a connection that was lost.
  await redis.client.set(waiting, 1e9);
  await expect.poll(() => redis.client.exists(waiting), { timeout: 20_000 }).toBe(0);
  await link.close();
  await redis.close();
});
