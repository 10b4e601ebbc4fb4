import { setImmediate as nextTurn } from 'node:timers/promises';
import { toErrorDto } from '../../contract/errors.ts';
import { readCandleFile } from '../../market/series/candle-file.ts';
import type { CandleReader, CandleSource } from '../../market/series/candle-source.ts';
import { resampleSeries } from '../../market/series/loaded-series.ts';
import { type BatchContext, createContext } from '../../pipeline/context.ts';
import type { LoadedContext, ResultOf, WorkerJob, WorkerResult } from '../../pipeline/job.ts';
import { runJob } from '../run-job.ts';
import { type OpenBatch, THREADS_AHEAD, type Trainer, type TrainerBatch } from '../trainer.ts';
import { decodeJobs, decodeResult, encodeJobs, encodeResult } from '../wire.ts';
import { FAULTY_HORIZONS } from './faulty-task.ts';

const IN_PLACE: CandleReader = {
  readCandles: async (file, digest) => readCandleFile(file, digest),
  resample: async ({ candles, timeframe, dayStart }) => resampleSeries(candles, timeframe, dayStart),
};

/**
 * Trains in the caller's own thread, but all that crosses the port is made text and bytes on the way, as between machines.
 * Faulty horizons lose the slot as they lose a thread.
 */
export function createWireTrainer(threads: number, source: CandleSource): Trainer {
  const loading = new Map<string, Promise<LoadedContext>>();
  const contexts = new Map<string, BatchContext>();
  let hasExited = false;
  let closed = false;

  async function load(spec: string): Promise<LoadedContext> {
    const { context } = JSON.parse(spec) as TrainerBatch;
    const [candles, higher] = await Promise.all([
      source.candles(context.series, IN_PLACE),
      Promise.all(context.higher.map((ref) => source.candles(ref, IN_PLACE))),
    ]);
    return { spec: context, candles, higher };
  }

  function contextOf(loaded: LoadedContext): BatchContext {
    const key = JSON.stringify(loaded.spec);
    const context = contexts.get(key) ?? createContext(loaded);
    contexts.set(key, context);
    return context;
  }

  /** What a slot is lost by, if it is. */
  async function suffer(horizon: number, signal: AbortSignal): Promise<void> {
    const { throws, exits, loops, 'exits once': once } = FAULTY_HORIZONS;
    if (horizon === loops) while (!signal.aborted && !closed) await nextTurn();
    if (horizon === throws || horizon === exits || horizon === loops) throw new Error('slot lost');
    if (horizon === once && !hasExited) {
      hasExited = true;
      throw new Error('slot lost');
    }
  }

  function run(loaded: LoadedContext, cell: WorkerJob): WorkerResult {
    try {
      return { ...runJob(loaded, contextOf, cell), seconds: 0 };
    } catch (error) {
      return { status: 'failed', index: cell.index, error: toErrorDto(error), seconds: 0 };
    }
  }

  return {
    threads,
    ahead: THREADS_AHEAD,
    open<Job extends WorkerJob>({ context, cells }: TrainerBatch<Job>, first: number): OpenBatch<Job> {
      const key = JSON.stringify({ context });
      const sent = encodeJobs(cells);
      let limit = first;
      let taken = 0;
      let stopped = false;
      return {
        get taken() {
          return taken;
        },
        allow(to) {
          limit = to;
        },
        stop() {
          stopped = true;
        },
        async work(hooks, signal) {
          if (!loading.has(key)) loading.set(key, load(key));
          const known = await loading.get(key)!;
          const jobs = decodeJobs(sent);
          for (;;) {
            while (taken < jobs.length && taken >= limit && !stopped && !closed) await nextTurn();
            if (closed) throw new Error('closed');
            if (stopped || taken >= jobs.length) return;
            const position = taken++;
            hooks.onStart(position);
            await nextTurn();
            await suffer(jobs[position]!.configuration.horizon, signal);
            const result = decodeResult(encodeResult(run(known, jobs[position]!)));
            hooks.onResult(position, result as ResultOf<Job>);
          }
        },
      };
    },
    async close() {
      closed = true;
    },
  };
}
