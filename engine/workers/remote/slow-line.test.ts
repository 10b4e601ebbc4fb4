import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hasRedis, startRedis } from '../testing/redis-server.ts';
import { createTrainingWorld, SOUND } from '../testing/training-world.ts';
import { createRemoteTrainer } from './remote-trainer.ts';
import { startRemoteWorker } from './worker.ts';

const BITS = 'the same';
/** Longer than the lock of a task lasts. */
const RESULT_MS = 7000;
/** More than any other message to an inbox has, bytes. */
const RESULT_BYTES = 2000;

/** A line to a Redis, over which a result is on its way for seconds, and so is what follows it on the same connection. */
async function slowLine(port: number) {
  const sockets: Socket[] = [];
  let results = 0;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    sockets.push(near, far);
    near.on('data', (bytes) => {
      if (bytes.length > RESULT_BYTES && bytes.includes('regimen:inbox:') && bytes.includes('rpush')) {
        results++;
        near.pause();
        setTimeout(() => near.resume(), RESULT_MS);
      }
      far.write(bytes);
    });
    far.on('data', (bytes) => near.write(bytes));
    for (const socket of [near, far]) socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    results: () => results,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

it.skipIf(!hasRedis)(
  'a worker keeps its work while a large result is on its way',
  { timeout: 90_000 },
  async () => {
    const redis = await startRedis();
    const world = createTrainingWorld();
    const line = await slowLine(Number(new URL(redis.url).port));
    const cache = mkdtempSync(join(tmpdir(), 'regimen-cache-'));
    const lost: string[] = [];
    redis.client.on('error', () => undefined);
    onTestFinished(async () => {
      line.close();
      await redis.close();
      world.remove();
      rmSync(cache, { recursive: true });
    });
    const worker = await startRemoteWorker({
      url: line.url,
      key: undefined,
      name: 'far',
      threads: 1,
      cache,
      lockSeconds: 4,
      bits: BITS,
      say: () => undefined,
    });
    const trainer = createRemoteTrainer({
      url: redis.url,
      key: undefined,
      name: 'host',
      slots: 1,
      bits: async () => BITS,
      memoryMb: 128,
      candleFolder: world.folder,
      onIdle: (reason) => reason !== undefined && lost.push(reason),
    });
    const cells = world.cells([SOUND, SOUND]);
    const told: string[] = [];
    const looking = setInterval(() => void look(), 200);
    /** What is at work without a lock is taken from its worker by any other. */
    async function look(): Promise<void> {
      const [active] = await redis.client.keys('regimen:tasks-*:active');
      const id = active && (await redis.client.lindex(active, 0));
      if (!active || !id || (await redis.client.exists(active.replace(/active$/, `${id}:lock`))) === 1)
        return;
      if ((await redis.client.lindex(active, 0)) === id) lost.push('its lock');
    }
    await trainer.open({ context: world.spec(), cells }, cells.length).work(
      {
        onStart: (position) => void told.push(`start ${position}`),
        onResult: (position) => void told.push(`result ${position}`),
      },
      new AbortController().signal,
    );
    clearInterval(looking);
    expect(line.results()).toBeGreaterThan(0);
    expect(lost).toEqual([]);
    expect(told).toEqual(['start 0', 'result 0', 'start 1', 'result 1']);
    await trainer.close();
    await worker.close();
  },
);
