import { afterEach, expect, test } from 'vitest';
import type { JobDto } from '../../engine/contract/dto/index.ts';
import { artifactsOf, CONFIG, SMALL_GRID, TWELVE } from '../../engine/testing/workspace.ts';
import { type ServerProcess, startServerProcess } from '../../main/server/testing/server-process.ts';
import { regimen, writeGrid } from './cli.ts';
import { expectPromisesKept } from './kill.ts';
import { useWorkspaces } from './workspaces.ts';

/** A server that works the queue off, and a terminal that puts jobs into it: two processes on one workspace. */

const workspaces = useWorkspaces();

let server: ServerProcess | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function call<T>(method: string, input: object = {}): Promise<T> {
  const answer = await fetch(`${server!.origin}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server!.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

/** Milliseconds until a job is in one of these states. */
async function until(jobId: number, states: readonly JobDto['state'][], timeout: number): Promise<number> {
  const from = performance.now();
  await expect
    .poll(async () => (await call<JobDto>('jobs.get', { jobId })).state, { timeout, interval: 50 })
    .toSatisfy((state: JobDto['state']) => states.includes(state));
  return performance.now() - from;
}

/** Puts a grid into the queue from a terminal; its row. */
async function enqueue(workspace: string, grid: object, ...options: string[]): Promise<JobDto> {
  const file = writeGrid(workspace, { ...TWELVE, ...grid });
  const { status, stdout, stderr } = await regimen(
    workspace,
    'train',
    file,
    '--enqueue',
    '--json',
    ...options,
  ).ended;
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout) as JobDto;
}

test('train --enqueue is picked up within three seconds by a server that is idle, and behind what it trains', async () => {
  const workspace = workspaces.create(CONFIG.replace('queue: {', 'queue: { threads: 1,'));
  server = await startServerProcess(
    workspace,
    { REGIMEN_HOME: workspace },
    'main/server/testing/api-server.ts',
  );
  const first = await enqueue(workspace, { name: 'First' });
  expect(await until(first.id, ['running', 'completed'], 10_000)).toBeLessThan(3_000);
  await until(first.id, ['completed'], 30_000);

  // More than is trained by the time that the terminal has said what it wants.
  const { queueId: long } = await call<{ queueId: number }>('queue.create', {
    grid: {
      ...SMALL_GRID,
      model_types: ['random_forest'],
      hyperparameters: { random_forest: { n_estimators: Array.from({ length: 60 }, (_, n) => 300 + n) } },
    },
  });
  await until(long, ['running'], 3_000);
  const second = await enqueue(workspace, { name: 'Second', symbols: ['DEMO_USDJPY'] });
  const waiting = 'Waits for its turn: "Crash test" is in training.';
  expect(second).toMatchObject({ state: 'pending', waiting_for: waiting });
  await expect
    .poll(async () => (await call<JobDto>('jobs.get', { jobId: second.id })).waiting_for, { timeout: 3_000 })
    .toBe(waiting);

  // What is paused does not hold up the others.
  await call('queue.pause', { queueId: long });
  await until(second.id, ['completed'], 60_000);
  const jobs = await call<JobDto[]>('jobs.list');
  expect(jobs.map(({ id, state }) => [id, state])).toEqual([
    [first.id, 'completed'],
    [long, 'paused'],
    [second.id, 'completed'],
  ]);

  // Window, terminal and disk agree.
  const { stdout } = await regimen(workspace, 'jobs', 'list', '--json').ended;
  expect(JSON.parse(stdout)).toEqual(jobs);
  const kept = jobs.reduce((sum, job) => sum + job.kept, 0);
  expect(Object.keys(artifactsOf(workspace))).toHaveLength(kept);
  expect(await server.stop()).toBe(0);
  expectPromisesKept(workspace);
}, 180_000);
