import { MessageChannel, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { CellJob, CellResult, ContextSpec } from '../pipeline/job.ts';
import type { BatchControl } from './control.ts';
import type { BatchTask, TaskMessage } from './task.ts';

/** What a thread reports while it works on a batch; positions are indices into the batch's cells. */
export interface ThreadHooks {
  onStart(position: number): void;
  onResult(position: number, result: CellResult): void;
}

/** Threads that train. Callers keep at most `threads` tasks in it, so that a stop never waits for a backlog. */
export interface WorkerPool {
  readonly threads: number;
  /**
   * Has one thread take cells of a batch until none is left or the control stops it. Resolves when all its results
   * were handed over; rejects when the thread died, was ended by `signal`, or a hook threw. By then the hooks know all
   * that a lost thread did, and it takes no further cell.
   */
  work(
    batch: {
      readonly context: ContextSpec;
      readonly cells: readonly CellJob[];
      readonly control: BatchControl;
    },
    hooks: ThreadHooks,
    signal: AbortSignal,
  ): Promise<void>;
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly threads: number;
  /** Heap of one thread, megabytes; a thread that needs more dies. */
  readonly memoryMb: number;
  /** The module that threads run; its default export is the task. */
  readonly taskFile?: string;
}

export function createWorkerPool(options: PoolOptions): WorkerPool {
  const piscina = new Piscina({
    filename: options.taskFile ?? new URL('./task.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: options.threads,
    idleTimeout: 30_000,
    concurrentTasksPerWorker: 1,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
  });
  // An idle thread that dies has lost nothing, and is replaced when there is work.
  piscina.on('error', () => undefined);

  return {
    threads: options.threads,
    async work({ context, cells, control }, hooks, signal) {
      const { port1, port2 } = new MessageChannel();
      let worker: Worker | undefined;
      let received = 0;
      let expected = Number.POSITIVE_INFINITY;
      let hookFailed = false;
      const { promise: allReceived, resolve, reject } = Promise.withResolvers<void>();
      function handle(message: TaskMessage): void {
        try {
          if (message.type === 'start') {
            worker ??= piscina.threads.find(({ threadId }) => threadId === message.thread);
            hooks.onStart(message.position);
          } else hooks.onResult(message.position, message.result);
        } catch (error) {
          hookFailed = true;
          reject(error);
        }
        if (message.type === 'result' && ++received === expected) resolve();
      }
      async function run(): Promise<void> {
        const task: BatchTask = { context, cells, control, port: port2 };
        expected = await piscina.run(task, { transferList: [port2], signal });
        if (received === expected) resolve();
      }
      /** Messages that a lost thread sent, but that the event loop has not come to yet. */
      async function handleLastMessages(): Promise<void> {
        if (signal.aborted && worker !== undefined) await ended(worker);
        for (let last = receiveMessageOnPort(port1); last !== undefined; last = receiveMessageOnPort(port1)) {
          handle(last.message as TaskMessage);
        }
      }
      port1.on('message', handle);
      try {
        await Promise.all([run(), allReceived]);
      } catch (error) {
        if (!hookFailed) await handleLastMessages();
        throw error;
      } finally {
        port1.close();
      }
    },
    close: () => piscina.destroy(),
  };
}

/** A thread that is told to end may still send something before it does. */
function ended(worker: Worker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (worker.threadId === -1) resolve();
  else worker.once('exit', () => resolve());
  return promise;
}
