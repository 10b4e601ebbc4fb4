import type { Transferable } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { EngineError, fromErrorDto } from '../contract/errors.ts';
import type { Answer } from './answer.ts';
import { mayStartThread, withoutPatience } from './patience.ts';

type TaskResult<Task> = Task extends (job: never) => Promise<Answer<infer T>> ? T : never;
type TaskJob<Task> = Task extends (job: infer Job) => unknown ? Job : never;

/** Threads that do what the host's own must not be kept busy with. `Tasks` is the module that they run. */
export interface Threads<Tasks> {
  /**
   * Runs one of the module's tasks in the next thread that is free. Throws what the task threw, or `conflict` when the
   * threads were closed before its end.
   */
  run<Name extends keyof Tasks & string>(
    name: Name,
    job: TaskJob<Tasks[Name]>,
    transfer?: readonly Transferable[],
  ): Promise<TaskResult<Tasks[Name]>>;
  close(): Promise<void>;
}

/** Where V8 puts what is new: arrays are not among it, so half of what it would take in time is enough. */
export const YOUNG_GENERATION_MB = 24;

/** `most`: so many threads at a time. They are started when first needed and ended when idle: looking around costs none. */
export function createThreads<Tasks>(taskFile: URL, most: number): Threads<Tasks> {
  let pool: Piscina | undefined;
  let closed = false;
  return {
    async run(name, job, transfer = []) {
      if (closed) throw closedError();
      pool ??= new Piscina({
        filename: taskFile.href,
        minThreads: 0,
        maxThreads: most,
        idleTimeout: 30_000,
        concurrentTasksPerWorker: 1,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      });
      let answer: Answer<TaskResult<Tasks[typeof name]>>;
      try {
        answer = await mayStartThread(() => pool!.run(job, { name, transferList: [...transfer] }));
      } catch (error) {
        throw closed ? closedError() : error;
      }
      if ('error' in answer) throw fromErrorDto(answer.error);
      return answer.result;
    },
    async close() {
      closed = true;
      await withoutPatience(async () => pool?.destroy());
    },
  };
}

function closedError(): EngineError {
  return new EngineError('conflict', 'The workspace was closed before this was done. Nothing was changed.');
}
