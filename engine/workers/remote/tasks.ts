import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { toErrorDto } from '../../contract/errors.ts';
import { createCandleFolder } from '../../market/series/candle-folder.ts';
import { createThreadTrainer, type PackedHooks, type ThreadTrainer } from '../thread-trainer.ts';
import type { CandleShelf } from './candle-shelf.ts';
import { type Control, KEYS, type Task } from './protocol.ts';
import { rehearsals } from './rehearsals.ts';
import type { Seal } from './seal.ts';
import { createTurns } from './turns.ts';
import { createVoice } from './voice.ts';

/** How long a host that has not shown itself may have lost its key with Redis's memory, ms. */
const HOST_GRACE_MS = 3000;
/** Threads practice for at most so long, s: there may be more of them than the machine has cores. */
const MOST_REHEARSED = 3;
/** Seconds over which the pace is told. */
const RATE_SECONDS = 60;

export interface TasksOptions {
  /** A connection that large messages may keep busy. */
  readonly redis: Redis;
  readonly seal: Seal;
  readonly shelf: CandleShelf;
  /** Of the worker. */
  readonly id: string;
  readonly threads: number;
  /** What hosts are expected to allow a thread; see RemoteWorkerOptions. */
  readonly memoryMb?: number | undefined;
  /** See ThreadTrainerOptions. */
  readonly taskFile?: string | undefined;
}

/** A task in hand: it is given back by `waiting` as long as it has not begun. */
interface Held {
  readonly training: AbortController;
  readonly waiting: AbortController;
  stop(): void;
}

/** What a worker has in hand. */
export interface Tasks {
  /**
   * Trains all cells of a task in one thread as soon as one is free, and tells its host; its candles are fetched meanwhile. Never throws.
   */
  run(task: Task): Promise<void>;
  obey(control: Control): void;
  /** Has each thread practice what it is there for. Never throws: who can't trains all the same. */
  rehearse(): Promise<void>;
  /** Whether tasks are begun that are not yet. While they are not, those that wait or come are given back at once. */
  begin(areBegun: boolean): void;
  /** Configurations that are in training, and were trained; a second of the last minute. */
  counts(): { readonly busy: number; readonly done: number; readonly rate: number };
  close(): Promise<void>;
}

export function createTasks(options: TasksOptions): Tasks {
  const { redis, seal, shelf, id, threads, taskFile } = options;
  const candles = createCandleFolder(shelf.folder);
  const held = new Map<string, Held>();
  const turns = createTurns(threads);
  let areBegun = true;
  const startedAt = Date.now();
  let busy = 0;
  let total = 0;
  /** When each of the last minute was done, ms. */
  let done: number[] = [];

  /** By what a thread may use: hosts may differ. */
  const trainers = new Map<number, ThreadTrainer>();
  function trainerOf(memoryMb: number): ThreadTrainer {
    const known = trainers.get(memoryMb);
    if (known !== undefined) return known;
    const made = createThreadTrainer(
      { threads, memoryMb, ...(taskFile !== undefined && { taskFile }) },
      candles,
    );
    trainers.set(memoryMb, made);
    return made;
  }
  /** Of the trainer that was made before a host asked for one. */
  let { memoryMb: expected } = options;
  if (expected !== undefined) trainerOf(expected);
  function trainerFor(memoryMb: number): ThreadTrainer {
    if (expected !== undefined && expected !== memoryMb) {
      void trainers.get(expected)!.close();
      trainers.delete(expected);
    }
    expected = undefined;
    return trainerOf(memoryMb);
  }

  /** Whether the host that wants this is still there. */
  async function isWanted(session: string): Promise<boolean> {
    if ((await redis.exists(KEYS.session(session))) === 1) return true;
    await delay(HOST_GRACE_MS);
    return (await redis.exists(KEYS.session(session))) === 1;
  }

  async function run({ session, group, context, positions, cells, memoryMb, atOnce }: Task): Promise<void> {
    if (!(await isWanted(session))) return;
    const voice = createVoice(redis, seal, session, atOnce);
    const [training, waiting] = [new AbortController(), new AbortController()];
    let current: number | undefined;
    const open = trainerFor(memoryMb).openPacked({ context, cells });
    held.set(group, { stop: open.stop, training, waiting });
    if (!areBegun) waiting.abort();
    const hooks: PackedHooks = {
      onStart(at) {
        busy++;
        current = positions[at]!;
        voice.tell({ type: 'start', group, position: current, worker: id });
      },
      onResult(at, packed) {
        busy--;
        current = undefined;
        done.push(Date.now());
        total++;
        voice.tell({ type: 'result', group, position: positions[at]!, packed });
      },
    };
    try {
      await shelf.have(context, (request) => voice.tell({ type: 'candles', ...request }));
      if (await turns.next(waiting.signal)) await open.work(hooks, training.signal).finally(turns.over);
      voice.tell({ type: 'end', group });
    } catch (error) {
      if (current === undefined) voice.tell({ type: 'end', group, refused: toErrorDto(error) });
      else {
        busy--;
        const message = error instanceof Error ? error.message : String(error);
        voice.tell({ type: 'end', group, lost: { position: current, message } });
      }
    } finally {
      held.delete(group);
      await voice.told();
    }
  }

  async function rehearse(): Promise<void> {
    if (expected === undefined) return;
    await trainerOf(expected)
      .rehearse(rehearsals(), MOST_REHEARSED)
      .catch(() => undefined);
  }

  return {
    run,
    rehearse,
    obey({ group, what }) {
      const task = held.get(group);
      task?.waiting.abort();
      if (what === 'stop') task?.stop();
      else task?.training.abort();
    },
    begin(so) {
      areBegun = so;
      if (!so) for (const { waiting } of held.values()) waiting.abort();
    },
    counts() {
      const now = Date.now();
      done = done.filter((at) => now - at < RATE_SECONDS * 1000);
      const seconds = Math.min(RATE_SECONDS, Math.max(1, (now - startedAt) / 1000));
      return { busy, done: total, rate: done.length / seconds };
    },
    async close() {
      await Promise.all([...trainers.values()].map((trainer) => trainer.close()));
    },
  };
}
