import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { EngineError, fromErrorDto } from '../../contract/errors.ts';
import type { ResultOf, WorkerJob } from '../../pipeline/job.ts';
import type { BatchHooks, OpenBatch, Trainer, TrainerBatch } from '../trainer.ts';
import { redisAddress } from './address.ts';
import { serveCandles } from './candle-service.ts';
import { groupSize } from './group-size.ts';
import { type Link, openLink } from './link.ts';
import { openPositions } from './positions.ts';
import { kinOf, type Task, type TaskEvent } from './protocol.ts';
import { createSeal } from './seal.ts';

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
}

const SLOTS = 64;
/** A worker's next task waits when it has finished one. */
const TASKS_PER_THREAD = 2;
/** Looks at a task that Redis knows nothing of before it is handed out again: its end may be on the way. */
const LOOKS_UNKNOWN = 2;

/** A task that is out. */
interface Outing {
  /** Of its latest copy in the queue. */
  id: string;
  copies: number;
  readonly task: Task;
  readonly done: Set<number>;
  /** Begun, without a result. */
  current: number | undefined;
  /** Who began it. */
  worker: string | undefined;
  /** Something was heard of it since the last look. */
  heard: boolean;
  unknown: number;
  onEvent(event: TaskEvent): void;
  lose(reason: string): void;
}

