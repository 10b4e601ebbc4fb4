import type { Resolver } from '../binding/resolver.ts';
import type { Cell, CellSource } from '../cells/cell-source.ts';
import { createCheckpointSchedule } from '../checkpoint/schedule.ts';
import type { Config } from '../config/schema.ts';
import { counted } from '../contract/counted.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { QueueRow } from '../store/queues.ts';
import { diskShortage, isDiskFull } from './disk.ts';
import { dueCells } from './due-cells.ts';
import { type Ending, saveEnd } from './ending.ts';
import { dueEvaluations, startEvaluation } from './evaluation-work.ts';
import { dueFolds, startFolds } from './fold-work.ts';
import { assertJudged } from './judge.ts';
import { createPeakMemory } from './peak-memory.ts';
import { dueRefits, startRefits } from './refit.ts';
import { startRescoring } from './rescore.ts';
import { type RobustnessDeps, testNewChampions } from './robustness.ts';
import { dueSearch, startSearch } from './search-work.ts';
import { type DueCell, skipTrained } from './skip-trained.ts';
import { createStopwatch } from './stopwatch.ts';
import { startSurvival } from './survival-work.ts';
import { startTrainingWork } from './training-work.ts';
import { startWatch } from './watch.ts';
import type { Course, Pass, PresentTraining, WorkDeps } from './work.ts';

export interface RunnerDeps extends Omit<WorkDeps, 'freshScores'> {
  readonly library: CandleLibrary;
  /** Tests champions beside the training threads. */
  readonly robustness: Omit<RobustnessDeps, 'config'>;
  /** Writes a checkpoint of the queue; does not reject. */
  readonly checkpoint: (queueId: number) => Promise<void>;
  /** See LauncherDeps. */
  readonly residentBytes: () => number;
  /** See SequentialDeps. */
  readonly isHost: boolean;
  /** Folder whose disk must not fill up. */
  readonly workspace: string;
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
  const due = dueCells(store, queue.id, source);
  const work = workOf(deps, queue, due, resolver);
  const left = new Set(work.pending.map(({ index }) => index));
  for (const { index } of due) if (!left.has(index)) source.tell({ index, state: 'skipped', figures: {} });
  const seconds = createStopwatch(now);
  const memory = createPeakMemory(queue.peak_memory, deps.residentBytes);
  const checkpoints = createCheckpointSchedule(config.queue.auto_checkpoint_interval, now, () =>
    deps.checkpoint(queue.id),
  );
  let pauseMessage: string | null = null;
  let closing = false;

  let stopped = false;
  const rescoring = startRescoring(
    { ...deps, begins: (models) => feed.info(queue.id, rescoringText(models, config), SAYS) },
    work.competing,
    resolver,
    config.evaluation.judge === undefined ? work.own : new Set(),
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
    memory,
    shortage: () => diskShortage(deps.workspace, config),
    stop,
    now,
  });

  async function trained(): Promise<Ending> {
    try {
      const freshScores = await rescoring.run();
      if (!stopped) {
        training = work.start(
          { ...deps, freshScores },
          {
            contextSpec: resolver.contextSpec,
            committed(index, { status }) {
              source.tell({ index, state: status, figures: {} });
              checkpoints.committed();
            },
            seconds,
            memory,
          },
        );
        await training.done;
        if (!stopped && dueRefits(store, queue).length > 0) {
          training = startRefits(deps, queue);
          await training.done;
        }
      }
      if (config.queue.test_robustness) {
        await testNewChampions(
          { ...deps.robustness, config: () => config },
          { id: queue.id, feed, isStopped: () => stopped },
        );
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
    feed.info(queue.id, `Starting ${work.noun} queue "${queue.name}"…`, SAYS);
    const skipped = due.length - work.pending.length;
    if (skipped > 0) feed.info(queue.id, work.skippedText(skipped), SAYS);
    const ending = await trained();
    memory.look();
    const spent = { seconds: seconds(), peakMemory: memory.bytes };
    const { state, message } = await saveEnd({ ...deps, isClosing: () => closing }, queue, spent, ending);
    await checkpoints.settled();
    await deps.checkpoint(queue.id);
    const what = ENDS[work.noun];
    if (state === 'completed') feed.info(queue.id, `${what} completed!`, SAYS);
    else if (state === 'awaiting_confirmation') feed.info(queue.id, message!, SAYS);
    else if (state === 'pending') {
      feed.info(queue.id, 'All criteria of quick are met: going on with full.', SAYS);
    } else feed.warn(queue.id, `${what} ${state}${message === null ? '.' : `: ${message}`}`, SAYS);
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
      ...(training?.present() ?? { training: [], first: null, remainingSeconds: null }),
      seconds: queue.seconds + seconds(),
    }),
    done: run(),
  };
}

