import { availableParallelism, hostname } from 'node:os';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/schema.ts';
import type { Feed } from '../log/feed.ts';
import type { CandleSource } from '../market/series/candle-source.ts';
import type { Analysis } from '../workers/analysis.ts';
import { type MeetingPlace, meetingPlace } from '../workers/remote/meeting-place.ts';
import { createRemoteTrainer } from '../workers/remote/remote-trainer.ts';
import { createThreadTrainer, type ThreadTrainer } from '../workers/thread-trainer.ts';
import type { Trainer } from '../workers/trainer.ts';

export interface TrainersDeps {
  readonly workspace: string;
  readonly config: () => Config;
  /** Where threads find the series that a batch names, and the folder of their files. */
  readonly candles: CandleSource;
  readonly candleFolder: string;
  readonly analysis: Pick<Analysis, 'bits'>;
  readonly feed: Feed;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Override what the configuration says. */
  readonly given: { readonly threads?: number; readonly redis?: string | undefined };
  /** See ThreadTrainerOptions. */
  readonly taskFile?: string | undefined;
}

/** What trains queues: threads of this process, workers elsewhere, or both. */
export interface Trainers {
  /** Threads of this process that a queue started now would be trained on. */
  threads(): number;
  /** There is one trainer, from the first queue on. `isBusy`: it is at work, and stays as it is whatever is wanted by now. */
  get(isBusy: boolean): Trainer;
  close(): Promise<void>;
}

interface Wanted {
  readonly threads: number;
  readonly memoryMb: number;
  readonly place: MeetingPlace | undefined;
}

export function createTrainers(deps: TrainersDeps): Trainers {
  const { workspace, candles, candleFolder, analysis, feed, env, given, taskFile } = deps;
  let current: { readonly wanted: Wanted; readonly trainer: Trainer } | undefined;

  function wanted(): Wanted {
    const { queue } = deps.config();
    const place = meetingPlace(queue.workers, env, given.redis);
    const threads = given.threads ?? (queue.threads === 'auto' ? availableParallelism() : queue.threads);
    // Somebody has to train.
    return {
      threads: place === undefined ? Math.max(1, threads) : threads,
      memoryMb: queue.worker_memory_mb,
      place,
    };
  }

  const onThreads = ({ threads, memoryMb }: Wanted): ThreadTrainer =>
    createThreadTrainer({ threads, memoryMb, ...(taskFile !== undefined && { taskFile }) }, candles);

  function create(of: Wanted): Trainer {
    if (of.place === undefined) return onThreads(of);
    return createRemoteTrainer({
      url: of.place.url,
      key: of.place.key,
      name: `${hostname()} (${basename(workspace)})`,
      bits: () => analysis.bits(),
      memoryMb: of.memoryMb,
      candleFolder,
      local: of.threads > 0 ? onThreads(of) : undefined,
      onIdle: sayIdle(feed, of.threads > 0),
      onWarning: (text) => feed.warn(null, text, SAYS),
    });
  }

  return {
    threads: () => Math.max(1, wanted().threads),
    get(isBusy) {
      const now = wanted();
      if (current !== undefined && !isBusy && !isDeepStrictEqual(current.wanted, now)) {
        void current.trainer.close();
        current = undefined;
      }
      current ??= { wanted: now, trainer: create(now) };
      return current.trainer;
    },
    close: async () => current?.trainer.close(),
  };
}

const SAYS = { source: 'engine/workspace/trainers:sayIdle' } as const;

/** Says why nobody elsewhere trains, and when somebody does again. */
function sayIdle(feed: Feed, hasThreads: boolean): (reason: string | undefined) => void {
  let isIdle = false;
  return (reason) => {
    if (reason !== undefined) {
      feed.warn(
        null,
        `${hasThreads ? 'Only threads of this process train' : 'Nothing can be trained now'}. ${reason}`,
        SAYS,
      );
    } else if (isIdle) feed.info(null, 'Workers train again.', SAYS);
    isIdle = reason !== undefined;
  };
}
