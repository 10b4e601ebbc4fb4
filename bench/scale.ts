import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rawDatabase } from '../engine/store/testing/raw-database.ts';
import { startRedis, type TestRedis } from '../engine/workers/testing/redis-server.ts';
import { inTemporaryFolder, REGIMEN } from './command.ts';
import { isReal, LINEAR, marketFiles, TREES, trainGrid } from './grid.ts';
import { type Figure, median, type Subject } from './subject.ts';

/** Worker processes of one thread each, and threads of the host to compare with. */
const COUNTS = [1, 2, 4];
const MODEL_TYPES = [...LINEAR, ...TREES];
/** Of the grid that more threads are simulated with: it takes seconds, in which what each process compiles weighs most. */
export const CONFIGURATIONS = 256;
/** Beside it one of minutes, of whose kind those of a night are. */
const GRIDS = [CONFIGURATIONS, 1024];
/** How much more processor time the same grid may take elsewhere than on as many threads of the host. */
const MOST_OVERHEAD = 1.05;
/** What as many threads elsewhere are to reach of what those of the host do: the same overhead, by the clock. */
const LEAST_REACHED = 1 / MOST_OVERHEAD;
/** What Redis may hold at most, megabytes. */
const MOST_REDIS_MB = 64;

export const scaleSubject: Subject = {
  name: 'scale',
  title: 'grids on worker processes that are met at a Redis, and on as many threads of the host',
  parts: GRIDS.map(String),
  isLong: true,
  async measure(runs = 3, parts = GRIDS.map(String)) {
    const redis = await startRedis();
    try {
      const figures: Figure[] = [];
      for (const configurations of GRIDS.filter((grid) => parts.includes(String(grid)))) {
        for (const count of COUNTS) {
          const pairs: Pair[] = [];
          for (let run = 0; run < runs; run++) pairs.push(await pair(redis, count, run, configurations));
          figures.push(...figuresOf(count, pairs, configurations));
        }
      }
      return {
        data: `${isReal() ? 'EURUSD and GBPUSD H1, real candles' : 'the synthetic demo market'}; each worker a process of one thread, all on this machine`,
        runs,
        figures,
      };
    } finally {
      await redis.close();
    }
  },
};

type Pair = { readonly local: Cost; readonly remote: Cost };

/** Whoever is first has the machine as the pair before left it, so they take turns. */
async function pair(redis: TestRedis, count: number, run: number, configurations: number): Promise<Pair> {
  if (run % 2 === 0)
    return { local: local(count, configurations), remote: await remote(redis, count, configurations) };
  const first = await remote(redis, count, configurations);
  return { local: local(count, configurations), remote: first };
}

/** What a grid took: workers are there before it begins, as they are for those of a night. */
export interface Cost {
  /** Configurations a second, from the first of them to the last: what host and workers start with is not in it. */
  readonly perSecond: number;
  /** Of the processor, host and workers together. */
  readonly processorSeconds: number;
  /** The host's alone. */
  readonly hostSeconds: number;
  /** What each worker took of the processor before it was there, its rehearsal included. */
  readonly startSeconds?: number;
  /** Of Redis: most that it held, and what went through it. */
  readonly redisMb?: number;
  readonly throughMb?: number;
  /** That each configuration took to train, s. */
  readonly trainingSeconds: readonly number[];
}

