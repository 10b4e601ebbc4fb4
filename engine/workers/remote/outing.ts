import { EngineError, fromErrorDto } from '../../contract/errors.ts';
import type { ResultOf, WorkerJob, WorkerResult } from '../../pipeline/job.ts';
import type { BatchHooks } from '../trainer.ts';
import { unpack } from '../wire.ts';
import type { Link } from './link.ts';
import type { Task, TaskEvent } from './protocol.ts';
import type { Seal } from './seal.ts';

/** Looks at a task that Redis knows nothing of before it is handed out again: its end may be on the way. */
const LOOKS_UNKNOWN = 2;

export interface OutingOptions<Job extends WorkerJob> {
  readonly link: Link;
  readonly seal: Seal;
  readonly task: Omit<Task, 'atOnce'>;
  readonly hooks: BatchHooks<Job>;
  /** No further cell of its batch is to be begun. */
  isStopped(): boolean;
  /** Is told of each result. */
  onDone(result: WorkerResult): void;
}

/** A task that is out, in as many copies as it took, and what has come back of it. */
export interface Outing {
  /** Resolves with the positions that nobody began; rejects with `SlotLost`. */
  readonly over: Promise<readonly number[]>;
  /** Puts it in the queue. */
  send(): void;
  onEvent(event: TaskEvent): void;
  /** Where nothing was heard of it since the last look: whether Redis still has it, and its worker lives. */
  lookAfter(): Promise<void>;
  /** Has its worker begin no further cell; takes it back where none has begun it, or where Redis is away. */
  withdraw(): Promise<void>;
  giveUp(reason: unknown): void;
}

/** Why a slot is lost, and the positions of its task that nobody had begun. */
export class SlotLost extends Error {
  readonly rest: readonly number[];
  constructor(cause: unknown, rest: readonly number[]) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    super(error.message, { cause: error });
    this.rest = rest;
  }
}

export function createOuting<Job extends WorkerJob>(options: OutingOptions<Job>): Outing {
  const { link, seal, task, hooks } = options;
  const { group, positions } = task;
  const { promise, resolve, reject } = Promise.withResolvers<readonly number[]>();
  const done = new Set<number>();
  /** Begun, without a result, and by whom. */
  let current: { readonly position: number; readonly worker: string } | undefined;
  let copies = 0;
  /** Of the latest copy. */
  let id = group;
  /** Something was heard of it since the last look. */
  let heard = true;
  let unknown = 0;
  let isOver = false;

  /** What nobody has begun. */
  const left = () => positions.filter((p) => !done.has(p));
  const rest = (begun = current?.position) => left().filter((p) => p !== begun);
  const lose = (cause: unknown, back = rest()) => reject(new SlotLost(cause, back));

  async function put(): Promise<void> {
    const atOnce = copies > 0;
    id = `${group}-${copies++}`;
    heard = true;
    const indices = positions.map((_, i) => i).filter((i) => !done.has(positions[i]!));
    const copy: Task = {
      ...task,
      positions: indices.map((i) => positions[i]!),
      cells: indices.map((i) => task.cells[i]!),
      atOnce,
    };
    await link.put(id, seal.seal('task', copy));
  }

  function hear(event: TaskEvent): void {
    if (event.type === 'start' && !done.has(event.position)) {
      current = event;
      hooks.onStart(event.position);
    } else if (event.type === 'result' && !done.has(event.position)) {
      const result = unpack(event.packed, 'The result of a worker') as WorkerResult;
      done.add(event.position);
      current = undefined;
      options.onDone(result);
      // A job of this kind comes back as its own result.
      hooks.onResult(event.position, result as ResultOf<Job>);
    } else if (event.type === 'end') {
      const { lost, refused } = event;
      if (refused !== undefined) lose(fromErrorDto(refused));
      else if (lost !== undefined) lose(lost.message, rest(lost.position));
      else if (options.isStopped() || rest().length === 0) resolve(rest());
      // A copy that another worker had was what ended.
      else send();
    }
  }
  function send(): void {
    put().catch((error: unknown) => lose(error));
  }

  return {
    over: promise.finally(() => {
      isOver = true;
      if (done.size === positions.length) return;
      link.tell({ group, what: 'cancel' });
      void link.takeBack(id);
    }),
    send,
    onEvent(event) {
      heard = true;
      unknown = 0;
      try {
        hear(event);
      } catch (error) {
        lose(error);
      }
    },
    async lookAfter() {
      if (heard) {
        heard = false;
        return;
      }
      // Where Redis is away it is looked at again.
      const state = await link.stateOf(id).catch(() => 'waiting' as const);
      if (heard || isOver) return;
      unknown = state === 'unknown' ? unknown + 1 : 0;
      if (state === 'lost' && current !== undefined && !link.isAlive(current.worker)) {
        lose('its worker has given no sign of life');
      } else if (state === 'lost' || unknown >= LOOKS_UNKNOWN) {
        await put().catch(() => undefined);
      }
    },
    async withdraw() {
      if (link.isAway) {
        resolve(left());
        return;
      }
      link.tell({ group, what: 'stop' });
      await link.takeBack(id);
      if (current === undefined && (await link.stateOf(id)) === 'unknown') resolve(rest());
    },
    giveUp: (reason) => lose(reason),
  };
}

export const closedError = () =>
  new EngineError('conflict', 'The workspace was closed before this was done. Nothing was changed.');
