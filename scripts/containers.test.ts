import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { WorkersDto } from '../engine/contract/dto/index.ts';
import { hasPeers, peersPython } from '../engine/testing/peers.ts';
import { redisAddress } from '../engine/workers/remote/address.ts';
import { hasRedis } from '../engine/workers/testing/redis-server.ts';

/**
 * Dockerfile and compose.yaml, without an engine for containers: their own linters, and what they start and ask, done in a plain folder.
 * What an image is made of has its test beside the builds.
 */

const PROJECT = join(import.meta.dirname, '..');
const SECRETS = { REGIMEN_REDIS_PASSWORD: 'a'.repeat(64), REGIMEN_WORKER_KEY: 'b'.repeat(64) };

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly read_only?: boolean;
}

/** As Compose reads it: variables in place, those that are required given. */
function compose(secrets: Readonly<Record<string, string>> = SECRETS) {
  const text = readFileSync(join(PROJECT, 'compose.yaml'), 'utf8');
  const filled = text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const value = secrets[name] ?? (kind === '-' ? rest : undefined);
    if (value === undefined) throw new Error(`${name} is required`);
    return value;
  });
  return parse(filled, { merge: true }) as {
    readonly services: Readonly<Record<'redis' | 'host' | 'worker' | 'certificates', Service>>;
    readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  };
}

describe.runIf(hasPeers())('by their linters', () => {
  test.each<[string, () => readonly string[]]>([
    ['Dockerfile', () => [join(dirname(peersPython()), 'hadolint'), '--no-color', 'Dockerfile']],
    [
      'compose.yaml',
      () => [
        peersPython(),
        '-I',
        '-m',
        'check_jsonschema',
        '--builtin-schema',
        'vendor.compose-spec',
        'compose.yaml',
      ],
    ],
  ])('%s is faultless', (_, command) => {
    const [program, ...argv] = command();
    const { status, stdout, stderr, error } = spawnSync(program!, argv, { cwd: PROJECT, encoding: 'utf8' });
    expect(error).toBeUndefined();
    expect(`${stdout}${stderr}`).toMatch(/^(|ok.*\n)$/);
    expect(status).toBe(0);
  });
});

