import { MessageChannel, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { fromErrorDto } from '../contract/errors.ts';
import type { CandleReader, CandleSource } from '../market/series/candle-source.ts';
import type { ContextSpec, LoadedContext, WorkerJob, WorkerResult } from '../pipeline/job.ts';
import { KERNELS } from '../pipeline/kernels.ts';
import { keepCompiled } from '../wasm/instance.ts';
import type { Answer } from './answer.ts';
import { type BatchControl, createControl, raiseLimit, stopBatch, takenCells } from './control.ts';
import { createOffers } from './offers.ts';
import { mayStartThread, patient, withoutPatience } from './patience.ts';
import { type Rehearsal, rehearseOn } from './rehearse.ts';
import { LEAST_SHARED_WORK } from './shared-fits.ts';
import { standBack } from './stand-back.ts';
import type { BatchTask, TaskMessage } from './task.ts';
import { YOUNG_GENERATION_MB } from './threads.ts';
import { type OpenBatch, THREADS_AHEAD, type Trainer, type TrainerBatch } from './trainer.ts';
import type { Packed } from './wire.ts';

export interface ThreadTrainerOptions {
  readonly threads: number;
  /** What one thread may use, megabytes: a cell that needs more fails, and a thread whose heap alone does dies. */
  readonly memoryMb: number;
  /** The module that threads run; its default export is the task. */
  readonly taskFile?: string;
  /** Rows x features x trees from which members of a model are shared out to idle threads. */
  readonly leastSharedWork?: number;
}

/** What threads say of a task's cells, whatever becomes of it. */
interface TaskHooks {
  onStart(position: number): void;
  onResult(position: number, result: WorkerResult | Packed): void;
}

interface OpenTask extends Omit<OpenBatch, 'work'> {
  work(hooks: TaskHooks, signal: AbortSignal): Promise<void>;
}

const NOBODY: TaskHooks = { onStart: () => undefined, onResult: () => undefined };

/** As `OpenBatch`; results are packed by the threads that computed them, since they go on to another machine. */
export interface PackedBatch extends Pick<OpenBatch, 'stop'> {
  work(hooks: PackedHooks, signal: AbortSignal): Promise<void>;
}

export interface PackedHooks {
  onStart(position: number): void;
  /** `packed`: a `WorkerResult`; see wire.ts. */
  onResult(position: number, packed: Packed): void;
}

/** Threads may share a batch with others who take cells by the same control. */
export interface ThreadTrainer extends Trainer {
  openPacked(batch: TrainerBatch<WorkerJob>): PackedBatch;
  openWith<Job extends WorkerJob>(batch: TrainerBatch<Job>, control: BatchControl): OpenBatch<Job>;
  /** Has each thread train for practice; see `rehearseOn`. */
  rehearse(rehearsals: readonly Rehearsal[], seconds: number): Promise<void>;
}

/**
 * Trains in threads of this process. They take cells by shared memory, and share the candles: read once, by one of them,
 * they are handed on without a copy.
 */
export function createThreadTrainer(options: ThreadTrainerOptions, source: CandleSource): ThreadTrainer {
  const { memoryMb, leastSharedWork = LEAST_SHARED_WORK } = options;
  keepCompiled(KERNELS);
  const poolOptions: ConstructorParameters<typeof Piscina>[0] = {
    filename: options.taskFile ?? new URL('./task.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: options.threads,
    idleTimeout: 30_000,
    concurrentTasksPerWorker: 1,
    niceIncrement: standBack(process.platform),
    resourceLimits: {
      maxOldGenerationSizeMb: memoryMb,
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
    },
  };
  const piscina = mayStartThread(() => new Piscina(poolOptions));
  const run: Piscina['run'] = (task, how) => mayStartThread(() => piscina.run(task, how));
  // An idle thread that dies has lost nothing, and is replaced when there is work.
  piscina.on('error', () => undefined);

  const { onThread, offer: offerFits } = createOffers(options.threads, (fits, helper, signal) =>
    run({ fits, helper }, { name: 'fitMember', signal }),
  );

  async function read<T>(name: string, job: object): Promise<T> {
    const answer: Answer<T> = await onThread(() => run(job, { name }));
    if ('error' in answer) throw fromErrorDto(answer.error);
    return answer.result;
  }
  const reader: CandleReader = {
    readCandles: (file, digest) => read('readCandles', { file, digest }),
    resample: (job) => read('resample', job),
  };

  async function runTask(
    task: Omit<BatchTask, 'port'>,
    hooks: TaskHooks,
    signal: AbortSignal,
    patience: () => () => void = patient,
  ): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    let worker: Worker | undefined;
    let received = 0;
    let expected = Number.POSITIVE_INFINITY;
    let hookFailed = false;
    /** Of the cell that is being trained. */
    let withdraw = () => {};
    const { promise: allReceived, resolve, reject } = Promise.withResolvers<void>();
    function handle(message: TaskMessage): void {
      try {
        if (message.type === 'start') {
          worker ??= piscina.threads.find(({ threadId }) => threadId === message.thread);
          hooks.onStart(message.position);
        } else if (message.type === 'share') {
          withdraw = offerFits(message.fits, port1, signal);
        } else {
          withdraw();
          hooks.onResult(message.position, message.result);
        }
      } catch (error) {
        hookFailed = true;
        reject(error);
      }
      if (message.type === 'result' && ++received === expected) resolve();
    }
    async function runToEnd(): Promise<void> {
      expected = await run({ ...task, port: port2 }, { transferList: [port2], signal });
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
    const endPatience = patience();
    try {
      await Promise.all([runToEnd(), allReceived]);
    } catch (error) {
      if (!hookFailed) await handleLastMessages();
      throw error;
    } finally {
      endPatience();
      withdraw();
      port1.close();
    }
  }

  function openTask(
    { context, cells }: TrainerBatch<WorkerJob>,
    control: BatchControl,
    packs: boolean,
  ): OpenTask {
    return {
      get taken() {
        return takenCells(control);
      },
      allow: (cell) => raiseLimit(control, cell),
      stop: () => stopBatch(control),
      async work(hooks, signal) {
        const loaded = await load(context, source, reader);
        await onThread(() =>
          runTask({ context: loaded, cells, control, leastSharedWork, memoryMb, packs }, hooks, signal),
        );
      },
    };
  }

  // A job of a kind comes back as its own result.
  const openWith: ThreadTrainer['openWith'] = <Job extends WorkerJob>(
    batch: TrainerBatch<Job>,
    control: BatchControl,
  ) => openTask(batch, control, false) as OpenBatch<Job>;

  return {
    threads: options.threads,
    ahead: THREADS_AHEAD,
    open: (batch, limit) => openWith(batch, createControl(limit)),
    openWith,
    openPacked: (batch) => openTask(batch, createControl(batch.cells.length), true) as PackedBatch,
    rehearse: (rehearsals, seconds) =>
      rehearseOn(options.threads, rehearsals, seconds, (task) => {
        const practiced = { ...task, leastSharedWork: Number.POSITIVE_INFINITY, memoryMb, packs: true };
        const { signal } = new AbortController();
        // V8 is to compile now what it is patient with while there is work.
        return onThread(() => runTask(practiced, NOBODY, signal, () => () => undefined));
      }),
    close: () => withoutPatience(() => piscina.destroy()),
  };
}

async function load(spec: ContextSpec, source: CandleSource, reader: CandleReader): Promise<LoadedContext> {
  const [candles, higher] = await Promise.all([
    source.candles(spec.series, reader),
    Promise.all(spec.higher.map((ref) => source.candles(ref, reader))),
  ]);
  return { spec, candles, higher };
}

/** A thread that is told to end may still send something before it does. */
function ended(worker: Worker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (worker.threadId === -1) resolve();
  else worker.once('exit', () => resolve());
  return promise;
}
