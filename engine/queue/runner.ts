import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { ResolvedCell, Resolver } from '../binding/resolver.ts';
import { strategyAxes } from '../binding/settings.ts';
import type { CellSource } from '../cells/cell-source.ts';
import { createCheckpointSchedule } from '../checkpoint/schedule.ts';
import type { Config } from '../config/schema.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { EventListener } from '../contract/events.ts';
import { plural } from '../grid/preview.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import type { Feed } from '../log/feed.ts';
import type { CellJob, CellResult } from '../pipeline/job.ts';
import { activeNames } from '../regimes/definition.ts';
import type { Store } from '../store/database.ts';
import { keptModelsOf, queuesOfRuns } from '../store/kept-models.ts';
import { countCells, type QueueRow } from '../store/queues.ts';
import { planBatches } from '../workers/batches.ts';
import type { Trainer } from '../workers/trainer.ts';
import { startTraining, type Training } from '../workers/training.ts';
import { type CommitDeps, type CommitOutcome, type CommitStep, commitResult } from './commit.ts';
import { diskShortage, isDiskFull } from './disk.ts';
import { dueCells } from './due-cells.ts';
import { type Ending, saveEnd } from './ending.ts';
import { createInOrder } from './in-order.ts';
import { createProgress } from './progress.ts';
import { type FreshScores, startRescoring } from './rescore.ts';
import { type DueCell, skipTrained } from './skip-trained.ts';
import { createStopwatch } from './stopwatch.ts';
import { startWatch } from './watch.ts';

export interface RunnerDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly config: Config;
  readonly trainer: Trainer;
  readonly feed: Feed;
  readonly emit: EventListener;
  /** Tells listeners how a queue is now. */
  readonly changed: (queueId: number) => void;
  /** Writes a checkpoint of the queue; does not reject. */
  readonly checkpoint: (queueId: number) => Promise<void>;
  /** See CommitDeps. */
  readonly onStep?: ((step: CommitStep) => void) | undefined;
  /** Folder whose disk must not fill up. */
  readonly workspace: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export interface PresentTraining {
  /** Spent training the queue so far, and likely left; null while nothing is done. */
  readonly seconds: number;
  readonly remainingSeconds: number | null;
  /** What each busy thread trains. */
  readonly training: readonly Configuration[];
}

export interface RunningQueue {
  /** As the queue's column has it. */
  readonly owner: string;
  /** What was begun is finished, the rest stays pending; the queue is paused with this message. */
  stop(message: string | null): void;
  /** As `stop`, when the process ends: what can't be saved by then is found as a crash at the next start. */
  close(message: string): void;
  /** How it goes at the moment. */
  present(): PresentTraining;
  /** Resolves when all is saved, the end state included. */
  readonly done: Promise<void>;
}

const SAYS = { source: 'queue/runner:run' } as const;

/**
 * Trains a queue's pending cells and commits their results in grid order. The queue must be this process's own (state
 * `running`). Ends in the state the database asks for by then: a pause or cancel requested by any process is a change
 * of the queue's row.
 */
