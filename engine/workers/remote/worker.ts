import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { toErrorDto } from '../../contract/errors.ts';
import { createCandleFolder } from '../../market/series/candle-folder.ts';
import type { WorkerJob } from '../../pipeline/job.ts';
import { createThreadTrainer } from '../thread-trainer.ts';
import type { OpenBatch, Trainer } from '../trainer.ts';
import { redisAddress } from './address.ts';
import { bitsOfThisMachine } from './bits.ts';
import { createCandleShelf } from './candle-shelf.ts';
import { connect } from './connection.ts';
import {
  type Control,
  KEYS,
  kinOf,
  PREFIX,
  queueOf,
  refusalOf,
  type Task,
  type TaskEvent,
} from './protocol.ts';
import { createRoster, isThere, type Wanted } from './roster.ts';
import { createSeal } from './seal.ts';

export interface RemoteWorkerOptions {
  readonly url: string;
  readonly key: string | undefined;
  /** By default the machine's name and the process's number. */
  readonly name?: string | undefined;
  readonly threads: number;
  /** Candle files are kept there. */
  readonly cache: string;
  /** Of Regimen, to be shown. */
  readonly version: string;
  /** After so long without a sign of life its work is given to another, s. */
  readonly lockSeconds?: number;
  /** See ThreadTrainerOptions. */
  readonly taskFile?: string;
  /** In place of this machine's own; see `bitsOfThisMachine`. */
  readonly bits?: string;
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
/** Bytes that may wait in a host's inbox before a worker waits, too. */
const MOST_WAITING = 32 * 1024 * 1024;
/** How long a host that has not shown itself may have lost its key with Redis's memory, ms. */
const HOST_GRACE_MS = 3000;
/** Seconds over which its pace is told. */
const RATE_SECONDS = 60;

/** Trains cells of any host that meets it at a Redis. It needs no workspace, and writes nothing but its cache of candles. */
export async function startRemoteWorker(options: RemoteWorkerOptions): Promise<RemoteWorker> {
  const address = redisAddress(options.url, options.key);
  const seal = createSeal(options.key);
  const kin = kinOf(options.bits ?? bitsOfThisMachine(), seal.fingerprint);
  const id = randomUUID();
  const name = options.name ?? `${hostname()}-${process.pid}`;
  const startedAt = Date.now();
  const lock = (options.lockSeconds ?? LOCK_SECONDS) * 1000;

  let away: string | undefined;
  const redis = await connect(address, (reason) => {
    if ((reason === undefined) === (away === undefined)) return;
    away = reason;
    if (reason === undefined) options.say({ level: 'info', text: `Connected to ${address.shown}.` });
    else
      options.say({
        level: 'warning',
        text: `Redis at ${address.shown} can not be reached: ${reason}. Trying again.`,
      });
  });
  const quiet = (connection: Redis) => connection.on('error', () => undefined);
  const [replies, told] = [quiet(redis.duplicate()), quiet(redis.duplicate())];
  const roster = createRoster(redis, seal);
  const shelf = createCandleShelf(join(options.cache, 'candles'), replies, seal);
  const candles = createCandleFolder(shelf.folder);

  /** By what a thread may use: hosts may differ. */
  const trainers = new Map<number, Trainer>();
  function trainerOf(memoryMb: number): Trainer {
    const { threads, taskFile } = options;
    const made =
      trainers.get(memoryMb) ??
      createThreadTrainer({ threads, memoryMb, ...(taskFile !== undefined && { taskFile }) }, candles);
    trainers.set(memoryMb, made);
    return made;
  }

  interface Held {
    readonly open: OpenBatch<WorkerJob>;
    readonly aborter: AbortController;
  }
  const held = new Map<string, Held>();
  let busy = 0;
  /** When each was done, ms, oldest first. */
  let done: number[] = [];
  let total = 0;

  await told.subscribe(KEYS.control).catch(() => undefined);
  told.on('messageBuffer', (_channel: Buffer, message: Buffer) => {
    try {
      const { group, what } = seal.open('control', message) as Control;
      if (what === 'stop') held.get(group)?.open.stop();
      else held.get(group)?.aborter.abort();
    } catch {
      // Of somebody without the key.
    }
  });

  /** Whether the host that wants this is still there. */
  async function isWanted(session: string): Promise<boolean> {
    if ((await redis.exists(KEYS.session(session))) === 1) return true;
    // Redis may have lost its memory: the host shows itself again.
    await delay(HOST_GRACE_MS);
    return (await redis.exists(KEYS.session(session))) === 1;
  }

  /** Events in the order in which they are told; several that come at once are one message. */
  function openVoice(session: string) {
    const inbox = KEYS.inbox(session);
    let waiting: TaskEvent[] = [];
    let sending: Promise<void> | undefined;
    async function send(): Promise<void> {
      while (waiting.length > 0) {
        const events = waiting;
        waiting = [];
        const message = seal.seal('events', { events });
        while (message.length > 4096 && Number(await redis.get(KEYS.waiting(session))) > MOST_WAITING) {
          await delay(50);
        }
        await redis
          .pipeline()
          .incrby(KEYS.waiting(session), message.length)
          .expire(KEYS.waiting(session), 600)
          .rpush(inbox, message)
          .expire(inbox, 600)
          .exec();
      }
      sending = undefined;
    }
    return {
      tell(event: TaskEvent): void {
        waiting.push(event);
        // What is told within the same turn goes together.
        sending ??= delay(0).then(send);
      },
      async told(): Promise<void> {
        while (sending !== undefined) await sending;
      },
    };
  }

  async function run(task: Task): Promise<void> {
    const { session, group, context, positions, cells, memoryMb } = task;
    if (!(await isWanted(session))) return;
    const voice = openVoice(session);
    const aborter = new AbortController();
    let current: number | undefined;
    const open = trainerOf(memoryMb).open<WorkerJob>({ context, cells }, cells.length);
    held.set(group, { open, aborter });
    try {
      await shelf.have(context, (request) => voice.tell({ type: 'candles', ...request }));
      busy++;
      try {
        await open.work(
          {
            onStart(at) {
              current = positions[at]!;
              voice.tell({ type: 'start', group, position: current, worker: id });
            },
            onResult(at, result) {
              current = undefined;
              done.push(Date.now());
              total++;
              voice.tell({ type: 'result', group, position: positions[at]!, result });
            },
          },
          aborter.signal,
        );
      } finally {
        busy--;
      }
      voice.tell({ type: 'end', group });
    } catch (error) {
      if (current === undefined) voice.tell({ type: 'end', group, refused: toErrorDto(error) });
      else {
        const message = error instanceof Error ? error.message : String(error);
        voice.tell({ type: 'end', group, lost: { position: current, message } });
      }
    } finally {
      held.delete(group);
      await voice.told();
    }
  }

  const { Worker } = await import('bullmq');
  const worker = new Worker(
    queueOf(kin),
    async (job: Job<string>) => {
      let task: Task;
      try {
        task = seal.open('task', Buffer.from(job.data, 'base64')) as Task;
      } catch (error) {
        options.say({ level: 'error', text: (error as Error).message });
        return;
      }
      await run(task);
    },
    {
      connection: redis,
      prefix: PREFIX,
      name,
      concurrency: options.threads,
      lockDuration: lock,
      stalledInterval: lock / 2,
      // Its host finds out what of it is done, and hands out the rest.
      maxStalledCount: 0,
      removeOnComplete: { count: 0 },
      removeOnFail: { age: 600, count: 1000 },
    },
  );
  // Lost connections are told above; a task that another has by now is its host's matter.
  worker.on('error', () => undefined);

  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let state: Wanted = 'running';
  let closed = false;
  let refusal: string | undefined;

  async function show(): Promise<void> {
    const now = Date.now();
    done = done.filter((at) => now - at < RATE_SECONDS * 1000);
    const seconds = Math.min(RATE_SECONDS, Math.max(1, (now - startedAt) / 1000));
    await roster.writeWorker({
      id,
      name,
      host: hostname(),
      pid: process.pid,
      version: options.version,
      kin,
      threads: options.threads,
      busy,
      done: total,
      rate: done.length / seconds,
      state,
      startedAt,
    });
    const wanted = await roster.wanted(name);
    if (wanted === 'draining') void drain();
    else if (wanted !== state && state !== 'draining') {
      state = wanted;
      options.say({
        level: 'info',
        text: wanted === 'paused' ? 'Paused: what is in training is finished.' : 'Goes on.',
      });
      if (wanted === 'paused') await worker.pause(true);
      else worker.resume();
    }
    await hearRefusals();
  }

  /** Hosts that can't give it work are named once. */
  async function hearRefusals(): Promise<void> {
    const reasons = (await roster.hosts())
      .filter(isThere)
      .map(({ card }) => ({ card, reason: refusalOf(kin, card.kin) }));
    const refusing = reasons.find(({ reason }) => reason !== undefined);
    const now =
      refusing && `The host ${refusing.card.name} gives this worker no work: it has ${refusing.reason}`;
    if (now !== undefined && now !== refusal) options.say({ level: 'error', text: now });
    refusal = now;
  }

  async function showOn(): Promise<void> {
    while (!closed) {
      await show().catch(() => undefined);
      await delay(SHOW_MS);
    }
  }

  async function drain(): Promise<void> {
    if (state === 'draining') return ended;
    state = 'draining';
    options.say({ level: 'info', text: 'Draining: what is in training is finished, then the worker ends.' });
    await worker.close();
    await roster.want(name, 'running').catch(() => undefined);
    await leave();
  }

  async function leave(): Promise<void> {
    if (closed) return;
    closed = true;
    if (redis.status === 'ready') await roster.removeWorker(id).catch(() => undefined);
    await Promise.all([...trainers.values()].map((trainer) => trainer.close()));
    await worker.close(true).catch(() => undefined);
    for (const connection of [replies, told, redis]) connection.disconnect();
    end();
  }

  await show().catch(() => undefined);
  void showOn();
  options.say({
    level: 'info',
    text: `${name} trains for hosts at ${address.shown} with ${options.threads} thread${options.threads === 1 ? '' : 's'} (pipeline ${kin.pipeline}, bits ${kin.bits}).`,
  });
  return { name, ended, drain, close: leave };
}
