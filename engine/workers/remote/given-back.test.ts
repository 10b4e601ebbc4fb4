import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTY_HORIZONS } from '../testing/faulty-task.ts';
import { hasRedis, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { createTrainingWorld, SOUND, type TrainingWorld } from '../testing/training-world.ts';
import { createWorkerDesk } from './desk.ts';
import { createRemoteTrainer } from './remote-trainer.ts';
import { type RemoteWorker, startRemoteWorker } from './worker.ts';

const BITS = 'the same';

describe.skipIf(!hasRedis)('a worker of one thread', () => {
  let redis: TestRedis;
  let world: TrainingWorld;
  const cache = mkdtempSync(join(tmpdir(), 'regimen-cache-'));
  const workers: RemoteWorker[] = [];
  beforeAll(async () => {
    redis = await startRedis();
    world = createTrainingWorld();
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await redis.close();
    world.remove();
    rmSync(cache, { recursive: true });
  });

  async function start(name: string): Promise<void> {
    const worker = await startRemoteWorker({
      url: redis.url,
      key: undefined,
      name,
      threads: 1,
      cache: join(cache, name),
      taskFile: new URL('../testing/faulty-task.ts', import.meta.url).href,
      bits: BITS,
      say: () => undefined,
    });
    workers.push(worker);
  }

  it('has its next task at hand, and gives it to another when it is paused', async () => {
    await start('first');
    const trainer = createRemoteTrainer({
      url: redis.url,
      key: undefined,
      name: 'host',
      slots: 2,
      bits: async () => BITS,
      memoryMb: 128,
      candleFolder: world.folder,
      onIdle: () => undefined,
    });
    const cells = world.cells([FAULTY_HORIZONS.loops, SOUND]);
    const open = trainer.open({ context: world.spec(), cells }, cells.length);
    const told: string[] = [];
    const hooks = {
      onStart: (position: number) => void told.push(`start ${position}`),
      onResult: (position: number) => void told.push(`result ${position}`),
    };
    const over = new AbortController();
    const slots = [open.work(hooks, over.signal), open.work(hooks, over.signal)].map((slot) =>
      slot.catch(() => told.push('lost')),
    );
    const queue = async () => (await redis.client.keys('regimen:tasks-*:active')).at(0);
    // Both are with it, and one waits for the other, which never ends.
    await expect.poll(async () => redis.client.llen((await queue()) ?? 'none'), { timeout: 20_000 }).toBe(2);
    await expect.poll(() => told, { timeout: 20_000 }).toEqual(['start 0']);

    await start('second');
    const desk = createWorkerDesk(async () => BITS);
    await desk.want({ url: redis.url, key: undefined }, 'first', 'paused');
    await expect.poll(() => told, { timeout: 20_000 }).toEqual(['start 0', 'start 1', 'result 1']);
    over.abort(new Error('enough'));
    await Promise.all(slots);
    expect(told).toEqual(['start 0', 'start 1', 'result 1', 'lost']);
    await trainer.close();
  }, 60_000);
});
