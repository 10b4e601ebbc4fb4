import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createEngine, type Engine } from '../../engine/app.ts';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { brokenPromises } from '../../engine/testing/ledger.ts';
import { artifactsOf, outcomeOf } from '../../engine/testing/workspace.ts';
import { startRedis, type TestRedis } from '../../engine/workers/testing/redis-server.ts';
import { startWorker, type WorkerOrder, type WorkerProcess } from './worker-process.ts';
import type { useUninterrupted, useWorkspaces } from './workspaces.ts';

/** Seconds after which a worker without a sign of life has lost its work: fewer than the default, as tests wait for it. */
const LOCK_SECONDS = 2;

/** A Redis and worker processes for each test of a file, and a grid that only they train. */
export function useRemote(
  workspaces: ReturnType<typeof useWorkspaces>,
  uninterrupted: ReturnType<typeof useUninterrupted>,
  grid: GridSpecInput,
) {
  const cache = mkdtempSync(join(tmpdir(), 'regimen-cache-'));
  let redis: TestRedis;
  const workers = new Set<WorkerProcess>();
  const engines = new Set<Engine>();
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.all([...workers].map((worker) => worker.kill()));
    workers.clear();
    for (const engine of engines) await engine.close();
    engines.clear();
    await redis.client.flushall();
  });
  afterAll(async () => {
    await redis.close();
    rmSync(cache, { recursive: true, force: true });
  });
  return {
    get redis() {
      return redis;
    },
    async worker(name: string, order: Partial<WorkerOrder> = {}): Promise<WorkerProcess> {
      const started = await startWorker({
        redis: redis.url,
        name,
        cache: join(cache, name),
        lockSeconds: LOCK_SECONDS,
        ...order,
      });
      workers.add(started);
      return started;
    },
    /** Starts the grid, and tells how far it is. */
    async train() {
      const workspace = workspaces.create();
      const engine = createEngine({ workspace, role: 'command', threads: 0, redis: redis.url });
      engines.add(engine);
      let done = 0;
      const said: string[] = [];
      engine.subscribe((event) => {
        if (event.type === 'queue.progress') done = event.progress.done;
        if (event.type === 'feed') said.push(event.line.message);
      });
      const { queueId } = await engine.call('queue.create', { grid });
      await engine.call('queue.start', { queueId });
      return {
        said,
        /** Resolves once so many configurations are permanent. */
        async committed(count: number): Promise<void> {
          await expect.poll(() => done, { timeout: 60_000, interval: 10 }).toBeGreaterThanOrEqual(count);
        },
        /** Resolves once nothing is trained any more. */
        async pause(): Promise<void> {
          await engine.call('queue.pause', { queueId });
          expect(await engine.call('queue.wait', { queueId })).toMatchObject({ state: 'paused' });
        },
        async resume(): Promise<void> {
          await engine.call('queue.resume', { queueId });
        },
        /** It ends as if nothing had happened. */
        async expectSameEnd(): Promise<void> {
          expect(await engine.call('queue.wait', { queueId })).toMatchObject({
            state: 'completed',
            failed: 0,
          });
          engines.delete(engine);
          await engine.close();
          expect(brokenPromises(workspace, Object.keys(artifactsOf(workspace)))).toEqual([]);
          expect(outcomeOf(workspace)).toEqual(uninterrupted.outcome);
        },
      };
    },
  };
}
