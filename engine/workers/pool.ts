import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { CellJob, CellResult, ContextSpec } from '../pipeline/job.ts';
import type { BatchTask } from './task.ts';

/** Threads that train. Callers keep at most `threads` batches in it, so that a stop never waits for a backlog. */
export interface WorkerPool {
  readonly threads: number;
  /**
   * Resolves when every result of `cells` (not empty) was handed to `onResult`, in their order. Rejects when the thread
   * died or `onResult` threw.
   */
  run(context: ContextSpec, cells: readonly CellJob[], onResult: (result: CellResult) => void): Promise<void>;
  close(): Promise<void>;
}

export function createWorkerPool(options: { threads: number; memoryMb: number }): WorkerPool {
  const piscina = new Piscina({
    filename: new URL('./task.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: options.threads,
    idleTimeout: 30_000,
    concurrentTasksPerWorker: 1,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
  });

  return {
    threads: options.threads,
    async run(context, cells, onResult) {
      const { port1, port2 } = new MessageChannel();
      const allReceived = new Promise<void>((resolve, reject) => {
        let outstanding = cells.length;
        port1.on('message', (result: CellResult) => {
          try {
            onResult(result);
          } catch (error) {
            reject(error);
          }
          if (--outstanding === 0) resolve();
        });
      });
      try {
        const task: BatchTask = { context, cells, port: port2 };
        await Promise.all([piscina.run(task, { transferList: [port2] }), allReceived]);
      } finally {
        port1.close();
      }
    },
    close: () => piscina.destroy(),
  };
}