/** What is to be done of a queue, by its kind. */
interface Work {
  readonly noun: keyof typeof ENDS;
  readonly pending: readonly Pick<DueCell, 'index'>[];
  /** Those whose results compete with champions. */
  readonly competing: readonly DueCell[];
  /** Runs whose champions the work itself scores again. */
  readonly own: ReadonlySet<number>;
  /** Of cells that need nothing more. */
  skippedText(count: number): string;
  start(deps: WorkDeps, course: Course): Pass;
}

const ENDS = {
  training: 'Training',
  evaluation: 'Evaluation',
  validation: 'Validation',
  search: 'Search',
  survival: 'Training',
} as const;

function workOf(deps: RunnerDeps, queue: QueueRow, cells: readonly Cell[], resolver: Resolver): Work {
  if (queue.kind === 'walk_forward') {
    const folds = dueFolds(deps, queue, cells);
    return {
      noun: 'validation',
      pending: folds.pending,
      competing: [],
      own: new Set(),
      skippedText: (count) => `${counted(count, 'fold')} skipped: computed before.`,
      start: (all, course) => startFolds(all, queue, folds, course, deps.robustness.tester),
    };
  }
  if (queue.kind === 'search') {
    assertJudged(deps.config);
    const due = dueSearch(queue, cells, resolver);
    return {
      noun: 'search',
      ...due,
      own: new Set(),
      skippedText: (count) => `${counted(count, 'trial')} skipped.`,
      start: (all, course) => startSearch(all, queue, due, resolver, course),
    };
  }
  if (queue.kind === 'survival') {
    return {
      noun: 'survival',
      pending: cells,
      competing: [],
      own: new Set(),
      skippedText: (count) => `${counted(count, 'trial')} skipped.`,
      start: (all, course) => startSurvival(all, deps.robustness.tester, queue, { pending: cells }, course),
    };
  }
  assertJudged(deps.config);
  const due = cells.map(({ index, configuration, asOf }) => ({
    index,
    cell: resolver.resolve(configuration, asOf),
  }));
  if (queue.kind === 'evaluation') {
    const pending = dueEvaluations(deps, queue, due);
    return {
      noun: 'evaluation',
      pending,
      competing: pending,
      own: new Set(pending.flatMap(({ runs }) => runs)),
      skippedText: (count) =>
        `${counted(count, 'model')} skipped: nothing is left to evaluate again, or not kept any more.`,
      start: (all, course) => startEvaluation(all, queue, pending, course),
    };
  }
  const pending = skipTrained(deps, queue, due);
  return {
    noun: 'training',
    pending,
    competing: pending,
    own: new Set(),
    skippedText: (count) => `${counted(count, 'configuration')} skipped: trained since the queue was made.`,
    start: (all, course) => startTrainingWork(all, queue, pending, course),
  };
}

function rescoringText(models: number, { evaluation: { judge } }: Config): string {
  const why =
    judge === undefined
      ? "their scores are not of today's data and rules"
      : `version ${judge.version} of what survives is asked about each`;
  return `Scoring ${counted(models, 'model')} of champions again: ${why}.`;
}
