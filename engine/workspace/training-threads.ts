import { isDeepStrictEqual } from 'node:util';
import { createThreadTrainer, type ThreadTrainerOptions } from '../workers/thread-trainer.ts';
import type { Trainer } from '../workers/trainer.ts';

/** The threads that train queues: there is one trainer, from the first queue on. */
export interface TrainingThreads {
  /** `isBusy`: with threads at work, the trainer stays as it is whatever is wanted by now. */
  get(wanted: ThreadTrainerOptions, isBusy: boolean): Trainer;
  close(): Promise<void>;
}

/** `candles`: where threads find the series that a batch names. */
export function createTrainingThreads(candles: Parameters<typeof createThreadTrainer>[1]): TrainingThreads {
  let current: { readonly options: ThreadTrainerOptions; readonly trainer: Trainer } | undefined;
  return {
    get(wanted, isBusy) {
      if (current !== undefined && !isBusy && !isDeepStrictEqual(current.options, wanted)) {
        void current.trainer.close();
        current = undefined;
      }
      current ??= { options: wanted, trainer: createThreadTrainer(wanted, candles) };
      return current.trainer;
    },
    close: async () => current?.trainer.close(),
  };
}
