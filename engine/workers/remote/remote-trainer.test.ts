import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeTrainer } from '../testing/contract.ts';
import { hasRedis, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { createRemoteTrainer } from './remote-trainer.ts';
import { type RemoteWorker, startRemoteWorker } from './worker.ts';

const taskFile = new URL('../testing/faulty-task.ts', import.meta.url).href;
const BITS = 'the same';

describe.skipIf(!hasRedis)('workers that meet the host at a Redis', () => {
  let redis: TestRedis;
  const workers: RemoteWorker[] = [];
  const cache = mkdtempSync(join(tmpdir(), 'regimen-cache-'));
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await redis.close();
    rmSync(cache, { recursive: true });
  });

  let made = 0;
  describeTrainer('workers', (threads, _source, marker) => {
    process.env.REGIMEN_TEST_MARKER = marker;
    // Each number of slots has workers of its own: their bits are theirs alone.
    const bits = `${BITS} ${made++}`;
    const worker = startRemoteWorker({
      url: redis.url,
      key: undefined,
      name: `worker ${made}`,
      threads,
      cache,
      taskFile,
      bits,
      say: () => undefined,
    });
    void worker.then((started) => workers.push(started));
    return createRemoteTrainer({
      url: redis.url,
      key: undefined,
      name: 'host',
      slots: threads,
      bits: async () => bits,
      memoryMb: 128,
      candleFolder: dirname(marker),
      onIdle: () => undefined,
    });
  });
});
