import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A Redis of its own, which remembers nothing across a restart. */
export interface TestRedis {
  readonly url: string;
  /** To look and to meddle with. */
  readonly client: Redis;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Whether this machine has one; what needs it is skipped where not, but never where REGIMEN_REQUIRE_PEERS is set. */
export const hasRedis = (() => {
  const { error } = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
  if (error !== undefined && process.env.REGIMEN_REQUIRE_PEERS !== undefined) {
    throw new Error('There is no redis-server: npm run peers installs it.', { cause: error });
  }
  return error === undefined;
})();

export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const client = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    retryStrategy: () => 50,
    // On a busy machine a Redis takes longer to start than a few attempts.
    maxRetriesPerRequest: null,
  });
  client.on('error', () => undefined);

  async function start(): Promise<void> {
    const options = [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
    ];
    child = spawn('redis-server', options, { stdio: 'ignore' });
    if (client.status === 'wait') await client.connect().catch(() => undefined);
    await client.ping();
  }
  async function stop(): Promise<void> {
    if (child === undefined) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    child = undefined;
  }
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    start,
    stop,
    async close() {
      client.disconnect();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return port;
}