export function startRunner(
  deps: RunnerDeps,
  queue: QueueRow,
  source: CellSource,
  resolver: Resolver,
): RunningQueue {
  const { store, feed, now, config } = deps;
  const due = dueCells(store, queue.id, source).map(({ index, configuration, asOf }) => ({
    index,
    cell: resolver.resolve(configuration, asOf),
  }));
  const pending = skipTrained(deps, queue, due);
  const left = new Set(pending.map(({ index }) => index));
  for (const { index } of due) if (!left.has(index)) source.tell({ index, state: 'skipped', figures: {} });
  const seconds = createStopwatch(now);
  const checkpoints = createCheckpointSchedule(config.queue.auto_checkpoint_interval, now, () =>
    deps.checkpoint(queue.id),
  );
  let pauseMessage: string | null = null;
  let closing = false;

  let stopped = false;
  const rescoring = startRescoring(
    { ...deps, begins: (models) => feed.info(queue.id, rescoringText(models), SAYS) },
    pending,
    resolver,
  );
  /** Begins once champions that are competed with have their scores of today. */
  let training: Pass | undefined;
  function stop(message: string | null): void {
    pauseMessage ??= message;
    stopped = true;
    rescoring.stop();
    training?.stop();
  }
  const watch = startWatch({
    store,
    queue,
    seconds,
    shortage: () => diskShortage(deps.workspace, config),
    stop,
    now,
  });

  async function trained(): Promise<Ending> {
    try {
      const freshScores = await rescoring.run();
      if (!stopped) {
        training = train({ ...deps, freshScores }, queue, pending, {
          contextSpec: resolver.contextSpec,
          committed({ index }, { status }) {
            source.tell({ index, state: status, figures: {} });
            checkpoints.committed();
          },
          seconds,
        });
        await training.done;
      }
      return { message: pauseMessage, failure: undefined };
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      return { message: failure.message, failure: isDiskFull(failure) ? undefined : failure };
    } finally {
      watch.end();
    }
  }

  async function run(): Promise<void> {
    feed.info(queue.id, `Starting training queue "${queue.name}"…`, SAYS);
    const skipped = due.length - pending.length;
    if (skipped > 0) {
      feed.info(
        queue.id,
        `${plural(skipped, 'configuration')} skipped: trained since the queue was made.`,
        SAYS,
      );
    }
    const ending = await trained();
    const { state, message } = await saveEnd({ ...deps, isClosing: () => closing }, queue, seconds(), ending);
    await checkpoints.settled();
    await deps.checkpoint(queue.id);
    if (state === 'completed') feed.info(queue.id, 'Training completed!', SAYS);
    else feed.warn(queue.id, `Training ${state}${message === null ? '.' : `: ${message}`}`, SAYS);
    if (ending.failure !== undefined) throw ending.failure;
  }

  return {
    owner: queue.owner!,
    stop,
    close(message) {
      closing = true;
      stop(message);
    },
    present: () => ({
      ...(training?.present() ?? { training: [], remainingSeconds: null }),
      seconds: queue.seconds + seconds(),
    }),
    done: run(),
  };
}

interface Course {
  readonly contextSpec: Resolver['contextSpec'];
  /** Called when a result is permanent. */
  readonly committed: (result: CellResult, outcome: CommitOutcome) => void;
  /** Seconds of this pass. */
  readonly seconds: () => number;
}

interface Pass extends Training {
  present(): Omit<PresentTraining, 'seconds'>;
}

/** Has cells trained, and makes their results permanent in grid order. */
function train(
  deps: RunnerDeps & { readonly freshScores: FreshScores },
  queue: QueueRow,
  pending: readonly DueCell[],
  course: Course,
): Pass {
  const { store, feed, emit, config } = deps;
  const cells = new Map(pending.map(({ index, cell }) => [index, cell]));
  const cellAt = (index: number): ResolvedCell => cells.get(index)!;
  const indices = pending.map(({ index }) => index);
  const commitDeps = commitDepsOf(deps);
  const before = countCells(store, queue.id);
  const progress = createProgress({
    feed,
    emit,
    queue,
    before,
    pending: indices,
    keptModels: (crowned) => keptModelsOf(store, { id: queue.id, crowned }),
    seconds: course.seconds,
  });

  function commit(result: CellResult): void {
    const cell = cellAt(result.index);
    const outcome = commitResult(commitDeps, queue, cell, result);
    training.committed();
    progress.committed(cell, outcome);
    for (const other of queuesOfRuns(store, outcome.pushedOut)) if (other !== queue.id) deps.changed(other);
    course.committed(result, outcome);
  }

  const threads: (Configuration | undefined)[] = [];
  const busy = () => threads.filter((configuration) => configuration !== undefined);
  const training = startTraining({
    trainer: deps.trainer,
    batches: planBatches(pending.map(jobOf), (job) => cellAt(job.index).contextKey),
    contextSpec: (batch) => course.contextSpec(cellAt(batch.cells[0]!.index)),
    maxSecondsPerCell: config.queue.max_minutes_per_model * 60,
    onThread(thread, job) {
      threads[thread] = job?.configuration;
      if (job !== undefined) progress.started(job.index, job.configuration);
      emit({ type: 'queue.threads', queueId: queue.id, training: busy() });
    },
    onResult: createInOrder(indices, commit).add,
  });
  return {
    ...training,
    present: () => ({ training: busy(), remainingSeconds: progress.remainingSeconds() }),
  };
}

function rescoringText(models: number): string {
  return `Scoring ${models} ${models === 1 ? 'model' : 'models'} of champions again: their scores are not of today's data and rules.`;
}

function jobOf({ index, cell: { configuration, windows, configHash, trainingKey } }: DueCell): CellJob {
  return { index, configuration, training: windows.training, configHash, trainingKey };
}

function commitDepsOf(deps: RunnerDeps & { readonly freshScores: FreshScores }): CommitDeps {
  const { config } = deps;
  return {
    ...deps,
    strategies: strategyGrid(strategyAxes(config)),
    regimeNames: activeNames(config.regimes.definitions),
  };
}
