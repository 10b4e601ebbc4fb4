import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { HistoryPageDto, WorkersDto } from '../../engine/contract/dto/index.ts';
import { hasRedis, startRedis, type TestRedis } from '../../engine/workers/testing/redis-server.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { test as base, expect } from '../fixtures.ts';
import { lookAt } from '../look-at.ts';
import { call, queueSection, TRAINING_MS, visit } from '../steps.ts';

/** Training that the window starts, on workers alone: the setting names where they are met. */
const test = base.extend<{ redis: TestRedis }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that one needs from here.
  redis: async ({}, use) => {
    const redis = await startRedis();
    await use(redis);
    await redis.close();
  },
  workspace: async ({ workspace, redis }, use) => {
    await writeFile(join(workspace, 'config.yaml'), `queue: { workers: "${redis.url}", threads: 0 }\n`);
    await use(workspace);
  },
});
test.describe.configure({ timeout: 2 * TRAINING_MS });
test.skip(!hasRedis, 'There is no redis-server on this machine.');

/** A worker as its user starts it; resolves once it takes tasks. */
async function startWorker(redis: string, home: string): Promise<ChildProcess> {
  const regimen = join(import.meta.dirname, '../../main/cli/regimen.ts');
  const own = ['--name', 'barn', '--threads', '2', '--cache', join(home, 'worker')];
  const child = spawn(process.execPath, [regimen, 'worker', '--redis', redis, ...own], {
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface({ input: child.stderr! }))
    if (line.includes(' trains for ')) break;
  child.stderr!.resume();
  return child;
}

test('a worker trains what the window starts, and is paused, resumed and drained there', async ({
  page,
  server,
  redis,
  home,
}, testInfo) => {
  await call(page, server, 'market.demo');
  const { queueId } = await call<{ queueId: number }>(page, server, 'queue.create', { grid: SMALL_GRID });
  await visit(page, 'Training Queue');
  const panel = page.getByRole('region', { name: 'Workers' });
  await expect(panel).toContainText('None is connected.');
  const worker = await startWorker(redis.url, home);
  try {
    await expect(panel.getByText('barn')).toBeVisible();
    await queueSection(page, SMALL_GRID.name!).getByRole('button', { name: 'Start' }).click();
    const { state } = await call<{ state: string }>(page, server, 'queue.wait', { queueId });
    expect(state).toBe('completed');
    const { runs, total } = await call<HistoryPageDto>(page, server, 'history.search', { limit: 100 });
    expect(runs.every(({ status }) => status === 'completed')).toBe(true);
    // There are no threads here: all of it is the worker's, as its next sign of life says.
    const seen = async () => (await call<WorkersDto>(page, server, 'workers.list')).workers;
    await expect.poll(seen).toMatchObject([{ name: 'barn', threads: 2, done: total }]);
    await lookAt(page, 'workers', testInfo);

    await panel.getByRole('button', { name: 'Pause' }).click();
    await expect(panel).toContainText('Paused');
    await panel.getByRole('button', { name: 'Resume' }).click();
    await expect(panel).toContainText('Running');
    await panel.getByRole('button', { name: 'Drain' }).click();
    await expect.poll(() => worker.exitCode, { timeout: 60_000 }).toBe(0);
    await expect(panel).toContainText('None is connected.');
  } finally {
    if (worker.exitCode === null) {
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
  }
});
