import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { ResolvedCell, Resolver } from '../binding/resolver.ts';
import { strategyAxes } from '../binding/settings.ts';
import type { Config } from '../config/schema.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { EventListener } from '../contract/events.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import type { Feed } from '../log/feed.ts';
import { activeNames } from '../regimes/definition.ts';
import type { Store } from '../store/database.ts';
import { type KeptModels, queuesOfRuns } from '../store/kept-models.ts';
import type { QueueRow } from '../store/queues.ts';
import { countedCells } from '../views/search-cells.ts';
import type { Trainer } from '../workers/trainer.ts';
import type { CommitDeps, CommitOutcome, CommitStep } from './commit.ts';
import { createKeptCount } from './kept-count.ts';
import type { PeakMemory } from './peak-memory.ts';
import { createProgress } from './progress.ts';
import type { FreshScores } from './rescore.ts';

/** What working on a queue's cells takes, whatever they are. */
export interface WorkDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly config: Config;
  readonly trainer: Trainer;
  readonly feed: Feed;
  readonly emit: EventListener;
  readonly freshScores: FreshScores;
  /** Tells listeners how a queue is now. */
  readonly changed: (queueId: number) => void;
  /** See CommitDeps. */
  readonly onStep?: ((step: CommitStep) => void) | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export interface PresentTraining {
  /** Spent training the queue so far, and likely left; null while nothing is done. */
  readonly seconds: number;
  readonly remainingSeconds: number | null;
  /** What each busy thread trains. */
  readonly training: readonly Configuration[];
  /** Index of the cell that the first of them is; null where none is busy. */
  readonly first: number | null;
}

/** A pass over the cells of a queue that are left. */
export interface Pass {
  /** No further cell is begun; those in flight are finished. */
  stop(): void;
  present(): Omit<PresentTraining, 'seconds'>;
  /** Resolves when nothing is in flight any more; rejects with what a commit threw. */
  readonly done: Promise<void>;
}

export interface Course {
  readonly contextSpec: Resolver['contextSpec'];
  /** Called when a result is permanent. */
  readonly committed: (index: number, outcome: CommitOutcome) => void;
  /** Seconds of this pass. */
  readonly seconds: () => number;
  readonly memory: PeakMemory;
}

export interface Committed {
  /** Numbers of runs that another queue may have trained, and that are something else now. */
  readonly runs?: readonly number[];
  /** See `Progress.committed`. */
  readonly kept?: KeptModels | undefined;
  /** See `Progress.committed`. */
  readonly lines?: readonly string[];
}

/** What threads are at, and what becomes permanent, told to whoever looks on. */
export interface PassProgress {
  onThread(
    thread: number,
    job: { readonly index: number; readonly configuration: Configuration } | undefined,
  ): void;
  committed(
    index: number,
    cell: Pick<ResolvedCell, 'configuration'>,
    outcome: CommitOutcome,
    more?: Committed,
  ): void;
  present: Pass['present'];
}

export function createPassProgress(
  deps: WorkDeps,
  queue: QueueRow,
  indices: readonly number[],
  course: Course,
): PassProgress {
  const { store, feed, emit } = deps;
  const { counted, total, best } = countedCells(store, queue);
  const progress = createProgress({
    feed,
    emit,
    queue,
    before: counted,
    bests: queue.total - total,
    bestsBefore: best.completed,
    pending: indices,
    keptModels: createKeptCount(store, queue, deps.now),
    seconds: course.seconds,
    memory: course.memory,
  });
  const threads: ({ readonly index: number; readonly configuration: Configuration } | undefined)[] = [];
  const busy = () => threads.filter((job) => job !== undefined);
  const training = () => busy().map(({ configuration }) => configuration);
  return {
    onThread(thread, job) {
      threads[thread] = job;
      if (job !== undefined) progress.started(job.index, job.configuration);
      emit({ type: 'queue.threads', queueId: queue.id, training: training() });
    },
    committed(index, cell, outcome, { runs = [], kept, lines } = {}) {
      progress.committed(cell, outcome, { kept, lines });
      for (const other of queuesOfRuns(store, [...outcome.pushedOut, ...runs])) {
        if (other !== queue.id) deps.changed(other);
      }
      course.committed(index, outcome);
    },
    present: () => ({
      training: training(),
      first: busy()[0]?.index ?? null,
      remainingSeconds: progress.remainingSeconds(),
    }),
  };
}

export function commitDepsOf(deps: WorkDeps): CommitDeps {
  const { config } = deps;
  return {
    ...deps,
    strategies: strategyGrid(strategyAxes(config)),
    regimeNames: activeNames(config.regimes.definitions),
  };
}
