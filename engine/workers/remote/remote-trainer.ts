import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkerJob, WorkerResult } from '../../pipeline/job.ts';
import { createControl, raiseLimit, stopBatch } from '../control.ts';
import { patient } from '../patience.ts';
import type { ThreadTrainer } from '../thread-trainer.ts';
import {
  type BatchHooks,
  type OpenBatch,
  THREADS_AHEAD,
  type Trainer,
  type TrainerBatch,
} from '../trainer.ts';
import { redisAddress } from './address.ts';
import { serveCandles } from './candle-service.ts';
import { cellsOfTask, groupSize } from './group-size.ts';
import { type Link, openLink } from './link.ts';
import { closedError, createOuting, type Outing, type OutingOptions, SlotLost } from './outing.ts';
import { openPositions } from './positions.ts';
import { kinOf, type TaskEvent } from './protocol.ts';
import { createSeal, type Seal } from './seal.ts';
import { createSignal, type Signal } from './signal.ts';

export interface RemoteTrainerOptions {
  /** `redis://…` or `rediss://…`; see `redisAddress`. */
  readonly url: string;
  /** Shared with the workers. */
  readonly key: string | undefined;
  /** How workers' owners know this host. */
  readonly name: string;
  /** See `bitsOfThisMachine`. */
  readonly bits: () => Promise<string>;
  /** What one thread may use; see ThreadTrainerOptions. */
  readonly memoryMb: number;
  /** Tasks that are out at a time at most, for each of which a slot waits. */
  readonly slots?: number;
  /** Where the candle files are that workers ask for. */
  readonly candleFolder: string;
  /** Nobody trains for it, and why; undefined: somebody does. */
  onIdle(reason: string | undefined): void;
  /** What of Redis will not do in the long run. */
  onWarning?(text: string): void;
  /** Threads of this process that train beside the workers. */
  readonly local?: ThreadTrainer | undefined;
}

const SLOTS = 64;
const STOP_AGAIN_MS = 1000;
/** Most cells that workers may be ahead, however many there are. */
const MOST_AHEAD = 1024;
/** A worker's next task waits when it has finished one. */
const TASKS_PER_THREAD = 2;

/** What the batches of a trainer share. */
interface Room {
  readonly seal: Seal;
  readonly memoryMb: number;
  /** By group. */
  readonly outings: Map<string, Outing>;
  /** Something happened that slots may wait for. */
  readonly changed: Signal;
  readonly closed: AbortSignal;
  readonly local: ThreadTrainer | undefined;
  /** Slots that threads of this process have. */
  localSlots: number;
  link(): Promise<Link>;
  /** Threads of the workers that may be given work now. */
  capacity(): number;
  /** Seconds that a cell took lately. */
  pace: number | undefined;
}