function figuresOf(count: number, pairs: readonly Pair[], configurations: number): Figure[] {
  const each = (seconds: number) => (seconds / configurations) * 1000;
  const of = (pick: (pair: Pair) => number) => median(pairs.map(pick));
  const threads = count === 1 ? '1 thread' : `${count} threads`;
  const workers = count === 1 ? '1 worker' : `${count} workers`;
  const figures = [
    { name: `${threads} of the host`, value: of(({ local }) => local.perSecond), unit: 'configurations/s' },
    { name: workers, value: of(({ remote }) => remote.perSecond), unit: 'configurations/s' },
    {
      name: `configurations a second, ${workers} to ${threads}`,
      value: of(({ local, remote }) => remote.perSecond / local.perSecond),
      unit: 'x',
      atLeast: LEAST_REACHED,
    },
    {
      name: `processor time, ${workers} to ${threads}`,
      value: of(({ local, remote }) => remote.processorSeconds / local.processorSeconds),
      unit: 'x',
      atMost: MOST_OVERHEAD,
    },
    {
      name: `processor time, ${threads} of the host`,
      value: of(({ local }) => each(local.processorSeconds)),
      unit: 'ms a configuration',
    },
    {
      name: `processor time of the host, ${workers}`,
      value: of(({ remote }) => each(remote.hostSeconds)),
      unit: 'ms a configuration',
    },
    {
      name: `processor time of ${workers}`,
      value: of(({ remote }) => each(remote.processorSeconds - remote.hostSeconds)),
      unit: 'ms a configuration',
    },
    {
      name: `processor time of a worker before that, ${workers}`,
      value: of(({ remote }) => remote.startSeconds!),
      unit: 's',
    },
    {
      name: `Redis at its most, ${workers}`,
      value: of(({ remote }) => remote.redisMb!),
      unit: 'MB',
      atMost: MOST_REDIS_MB,
    },
    {
      name: `through Redis, ${workers}`,
      value: of(({ remote }) => (remote.throughMb! / configurations) * 1000),
      unit: 'KB a configuration',
    },
  ];
  return figures.map((figure) => ({ ...figure, name: `${configurations}: ${figure.name}` }));
}

function local(threads: number, configurations: number): Cost {
  return inTemporaryFolder((folder) =>
    costOf(folder, configurations, ['--parallel', String(threads)], () => 0),
  );
}

export async function remote(
  redis: TestRedis,
  count: number,
  configurations = CONFIGURATIONS,
): Promise<Cost> {
  const cache = mkdtempSync(join(tmpdir(), 'regimen-bench-cache-'));
  const workers: ChildProcess[] = [];
  try {
    for (let number = 1; number <= count; number++) workers.push(await startWorker(redis.url, cache, number));
    await redis.client.config('RESETSTAT');
    const processor = () => workers.reduce((sum, { pid }) => sum + processorSeconds(pid!), 0);
    const startSeconds = processor() / count;
    const cost = inTemporaryFolder((folder) =>
      costOf(folder, configurations, ['--parallel', '0', '--redis', redis.url], processor),
    );
    const info = await redis.client.info();
    const megabytes = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)![1]) / 1e6;
    return {
      ...cost,
      startSeconds,
      redisMb: megabytes('used_memory_peak'),
      throughMb: megabytes('total_net_input_bytes') + megabytes('total_net_output_bytes'),
    };
  } finally {
    for (const worker of workers) {
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
    await redis.client.flushall();
    rmSync(cache, { recursive: true, force: true });
  }
}

/** `elsewhere`: processor seconds that others than the host have taken so far. */
function costOf(
  folder: string,
  configurations: number,
  where: readonly string[],
  elsewhere: () => number,
): Cost {
  const before = elsewhere();
  const { processorSeconds: hostSeconds } = trainGrid(
    folder,
    marketFiles(folder),
    MODEL_TYPES,
    configurations,
    where,
  );
  const db = rawDatabase(join(folder, 'workspace', 'regimen.db'));
  const trainingSeconds = db.prepare('SELECT seconds FROM runs').pluck().all() as number[];
  const times = db.prepare('SELECT created_at FROM runs').pluck().all() as number[];
  db.close();
  return {
    perSecond: paceOf(times),
    hostSeconds,
    trainingSeconds,
    processorSeconds: hostSeconds + elsewhere() - before,
  };
}

/** Of what was recorded after the first, at the same moment or later, by when it was: ms. */
function paceOf(times: readonly number[]): number {
  const first = Math.min(...times);
  return times.filter((time) => time > first).length / ((Math.max(...times) - first) / 1000);
}

/** Resolves once the worker takes tasks. */
async function startWorker(redis: string, cache: string, number: number): Promise<ChildProcess> {
  const own = ['--name', `worker ${number}`, '--cache', join(cache, String(number))];
  const child = spawn(process.execPath, [REGIMEN, 'worker', '--redis', redis, '--threads', '1', ...own], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface({ input: child.stderr })) if (line.includes(' trains for ')) break;
  child.stderr.resume();
  return child;
}

/** That a process has taken so far, its threads included: see proc(5). */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const TICKS_PER_SECOND = 100;
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
