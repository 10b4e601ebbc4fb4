import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { redisAddress } from './address.ts';
import { openLink } from './link.ts';
import type { Kin } from './protocol.ts';
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
  });
  await expect
    .poll(() => reasons, { interval: 10 })
    .toEqual([expect.stringMatching(/^Redis at redis:.* can not be reached: /)]);
  await (await opening).close();
});
