import { setTimeout as delay } from 'node:timers/promises';
import { describe, test } from 'vitest';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { createPrng } from '../../engine/random/prng.ts';
import { SMALL_GRID } from '../../engine/testing/workspace.ts';
import { hasRedis } from '../../engine/workers/testing/redis-server.ts';
import { useRemote } from './workers.ts';
import { useUninterrupted, useWorkspaces } from './workspaces.ts';

/** 96 configurations. */
const GRID: GridSpecInput = {
  ...SMALL_GRID,
  model_types: ['linear_regression', 'ridge', 'elasticnet', 'random_forest'],
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD', 'DEMO_USDJPY'],
  horizons: [1, 3, 6, 12],
};

describe.skipIf(!hasRedis)('a grid that is trained elsewhere ends as if nothing had happened', () => {
  const workspaces = useWorkspaces();
  const remote = useRemote(workspaces, useUninterrupted(workspaces, GRID), GRID);

  test('when one of three workers is killed and started again, eight times', async () => {
    const random = createPrng(8);
    const workers = [];
    for (let number = 0; number < 3; number++) workers.push(await remote.worker(`worker ${number}`));
    const grid = await remote.train();
    for (let kill = 1; kill <= 8; kill++) {
      await grid.committed(8 * kill);
      const number = random.int(3);
      await workers[number]!.kill();
      workers[number] = await remote.worker(`worker ${number}, ${kill}`);
    }
    await grid.expectSameEnd();
  });

  test('when Redis is killed or emptied, six times, and a worker with it', async () => {
    const random = createPrng(6);
    let worker = await remote.worker('worker');
    await remote.worker('other');
    const grid = await remote.train();
    for (let fault = 1; fault <= 6; fault++) {
      await grid.committed(12 * fault);
      if (fault % 2 === 0) await remote.redis.client.flushall();
      else {
        await remote.redis.stop();
        await delay(500 + random.int(2500));
        await remote.redis.start();
      }
      await worker.kill();
      worker = await remote.worker(`worker, ${fault}`);
    }
    await grid.expectSameEnd();
  });
});
