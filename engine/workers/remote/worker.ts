import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { readDefaults } from '../../config/files.ts';
import { loadConfig } from '../../config/load.ts';
import { KERNELS } from '../../pipeline/kernels.ts';
import { keepCompiled } from '../../wasm/instance.ts';
import { compileWell, withoutPatience } from '../patience.ts';
import { redisAddress } from './address.ts';
import { bitsOfThisMachine } from './bits.ts';
import { createCandleShelf, REPLY_SECONDS } from './candle-shelf.ts';
import { another, connect } from './connection.ts';
import { knownBits } from './known-bits.ts';
import { type Control, KEYS, type Kin, kinOf, PREFIX, queueOf, refusalOf, type Task } from './protocol.ts';
import { createRoster, isThere, type Roster, type Wanted } from './roster.ts';
import { createSeal, type Seal } from './seal.ts';
import { createTasks, type Tasks } from './tasks.ts';

export interface RemoteWorkerOptions {
  readonly url: string;
  /** Shared with the hosts. */
  readonly key: string | undefined;
  /** By default the machine's name and the process's number. */
  readonly name?: string | undefined;
  readonly threads: number;
  /** Candle files are kept there, and the bits of this machine. */
  readonly cache: string;
  /** After so long without a sign of life its work is given to another, s. */
  readonly lockSeconds?: number | undefined;
  /** What hosts are expected to allow a thread, megabytes, by default as of the default configuration: one of that kind is started before the first task. */
  readonly memoryMb?: number;
  /** See ThreadTrainerOptions. */
  readonly taskFile?: string;
  /** In place of this machine's own; see `bitsOfThisMachine`. */
  readonly bits?: string;
  /** Whether its threads practice before it is there for hosts. */
  readonly rehearses?: boolean;
  /** Drains it, also while it waits for a Redis that was not there yet. */
  readonly stop?: AbortSignal;
  say(line: WorkerLine): void;
}

export interface WorkerLine {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

export interface RemoteWorker {
  readonly name: string;
  /** Resolves once it was drained, or closed. */
  readonly ended: Promise<void>;
  /** Takes no further task, finishes those that it has, and ends. */
  drain(): Promise<void>;
  /** Ends at once: what it has in hand is given to another. */
  close(): Promise<void>;
}

const LOCK_SECONDS = 12;
/** How often it shows itself, ms. */
const SHOW_MS = 2000;
/** So long what is trained waits for a Redis that is away as the worker ends, ms. */
const AWAY_MS = 10_000;
const LOOK_AWAY_MS = 250;
/** How long the end of a worker takes at most where Redis does not answer, ms. */
const CLOSING_MS = 1000;
/** A thread's next task is there, with its candles, when it has finished one. */
const TASKS_PER_THREAD = 2;

/** Trains cells of any host that meets it at a Redis. It needs no workspace, and writes nothing but its cache of candles. */
export async function startRemoteWorker(options: RemoteWorkerOptions): Promise<RemoteWorker> {
  const { threads, taskFile, say } = options;
  const { memoryMb = loadConfig(readDefaults()).queue.worker_memory_mb } = options;
  const address = redisAddress(options.url, options.key);
  const seal = createSeal(options.key);
  const bits = options.bits ?? (await knownBits(join(options.cache, 'bits.json'), bitsOfThisMachine));
  const kin = kinOf(bits, seal.fingerprint);
  const id = randomUUID();
  const name = options.name ?? `${hostname()}-${process.pid}`;
  const startedAt = Date.now();

  let closed = false;
  const sayIt = sayConnection(address.shown, say);
  let isAway = false;
  const { redis, usable } = await connect(address, {
    state(reason) {
      isAway = reason !== undefined;
      if (!closed) sayIt(reason);
    },
    warning: (text) => say({ level: 'warning', text }),
  });
  // Signs of life and locks go by the first: behind a large result on a slow line they would come too late, and its work be another's.
  const others = [another(redis, REPLY_SECONDS * 1000), another(redis), another(redis)] as const;
  const [replies, told, results] = others;
  const roster = createRoster(redis, seal);
  const shelf = createCandleShelf(join(options.cache, 'candles'), replies, seal);
  compileWell(() => keepCompiled(KERNELS));
  const tasks = createTasks({ redis: results, seal, shelf, id, threads, taskFile, memoryMb });
  const rehearsed = options.rehearses ? tasks.rehearse() : undefined;
  void obeyHosts(told, seal, tasks);
  let worker: Worker | undefined;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let state: Wanted = 'running';
  const hearRefusals = refusals(roster, kin, say);

  async function show(): Promise<void> {
    await roster.writeWorker({
      id,
      name,
      host: hostname(),
      pid: process.pid,
      kin,
      threads,
      ...tasks.counts(),
      state,
      startedAt,
    });
    await follow(await roster.wanted(name));
    await hearRefusals();
  }

  async function follow(wanted: Wanted): Promise<void> {
    if (wanted === state || state === 'draining') return;
    if (wanted === 'draining') {
      void drain();
      return;
    }
    state = wanted;
    const text = wanted === 'paused' ? 'Paused: what is in training is finished.' : 'Goes on.';
    say({ level: 'info', text });
    tasks.begin(wanted === 'running');
    if (wanted === 'paused') await worker?.pause(true);
    else worker?.resume();
  }

  async function showOn(): Promise<void> {
    while (!closed) {
      await show().catch(() => undefined);
      await delay(SHOW_MS, undefined, { ref: false });
    }
  }

  async function drain(): Promise<void> {
    if (state === 'draining') return ended;
    state = 'draining';
    say({ level: 'info', text: 'Draining: what is in training is finished, then the worker ends.' });
    tasks.begin(false);
    if (worker !== undefined && !(await finishInHand(worker.close(), () => isAway))) {
      say({ level: 'warning', text: 'Redis is away: what was trained last is given to another.' });
    }
    // Whoever starts under this name next is to work.
    if (!isAway) await roster.want(name, 'running').catch(() => undefined);
    await leave();
  }

  async function leave(): Promise<void> {
    if (closed) return;
    closed = true;
    if (!isAway && redis.status === 'ready') await roster.removeWorker(id).catch(() => undefined);
    await tasks.close();
    // It would wait for a Redis that is away.
    const closing = worker?.close(true).catch(() => undefined);
    await Promise.race([closing, delay(CLOSING_MS, undefined, { ref: false })]);
    for (const connection of [...others, redis]) connection.disconnect();
    end();
  }

  options.stop?.addEventListener('abort', () => void drain());
  if (options.stop?.aborted) void drain();
  await Promise.race([Promise.all([usable, rehearsed]), ended]);
  if (!closed) worker = await takeTasks(options, redis, { name, queue: queueOf(kin), seal, tasks });
  if (closed) {
    await worker?.close(true).catch(() => undefined);
    return { name, ended, drain, close: leave };
  }
  await show().catch(() => undefined);
  void showOn();
  const own = `${threads} thread${threads === 1 ? '' : 's'} (pipeline ${kin.pipeline}, bits ${kin.bits})`;
  say({ level: 'info', text: `${name} trains for hosts at ${address.shown} with ${own}.` });
  return { name, ended, drain, close: leave };
}

/** Waits for the end of what is in hand, but not for a Redis that stays away, which leaves nobody to be told of it. */
async function finishInHand(work: Promise<void>, isAway: () => boolean): Promise<boolean> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  for (let since = Date.now(); !isOver && Date.now() - since < AWAY_MS; ) {
    if (!isAway()) since = Date.now();
    await Promise.race([over, delay(LOOK_AWAY_MS)]);
  }
  return isOver;
}