/** Trains on workers elsewhere that meet at a Redis. The same cells give the same bits as on threads of this process. */
export function createRemoteTrainer(options: RemoteTrainerOptions): Trainer {
  const address = redisAddress(options.url, options.key);
  const seal = createSeal(options.key);
  const outings = new Map<string, Outing>();
  const aborter = new AbortController();
  /** Seconds that a cell took lately. */
  let pace: number | undefined;
  const waiting = new Set<() => void>();
  /** Something happened that slots may wait for. */
  function wake(): void {
    for (const resume of [...waiting]) resume();
    waiting.clear();
  }
  const nextChange = () => new Promise<void>((resume) => waiting.add(resume));

  let opened: Promise<Link> | undefined;
  function link(): Promise<Link> {
    opened ??= open();
    return opened;
  }
  async function open(): Promise<Link> {
    const made: Link = await openLink({
      address,
      seal,
      name: options.name,
      kin: kinOf(await options.bits(), seal.fingerprint),
      onEvent(event) {
        if (event.type === 'candles') void candles(made, event);
        else outings.get(event.group)?.onEvent(event);
      },
      onLook() {
        wake();
        for (const outing of outings.values()) void lookAfter(made, outing);
      },
      onIdle: options.onIdle,
    });
    return made;
  }
  async function candles(to: Link, { series, at, reply }: TaskEvent & { type: 'candles' }): Promise<void> {
    const part = await serveCandles(options.candleFolder, series, at);
    await to.reply(reply, seal.seal('candles', part)).catch(() => undefined);
  }

  async function put(to: Link, outing: Outing): Promise<void> {
    outing.id = `${outing.task.group}-${outing.copies++}`;
    const { task, done } = outing;
    const left = task.positions.map((_, i) => i).filter((i) => !done.has(task.positions[i]!));
    const copy: Task = {
      ...task,
      positions: left.map((i) => task.positions[i]!),
      cells: left.map((i) => task.cells[i]!),
    };
    await to.put(outing.id, seal.seal('task', copy));
  }

  /** Of a task that nothing is heard of: whether Redis still has it, and its worker lives. */
  async function lookAfter(to: Link, outing: Outing): Promise<void> {
    if (outing.heard) {
      outing.heard = false;
      outing.unknown = 0;
      return;
    }
    try {
      const state = await to.stateOf(outing.id);
      if (outing.heard || outings.get(outing.task.group) !== outing) return;
      outing.unknown = state === 'unknown' ? outing.unknown + 1 : 0;
      if (state === 'lost' && outing.current !== undefined && !to.isAlive(outing.worker!)) {
        outing.lose('its worker has given no sign of life');
      } else if (state === 'lost' || outing.unknown >= LOOKS_UNKNOWN) {
        outing.heard = true;
        await put(to, outing);
      }
    } catch {
      // Redis is away; it is looked at again.
    }
  }

  function work<Job extends WorkerJob>(
    to: Link,
    task: Task,
    hooks: BatchHooks<Job>,
    signal: AbortSignal,
    isStopped: () => boolean,
  ): Promise<readonly number[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly number[]>();
    const { group, positions } = task;
    /** What nobody has begun. */
    const rest = (begun?: number) => positions.filter((p) => p !== begun && !outing.done.has(p));
    const outing: Outing = {
      id: group,
      copies: 0,
      task,
      done: new Set(),
      current: undefined,
      worker: undefined,
      heard: true,
      unknown: 0,
      lose(reason) {
        reject(new SlotLost(reason, rest(outing.current)));
      },
      onEvent(event) {
        outing.heard = true;
        try {
          hear(event);
        } catch (error) {
          reject(new SlotLost(error, rest(outing.current)));
        }
      },
    };
    function hear(event: TaskEvent): void {
      if (event.type === 'start' && !outing.done.has(event.position)) {
        outing.worker = event.worker;
        outing.current = event.position;
        hooks.onStart(event.position);
      } else if (event.type === 'result' && !outing.done.has(event.position)) {
        outing.done.add(event.position);
        outing.current = undefined;
        if (event.result.seconds > 0) pace = smooth(pace, event.result.seconds);
        hooks.onResult(event.position, event.result as ResultOf<Job>);
      } else if (event.type === 'end') {
        const { lost, refused } = event;
        if (refused !== undefined) reject(new SlotLost(fromErrorDto(refused), rest()));
        else if (lost !== undefined) reject(new SlotLost(lost.message, rest(lost.position)));
        else if (isStopped() || rest().length === 0) resolve(rest());
        // A copy of it that another worker had ended.
        else void put(to, outing);
      }
    }
    outings.set(group, outing);
    const giveUp = () => reject(new SlotLost(signal.reason, rest(outing.current)));
    signal.addEventListener('abort', giveUp, { once: true });
    const end = () => reject(new SlotLost(closedError(), rest(outing.current)));
    aborter.signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) giveUp();
    put(to, outing).catch((error: unknown) => reject(new SlotLost(error, rest())));
    return promise.finally(() => {
      outings.delete(group);
      signal.removeEventListener('abort', giveUp);
      aborter.signal.removeEventListener('abort', end);
      if (rest().length > 0) {
        to.tell({ group, what: 'cancel' });
        void to.takeBack(outing.id);
      }
      wake();
    });
  }

  return {
    threads: options.slots ?? SLOTS,
    open<Job extends WorkerJob>({ context, cells }: TrainerBatch<Job>, limit: number): OpenBatch<Job> {
      const positions = openPositions(cells.length, limit);
      const batch = randomUUID();
      let groups = 0;
      let stopped = false;
      /** Tasks of this batch that are out. */
      const out = new Set<string>();

      return {
        get taken() {
          return positions.taken;
        },
        allow(to) {
          positions.allow(to);
          wake();
        },
        stop() {
          stopped = true;
          wake();
          void link().then((to) => {
            for (const group of out) to.tell({ group, what: 'stop' });
            for (const group of out) void withdraw(to, outings.get(group));
          });
        },
        async work(hooks, signal) {
          const to = await link();
          for (;;) {
            if (aborter.signal.aborted) throw closedError();
            if (signal.aborted) throw signal.reason;
            if (stopped || positions.isUsedUp) return;
            const room = to.capacity() * TASKS_PER_THREAD > outings.size;
            const most = groupSize(pace, positions.left, to.capacity());
            const taken = room ? positions.take(most) : [];
            if (taken.length === 0) {
              await Promise.race([nextChange(), once(signal, 'abort').catch(() => undefined)]);
              continue;
            }
            const group = `${batch}-${groups++}`;
            const task: Task = {
              session: to.session,
              group,
              context,
              positions: taken,
              cells: taken.map((position) => cells[position]!),
              memoryMb: options.memoryMb,
            };
            out.add(group);
            try {
              positions.giveBack(await work(to, task, hooks, signal, () => stopped));
            } catch (error) {
              if (!(error instanceof SlotLost)) throw error;
              positions.giveBack(error.rest);
              throw error.cause;
            } finally {
              out.delete(group);
            }
          }
        },
      };

      /** A stopped batch's task that no worker has begun ends here. */
      async function withdraw(to: Link, outing: Outing | undefined): Promise<void> {
        if (outing === undefined) return;
        await to.takeBack(outing.id);
        if (outing.current !== undefined) return;
        if ((await to.stateOf(outing.id)) === 'unknown') {
          outing.onEvent({ type: 'end', group: outing.task.group });
        }
      }
    },
    async close() {
      aborter.abort();
      wake();
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

/** Why a slot is lost, and the positions of its task that nobody had begun. */
class SlotLost extends Error {
  readonly rest: readonly number[];
  constructor(cause: unknown, rest: readonly number[]) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    super(error.message, { cause: error });
    this.rest = rest;
  }
}

const closedError = () => new EngineError('conflict', 'The workspace was closed before this was done.');

/** Weight of the latest of many. */
const SMOOTHING = 0.1;
const smooth = (before: number | undefined, now: number) =>
  before === undefined ? now : before + SMOOTHING * (now - before);
