import { once } from 'node:events';
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasRedis, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { redisAddress } from './address.ts';
import { connect } from './connection.ts';

describe.skipIf(!hasRedis)('a connection', () => {
  let redis: TestRedis;
  const open: (() => void)[] = [];
  beforeAll(async () => {
    redis = await startRedis();
  });
  beforeEach(() => {
    for (const close of open.splice(0)) close();
  });
  afterAll(async () => {
    for (const close of open.splice(0)) close();
    await redis.close();
  });

  /** What is said of it, in this order. */
  async function listen(url = redis.url, silentMs?: number) {
    const said: (string | undefined)[] = [];
    const warnings: string[] = [];
    const { redis: connection, usable } = await connect(
      redisAddress(url, undefined),
      { state: (reason) => said.push(reason), warning: (text) => warnings.push(text) },
      silentMs,
    );
    open.push(() => connection.disconnect());
    return { said, warnings, usable, connection };
  }

  it('is of use where something was taken', async () => {
    const { said, warnings, usable } = await listen();
    await usable;
    expect([said, warnings]).toEqual([[undefined], []]);
  });

  it('says once what Redis lacks, and is of use as soon as it lacks it no more', async () => {
    await redis.client.config('SET', 'requirepass', 'secret');
    await redis.client.auth('secret');
    const { said, usable } = await listen();
    await expect.poll(() => new Set(said)).toEqual(new Set([expect.stringMatching(/asks for a password/)]));
    await redis.client.config('SET', 'requirepass', '');
    await usable;
    expect(said.at(-1)).toBeUndefined();
  });

  it('of which nothing can be told any more since its memory is full says so, and when it is not', async () => {
    const { said, usable } = await listen(redis.url, 600);
    await usable;
    await redis.client.config('SET', 'maxmemory', '100kb');
    await expect.poll(() => said.at(-1)).toMatch(/its memory is full/);
    await redis.client.config('SET', 'maxmemory', '0');
    await expect.poll(() => said.at(-1)).toBeUndefined();
  });

  it('to a replica is of no use until it is none, and never said to be in between', async () => {
    await redis.client.replicaof('127.0.0.1', 1);
    const { said, usable } = await listen();
    await delay(1500);
    expect(new Set(said)).toEqual(new Set([expect.stringMatching(/is a replica/)]));
    await redis.client.replicaof('NO', 'ONE');
    await usable;
  });

  it('to a database that is not there is of no use', async () => {
    const { said } = await listen(`${redis.url}/99`);
    await delay(1000);
    expect(said).toContainEqual(expect.stringMatching(/no database of the number/));
    expect(said).not.toContain(undefined);
  });

  it('warns of a Redis that drops what it holds', async () => {
    await redis.client.config('SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
    const { warnings, usable } = await listen();
    await usable;
    await redis.client.config('SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction');
    expect(warnings).toEqual([expect.stringMatching(/drops what it holds .*allkeys-lru/)]);
  });

  it('that a network has forgotten is made again', async () => {
    const forgotten = new Set<Socket>();
    const sockets: Socket[] = [];
    // What comes over a forgotten connection goes nowhere, and nobody is told.
    const network = createServer((near) => {
      const far = connectTo(Number(new URL(redis.url).port), '127.0.0.1');
      sockets.push(near, far);
      near.on('data', (bytes) => forgotten.has(near) || far.write(bytes));
      far.on('data', (bytes) => forgotten.has(far) || near.write(bytes));
      for (const socket of [near, far]) socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(network, 'listening');
    open.push(() => {
      network.close();
      for (const socket of sockets) socket.destroy();
    });
    const { port } = network.address() as AddressInfo;
    const { said, usable, connection } = await listen(`redis://127.0.0.1:${port}`, 600);
    await usable;
    for (const socket of sockets) forgotten.add(socket);
    expect(await connection.echo('still there')).toBe('still there');
    expect(said).toContainEqual(expect.stringMatching(/^nothing came from it for 0.6 seconds/));
    await expect.poll(() => said.at(-1)).toBeUndefined();
  });
});