/** Says once that Redis is away, and each reason why, and once that it is back. */
function sayConnection(shown: string, say: RemoteWorkerOptions['say']) {
  /** Since it is away. */
  const reasons = new Set<string>();
  return (reason: string | undefined) => {
    if (reason === undefined) {
      if (reasons.size > 0) say({ level: 'info', text: `Redis at ${shown} is back.` });
      reasons.clear();
    } else if (!reasons.has(reason)) {
      reasons.add(reason);
      say({ level: 'warning', text: `Redis at ${shown} can not be used: ${reason}. Trying again.` });
    }
  };
}

async function obeyHosts(connection: Redis, seal: Seal, tasks: Tasks): Promise<void> {
  connection.on('messageBuffer', (_channel: Buffer, message: Buffer) => {
    try {
      tasks.obey(seal.open('control', message) as Control);
    } catch {
      // Of somebody without the key.
    }
  });
  await connection.subscribe(KEYS.control).catch(() => undefined);
}

interface Taking {
  readonly name: string;
  readonly queue: string;
  readonly seal: Seal;
  readonly tasks: Tasks;
}

async function takeTasks(
  { threads, lockSeconds = LOCK_SECONDS, say }: RemoteWorkerOptions,
  redis: Redis,
  { name, queue, seal, tasks }: Taking,
) {
  const { Worker } = await withoutPatience(() => import('bullmq'));
  const worker = new Worker(
    queue,
    async (job: Job<string>) => {
      let task: Task;
      try {
        task = seal.open('task', Buffer.from(job.data, 'base64')) as Task;
      } catch (error) {
        say({ level: 'error', text: (error as Error).message });
        return;
      }
      await tasks.run(task);
    },
    {
      connection: redis,
      prefix: PREFIX,
      name,
      skipVersionCheck: true,
      concurrency: threads * TASKS_PER_THREAD,
      lockDuration: lockSeconds * 1000,
      stalledInterval: lockSeconds * 500,
      // Its host finds out what of it is done, and hands out the rest.
      maxStalledCount: 0,
      removeOnComplete: { count: 0 },
      removeOnFail: { age: 600, count: 1000 },
    },
  );
  // A lost connection is told elsewhere; a task that another has by now is its host's matter.
  worker.on('error', () => undefined);
  return worker;
}

/** Says once of each host that it can't give this worker anything, and why. */
function refusals(roster: Roster, kin: Kin, say: RemoteWorkerOptions['say']) {
  const said = new Set<string>();
  return async () => {
    for (const { card } of (await roster.hosts()).filter(isThere)) {
      const reason = refusalOf(kin, card.kin);
      if (reason === undefined || said.has(card.session)) continue;
      said.add(card.session);
      say({ level: 'error', text: `The host ${card.name} gives this worker no work: it has ${reason}` });
    }
  };
}