/** Trains on workers elsewhere that meet at a Redis. The same cells give the same bits as on threads of this process. */
export function createRemoteTrainer(options: RemoteTrainerOptions): Trainer {
  const address = redisAddress(options.url, options.key);
  const seal = createSeal(options.key);
  const aborter = new AbortController();
  let opened: Promise<Link> | undefined;
  let link: Link | undefined;
  const room: Room = {
    seal,
    memoryMb: options.memoryMb,
    outings: new Map(),
    changed: createSignal(),
    closed: aborter.signal,
    local: options.local,
    localSlots: 0,
    pace: undefined,
    capacity: () => link?.capacity() ?? 0,
    link() {
      opened ??= open().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
  };

  async function open(): Promise<Link> {
    const made: Link = await openLink({
      address,
      seal,
      name: options.name,
      kin: kinOf(await options.bits(), seal.fingerprint),
      onEvent(event) {
        if (event.type === 'candles') void sendCandles(made, event);
        else room.outings.get(event.group)?.onEvent(event);
      },
      onLook() {
        room.changed.give();
        for (const outing of room.outings.values()) void outing.lookAfter();
      },
      onIdle: options.onIdle,
      onWarning: (text) => options.onWarning?.(text),
    });
    link = made;
    return made;
  }
  async function sendCandles(link: Link, { series, at, reply }: TaskEvent & { type: 'candles' }) {
    const part = await serveCandles(options.candleFolder, series, at);
    await link.reply(reply, seal.seal('candles', part)).catch(() => undefined);
  }

  return {
    threads: (options.local?.threads ?? 0) + (options.slots ?? SLOTS),
    get ahead() {
      return Math.min(
        MOST_AHEAD,
        THREADS_AHEAD + room.capacity() * TASKS_PER_THREAD * cellsOfTask(room.pace),
      );
    },
    open: (batch, limit) => openBatch(room, batch, limit),
    async close() {
      aborter.abort();
      for (const outing of room.outings.values()) outing.giveUp(closedError());
      room.changed.give();
      await options.local?.close();
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

function openBatch<Job extends WorkerJob>(
  room: Room,
  { context, cells, after = 0 }: TrainerBatch<Job>,
  limit: number,
): OpenBatch<Job> {
  const { outings, changed, local } = room;
  const control = createControl(limit);
  const positions = openPositions(cells.length, control);
  const threads = local?.openWith({ context, cells }, control);
  const batch = randomUUID();
  let groups = 0;
  let stopped = false;
  /** Of this batch. */
  const out = new Set<string>();

  const hasRoom = () => outings.size < room.capacity() * TASKS_PER_THREAD;

  /** The next cells, if there is a worker for them. */
  function take(): number[] {
    if (!hasRoom()) return [];
    return positions.take(groupSize(room.pace, { ofBatch: positions.left, after }, room.capacity()));
  }

  function taskOf(link: Link, taken: readonly number[]): NewTask {
    return {
      session: link.session,
      group: `${batch}-${groups++}`,
      context,
      positions: taken,
      cells: taken.map((position) => cells[position]!),
      memoryMb: room.memoryMb,
    };
  }

  const run: RunTask<Job> = async (link, task, hooks, signal) => {
    const outing = createOuting({
      link,
      seal: room.seal,
      task,
      hooks,
      isStopped: () => stopped,
      onDone(result) {
        room.pace = paceAfter(room.pace, result);
      },
    });
    const giveUp = () => outing.giveUp(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    outings.set(task.group, outing);
    out.add(task.group);
    outing.send();
    try {
      positions.giveBack(await outing.over);
    } catch (error) {
      if (!(error instanceof SlotLost)) throw error;
      positions.giveBack(error.rest);
      throw error.cause;
    } finally {
      signal.removeEventListener('abort', giveUp);
      outings.delete(task.group);
      out.delete(task.group);
      changed.give();
    }
  };

  return {
    get taken() {
      return positions.taken;
    },
    allow(to) {
      raiseLimit(control, to);
      // With each result that is committed; all slots wait while workers have what they can take.
      if (hasRoom()) changed.give();
    },
    stop() {
      stopped = true;
      stopBatch(control);
      changed.give();
      for (const group of out) void stopTask(group);
    },
    async work(hooks, signal) {
      if (threads !== undefined && room.localSlots < local!.threads) await onThread(hooks, signal);
      else await onWorkers(hooks, signal);
    },
  };

  /** What is said may be lost, and Redis may go away in between. */
  async function stopTask(group: string): Promise<void> {
    for (let outing = outings.get(group); outing !== undefined; outing = outings.get(group)) {
      const withdrawn = outing.withdraw().catch(() => undefined);
      await Promise.race([withdrawn, delay(STOP_AGAIN_MS, undefined, { ref: false })]);
      await delay(STOP_AGAIN_MS, undefined, { ref: false });
    }
  }

  async function onThread(...slot: Slot<Job>): Promise<void> {
    room.localSlots++;
    try {
      await threads!.work(...slot);
    } finally {
      room.localSlots--;
    }
  }

  async function onWorkers(...[hooks, signal]: Slot<Job>): Promise<void> {
    const link = await room.link();
    const endPatience = patient();
    const wake = () => changed.give();
    signal.addEventListener('abort', wake, { once: true });
    try {
      while (!stopped && positions.left > 0) {
        if (room.closed.aborted) throw closedError();
        signal.throwIfAborted();
        const taken = take();
        if (taken.length > 0) await run(link, taskOf(link, taken), hooks, signal);
        // Threads take what is next, but not what came back from workers that are gone.
        else if (local !== undefined && positions.hasReturned && room.capacity() === 0)
          await rescue(hooks, signal);
        else await changed.next();
      }
    } finally {
      signal.removeEventListener('abort', wake);
      endPatience();
    }
  }

  async function rescue(hooks: BatchHooks<Job>, signal: AbortSignal): Promise<void> {
    const rescued = positions.takeReturned();
    const cellsOf = rescued.map((position) => cells[position]!);
    const begun = new Set<number>();
    try {
      await local!.open({ context, cells: cellsOf }, rescued.length).work(
        {
          onStart(at) {
            begun.add(at);
            hooks.onStart(rescued[at]!);
          },
          onResult: (at, result) => hooks.onResult(rescued[at]!, result),
        },
        signal,
      );
    } finally {
      positions.giveBack(rescued.filter((_, at) => !begun.has(at)));
    }
  }
}

type NewTask = OutingOptions<WorkerJob>['task'];

type Slot<Job extends WorkerJob> = Parameters<OpenBatch<Job>['work']>;

type RunTask<Job extends WorkerJob> = (link: Link, task: NewTask, ...slot: Slot<Job>) => Promise<void>;

/** Weight of the latest of many. */
const SMOOTHING = 0.1;

function paceAfter(before: number | undefined, { seconds }: WorkerResult): number | undefined {
  if (seconds <= 0) return before;
  return before === undefined ? seconds : before + SMOOTHING * (seconds - before);
}
