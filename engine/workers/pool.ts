import { MessageChannel } from 'node:worker_threads';
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
   * were handed over; rejects when the thread died, was ended by `signal`, or a hook threw.
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

  return {
    threads: options.threads,
    async work({ context, cells, control }, hooks, signal) {
      const { port1, port2 } = new MessageChannel();
      let received = 0;
      let expected = Number.POSITIVE_INFINITY;
      const { promise: allReceived, resolve, reject } = Promise.withResolvers<void>();
      port1.on('message', (message: TaskMessage) => {
        try {
          if (message.type === 'start') hooks.onStart(message.position);
          else hooks.onResult(message.position, message.result);
        } catch (error) {
          reject(error);
        }
        if (message.type === 'result' && ++received === expected) resolve();
      });
      const run = async () => {
        const task: BatchTask = { context, cells, control, port: port2 };
        expected = await piscina.run(task, { transferList: [port2], signal });
        if (received === expected) resolve();
      };
      try {
        await Promise.all([run(), allReceived]);
      } finally {
        port1.close();
      }
    },
    close: () => piscina.destroy(),
  };
}
