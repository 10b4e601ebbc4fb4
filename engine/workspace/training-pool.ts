import { isDeepStrictEqual } from 'node:util';
import { createWorkerPool, type PoolOptions, type WorkerPool } from '../workers/pool.ts';

/** The threads that train queues: there is one pool, from the first queue on. */
export interface TrainingPool {
  /** `isBusy`: with threads at work, the pool stays as it is whatever is wanted by now. */
  get(wanted: PoolOptions, isBusy: boolean): WorkerPool;
  close(): Promise<void>;
}

export function createTrainingPool(): TrainingPool {
  let pool: { readonly options: PoolOptions; readonly workers: WorkerPool } | undefined;
  return {
    get(wanted, isBusy) {
      if (pool !== undefined && !isBusy && !isDeepStrictEqual(pool.options, wanted)) {
        void pool.workers.close();
        pool = undefined;
      }
      pool ??= { options: wanted, workers: createWorkerPool(wanted) };
      return pool.workers;
    },
    close: async () => pool?.workers.close(),
  };
}