describe('what they promise', () => {
  test('images are pinned, nobody is root, and one port is open, to this machine', () => {
    const { services, networks } = compose();
    const dockerfile = readFileSync(join(PROJECT, 'Dockerfile'), 'utf8');
    const node = readFileSync(join(PROJECT, 'package.json'), 'utf8').match(/"node": "(24[\d.]+)"/)![1]!;
    expect(dockerfile).toContain(`ARG NODE=${node}-`);
    expect(dockerfile).toMatch(/^USER \d+$/m);
    expect(services.redis).toMatchObject({ image: expect.stringMatching(/^redis:\d+\.\d+-/), user: '999' });
    for (const name of ['redis', 'host', 'worker'] as const) {
      expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      for (const port of services[name].ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
    expect(services.redis.ports).toBeUndefined();
    expect(networks[services.worker.networks![0]!]?.internal).toBe(true);
  });

  test('no secret has a default, and none is a word of a command', () => {
    for (const name of Object.keys(SECRETS)) {
      expect(() => compose({ ...SECRETS, [name]: undefined as never })).toThrow(`${name} is required`);
    }
    const { services } = compose();
    const commands = Object.values(services).flatMap((service) => service.command ?? []);
    expect(commands.join(' ')).not.toMatch(/aaaa|bbbb/);
  });

  test('the address of Redis is one that Regimen accepts from another machine', () => {
    const { REGIMEN_REDIS, REGIMEN_WORKER_KEY } = compose().services.worker.environment;
    expect(redisAddress(REGIMEN_REDIS!, REGIMEN_WORKER_KEY)).toMatchObject({ shown: 'rediss://redis:6379' });
    expect(() => redisAddress(REGIMEN_REDIS!.replace('rediss', 'redis'), REGIMEN_WORKER_KEY)).toThrow('TLS');
  });
});

describe.runIf(hasRedis && spawnSync('openssl', ['version']).status === 0)('what they start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-containers-'));
  const running: ChildProcess[] = [];
  let ports: { readonly redis: number; readonly host: number };
  beforeAll(async () => {
    mkdirSync(join(folder, 'certs'));
    ports = { redis: await freePort(), host: await freePort() };
  });
  afterAll(async () => {
    await Promise.all(running.map(end));
    rmSync(folder, { recursive: true, force: true });
  });

  /** As it is said in a container, for this machine. */
  const here = (text: string): string =>
    text
      .replaceAll('$$', '$')
      .replaceAll('/certs', join(folder, 'certs'))
      .replaceAll('/workspace', join(folder, 'workspace'))
      .replace('@redis:', '@localhost:')
      .replaceAll('6379', String(ports.redis))
      .replaceAll('4780', String(ports.host))
      .replace('--dir /tmp', `--dir ${folder}`);

  function program([name = '', ...argv]: readonly string[]): [string, string[]] {
    const launcher = { 'regimen-server': 'server.mjs', regimen: 'regimen.mjs' }[name];
    if (launcher !== undefined) argv.unshift(join(PROJECT, 'main/launch', launcher));
    return [launcher === undefined && name !== 'node' ? name : process.execPath, argv.map(here)];
  }
  function environment({ environment }: Service): NodeJS.ProcessEnv {
    const own = Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, here(text)]));
    return { ...process.env, REGIMEN_HOME: join(folder, 'home'), ...own };
  }

  function run(service: Service, command: readonly string[]) {
    const [file, argv] = program(command);
    return spawnSync(file, argv, { encoding: 'utf8', env: environment(service) });
  }
  /** Resolves once it says so. */
  async function start(service: Service, ready: RegExp): Promise<ChildProcess> {
    const [file, argv] = program(service.command);
    const child = spawn(file, argv, { env: environment(service), stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    const said: string[] = [];
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          said.push(line);
          if (ready.test(line)) resolve();
        });
      }
      child.once('exit', (status) => reject(new Error(`ended with ${status}: ${said.join('\n')}`)));
    });
    return child;
  }

  const certificates = () =>
    spawnSync('sh', [join(PROJECT, 'container/certificates.sh'), join(folder, 'certs')], {
      encoding: 'utf8',
    });

  test('certificates are made once; Redis, host and worker meet, are in health, and stop when they are told', async () => {
    expect(certificates()).toMatchObject({ status: 0, stdout: expect.stringContaining('Made certificates') });
    const made = readFileSync(join(folder, 'certs/host.pem'), 'utf8');
    expect(certificates()).toMatchObject({ status: 0, stdout: expect.stringContaining('another month') });
    expect(readFileSync(join(folder, 'certs/host.pem'), 'utf8')).toBe(made);

    const { redis, host, worker } = compose().services;
    const isWell = (service: Service) => {
      const [, ...command] = service.healthcheck.test;
      const asked =
        service === redis ? [...command.slice(0, -1), '-p', String(ports.redis), 'ping'] : command;
      return run(service, asked).status === 0;
    };
    expect(isWell(host)).toBe(false);
    const meetingPlace = await start(redis, /Ready to accept connections/);
    expect(isWell(redis)).toBe(true);
    const server = await start(host, /Regimen is ready: https:\/\/localhost:/);
    expect(isWell(host)).toBe(true);
    const trainer = await start(worker, / trains for hosts at rediss:\/\/localhost:\d+ with 2 threads/);
    const listed = run(host, ['regimen', 'worker', 'list', '--json']);
    expect(listed).toMatchObject({ status: 0 });
    expect((JSON.parse(listed.stdout) as WorkersDto).workers).toMatchObject([
      { state: 'running', threads: 2 },
    ]);

    expect(await end(trainer)).toBe(0);
    expect(await end(server)).toBe(0);
    // Itself, and no shell that would leave it behind.
    expect(await end(meetingPlace)).toBe(0);
  });
});

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  return child.exitCode;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
