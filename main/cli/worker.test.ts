import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkersDto } from '../../engine/contract/dto/index.ts';
import { hasRedis, startRedis, type TestRedis } from '../../engine/workers/testing/redis-server.ts';

/** Workers as processes that a user starts. */

const PROGRAM = fileURLToPath(new URL('./regimen.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'regimen-worker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function regimen(env: Readonly<Record<string, string>>, ...argv: string[]) {
  const own = { REGIMEN_WORKSPACE: join(folder, 'workspace'), ...env };
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...argv], {
    encoding: 'utf8',
    env: { ...process.env, ...own },
  });
  return { status, stdout, stderr };
}

describe('a worker is not started', () => {
  it.each<[string, string[], Readonly<Record<string, string>>, RegExp]>([
    ['without a Redis', [], {}, /has to know where hosts are met: --redis/],
    ['at an address that is none', ['--redis', 'localhost:6379'], {}, /A Redis address is needed/],
    [
      'elsewhere without TLS, password and key',
      [],
      { REGIMEN_REDIS: 'redis://far.example' },
      /is not on this machine/,
    ],
    [
      'with no threads',
      ['--redis', 'redis://127.0.0.1', '--threads', '0'],
      {},
      /--threads: expected .* 1 to 256, found "0"/,
    ],
    ['with a short key', ['--redis', 'redis://127.0.0.1'], { REGIMEN_WORKER_KEY: 'abc' }, /has 3 characters/],
  ])('%s: status 3', (_, argv, env, message) => {
    const { status, stderr } = regimen(env, 'worker', ...argv);
    expect(status).toBe(3);
    expect(stderr).toMatch(message);
  });
});

it('training that stays here says so', () => {
  expect(regimen({}, 'worker', 'list')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Training stays on threads of this process'),
  });
  expect(regimen({}, 'worker', 'drain', 'barn')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('No Redis is named where workers are met.'),
  });
});

describe.skipIf(!hasRedis)('a worker at a Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  it('is listed while it works, and ends with status 0 at Ctrl-C', async () => {
    const env = { REGIMEN_REDIS: redis.url };
    const own = ['--threads', '1', '--name', 'barn', '--cache', join(folder, 'cache')];
    const child = spawn(process.execPath, [PROGRAM, 'worker', ...own], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said: string[] = [];
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      if (line.startsWith('barn trains')) resolve();
    });
    await begun;
    const { redis: shown, workers } = JSON.parse(
      regimen(env, 'worker', 'list', '--json').stdout,
    ) as WorkersDto;
    expect(shown).toBe(redis.url);
    expect(workers).toMatchObject([{ name: 'barn', threads: 1, state: 'running', reason: null, done: 0 }]);
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(said.at(-1)).toBe('The worker has ended.');
    expect(regimen(env, 'worker', 'list').stdout).toContain(`No worker is connected to ${redis.url}`);
  });

  it('that it may not use says why, and ends with status 0 all the same', async () => {
    await redis.client.config('SET', 'requirepass', 'secret');
    await redis.client.auth('secret');
    const argv = ['worker', '--redis', redis.url, '--threads', '1', '--cache', join(folder, 'cache')];
    const child = spawn(process.execPath, [PROGRAM, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
    const said: string[] = [];
    const { promise: refused, resolve } = Promise.withResolvers<void>();
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      if (line.includes('asks for a password')) resolve();
    });
    await refused;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await redis.client.config('SET', 'requirepass', '');
    expect(said.filter((line) => line.includes(' trains for hosts '))).toEqual([]);
  });

  it('that is away says so', async () => {
    await redis.stop();
    const { status, stdout } = regimen({ REGIMEN_REDIS: redis.url }, 'worker', 'list');
    await redis.start();
    expect(status).toBe(0);
    expect(stdout).toContain(`Redis at ${redis.url} can not be used: `);
  });
});
