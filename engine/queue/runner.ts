import { statfsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { ResolvedCell, Resolver } from '../binding/resolver.ts';
import { strategyAxes } from '../binding/settings.ts';
import { createCheckpointSchedule } from '../checkpoint/schedule.ts';
import type { Config } from '../config/schema.ts';
import type { QueueState } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import type { Grid } from '../grid/grid.ts';
import { plural } from '../grid/preview.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import type { Feed } from '../log/feed.ts';
import type { CellJob, CellResult } from '../pipeline/job.ts';
import { compileRegimes } from '../regimes/labeler.ts';
import type { Store } from '../store/database.ts';
import { cellsOf, countCells, findQueue, type QueueRow, updateQueue } from '../store/queues.ts';
import { describeConfiguration } from '../views/queues.ts';
import { planBatches } from '../workers/batches.ts';
import type { Trainer } from '../workers/trainer.ts';
import { startTraining } from '../workers/training.ts';
import { type CommitOutcome, type CommitStep, commitResult } from './commit.ts';
import { createInOrder } from './in-order.ts';
import { skipTrained } from './skip-trained.ts';

export interface RunnerDeps {
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly config: Config;
  readonly trainer: Trainer;
  readonly feed: Feed;
  readonly emit: EventListener;
  /** Writes a checkpoint of the queue. */
  readonly checkpoint: (queueId: number) => Promise<void>;
  /** See CommitDeps. */
  readonly onStep?: (step: CommitStep) => void;
  /** Folder whose disk must not fill up. */
  readonly workspace: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** What one pass over a queue did. */
export interface QueueTotals {
  completed: number;
  failed: number;
  kept: number;
  strategiesTested: number;
  seconds: number;
}

export interface RunningQueue {
  /** What was begun is finished, the rest stays pending; the queue is paused with this message. */
  stop(message: string | null): void;
  /** As `stop`, when the process ends: what can't be saved by then is found as a crash at the next start. */
  close(message: string): void;
  /** Resolves when all is saved, the end state included. */
  readonly done: Promise<QueueTotals>;
}

/** How often the runner says that it lives, and looks whether another process asks for a pause or the disk fills up. */
const WATCH_MS = 250;
const HEARTBEAT_MS = 5_000;
/** How often it tries to save the queue's end on a disk without any room. */
const SAVE_MS = 1_000;

/**
 * Trains a queue's pending cells and commits their results in grid order. The queue must be this process's own (state
 * `running`). Ends in the state the database asks for by then: a pause or cancel requested by any process is a change
 * of the queue's row.
 */
export function startRunner(deps: RunnerDeps, queue: QueueRow, grid: Grid, resolver: Resolver): RunningQueue {
  const { store, feed, emit, now, config } = deps;
  const due = cellsOf(store, queue.id, 'pending').map((row) => ({
    index: row.cell_index,
    cell: resolver.resolve(grid.cell(row.cell_index)),
  }));
  const pending = skipTrained(store, queue, due);
  const cellAt = new Map(pending.map(({ index, cell }) => [index, cell]));
  const before = countCells(store, queue.id);
  const toTrain = queue.total - before.skipped;
  const doneBefore = before.completed + before.failed;
  const startedAt = now();
  // A clock that was set back must not take back time that was spent.
  const seconds = () => Math.max(0, now() - startedAt) / 1000;
  const totals: QueueTotals = { completed: 0, failed: 0, kept: 0, strategiesTested: 0, seconds: 0 };
  let pauseMessage: string | null = null;
  let closing = false;
  const checkpoints = createCheckpointSchedule(config.queue.auto_checkpoint_interval, now, () =>
    deps.checkpoint(queue.id),
  );

  const commitDeps = {
    ...deps,
    strategies: strategyGrid(strategyAxes(config)),
    regimeNames: [...compileRegimes(config.regimes.definitions).map((r) => r.name), UNCLASSIFIED],
  };

  function commit(result: CellResult): void {
    const cell = cellAt.get(result.index)!;
    const outcome = commitResult(commitDeps, queue.id, cell, result);
    training.committed();
    totals.strategiesTested += outcome.strategiesTested;
    totals[outcome.status]++;
    if (outcome.kept) totals.kept++;
    report(cell, outcome);
    checkpoints.committed();
  }

  function report(cell: ResolvedCell, outcome: CommitOutcome): void {
    const trained = totals.completed + totals.failed;
    const done = doneBefore + trained;
    const configuration = describeConfiguration(cell.configuration);
    const text = describeOutcome(outcome);
    feed.info(queue.id, `Training model ${done}/${toTrain}: ${configuration}`);
    if (outcome.error === null) feed.info(queue.id, text);
    else feed.error(queue.id, `${configuration}: ${text}`);
    emit({
      type: 'queue.progress',
      queueId: queue.id,
      progress: {
        done,
        toTrain,
        completed: before.completed + totals.completed,
        failed: before.failed + totals.failed,
        kept: queue.kept + totals.kept,
        deleted: queue.deleted + totals.completed - totals.kept,
        // Results are committed in grid order, so that what is left begins right after them.
        currentIndex: pending[trained]?.index ?? null,
        configuration,
        outcome: text,
        failedNow: outcome.error !== null,
        elapsedSeconds: queue.seconds + seconds(),
        remainingSeconds: (seconds() / trained) * (toTrain - done),
      },
    });
    if (outcome.improves.length > 0) emit({ type: 'workspace.changed', what: 'champions' });
  }

  const inOrder = createInOrder(
    pending.map(({ index }) => index),
    commit,
  );
  const threads: string[] = [];
  const jobs = pending.map(
    ({ index, cell }): CellJob => ({
      index,
      configuration: cell.configuration,
      configHash: cell.configHash,
      runKey: cell.runKey,
    }),
  );
  const training = startTraining({
    trainer: deps.trainer,
    batches: planBatches(jobs, (job) => cellAt.get(job.index)!.contextKey),
    contextSpec: (batch) => resolver.contextSpec(cellAt.get(batch.cells[0].index)!),
    maxSecondsPerCell: config.queue.max_minutes_per_model * 60,
    onThread(thread, job) {
      threads[thread] = job === undefined ? '' : describeConfiguration(job.configuration);
      emit({ type: 'queue.threads', queueId: queue.id, training: threads.filter((t) => t !== '') });
    },
    onResult: inOrder.add,
  });

  function stop(message: string | null): void {
    pauseMessage ??= message;
    training.stop();
  }

  let lastBeat = startedAt;
  function lookAround(): void {
    const row = findQueue(store, queue.id);
    if (row?.state !== 'running' || row.owner !== queue.owner) training.stop();
    const full = diskShortage(deps.workspace, config);
    if (full !== null) stop(full);
    if (Math.abs(now() - lastBeat) >= HEARTBEAT_MS) {
      lastBeat = now();
      updateQueue(store, queue.id, { heartbeat_at: lastBeat, seconds: queue.seconds + seconds() });
    }
  }

  const watch = setInterval(() => {
    try {
      lookAround();
    } catch (error) {
      stop((error as Error).message);
    }
  }, WATCH_MS);

  /** Waits for room if there is none at all: a queue that seems to run could neither be resumed nor removed. */
  async function saveEnd(values: Parameters<typeof updateQueue>[2]): Promise<void> {
    for (let waiting = false; ; waiting = true) {
      try {
        updateQueue(store, queue.id, values);
        return;
      } catch (error) {
        if (!isDiskFull(error) || closing) throw error;
        if (!waiting)
          feed.warn(
            queue.id,
            `The disk has no room to save how the queue ended; it is tried again until there is.`,
          );
        await delay(SAVE_MS);
      }
    }
  }

  async function run(): Promise<QueueTotals> {
    feed.info(queue.id, `Starting training queue "${queue.name}"…`);
    const skipped = due.length - pending.length;
    if (skipped > 0) {
      feed.info(queue.id, `${plural(skipped, 'configuration')} skipped: trained since the queue was made.`);
    }
    let end: { state: QueueState; message: string | null };
    let failure: unknown;
    try {
      await training.done;
      end = endState(store, queue.id, pauseMessage);
    } catch (error) {
      const full = isDiskFull(error);
      end = { state: full ? 'paused' : 'failed', message: (error as Error).message };
      if (!full) failure = error;
    } finally {
      clearInterval(watch);
    }
    totals.seconds = seconds();
    if (findQueue(store, queue.id)?.owner !== queue.owner) throw failure ?? takenOver(queue);
    await saveEnd({
      ...end,
      seconds: queue.seconds + totals.seconds,
      finished_at: end.state === 'paused' ? null : now(),
      owner: null,
      heartbeat_at: null,
    });
    await checkpoints.settled();
    await deps.checkpoint(queue.id);
    if (end.state === 'completed') feed.info(queue.id, 'Training completed!');
    else feed.warn(queue.id, `Training ${end.state}${end.message === null ? '.' : `: ${end.message}`}`);
    if (failure !== undefined) throw failure;
    return totals;
  }

  return {
    stop,
    close(message) {
      closing = true;
      stop(message);
    },
    done: run(),
  };
}

/** The state a queue ends in when nothing is in flight any more. */
function endState(
  store: Store,
  queueId: number,
  pauseMessage: string | null,
): { state: QueueState; message: string | null } {
  const requested = findQueue(store, queueId)?.state;
  if (countCells(store, queueId).pending === 0) return { state: 'completed', message: null };
  if (requested === 'cancelling') return { state: 'cancelled', message: null };
  return { state: 'paused', message: pauseMessage };
}

function isDiskFull(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'disk-full';
}

function takenOver(queue: QueueRow): EngineError {
  return new EngineError(
    'workspace-busy',
    `Another process has taken over queue ${queue.id} "${queue.name}", since this one gave no sign of life for too long. What it had committed is kept.`,
    { queueId: queue.id },
  );
}

/** Why the disk is too full to go on, or null. */
export function diskShortage(workspace: string, config: Config): string | null {
  const { bavail, bsize } = statfsSync(workspace);
  const free = (bavail * bsize) / 1e6;
  if (free >= config.storage.min_free_mb) return null;
  return `Only ${Math.floor(free)} MB are free on the disk of ${workspace}; storage.min_free_mb asks for ${config.storage.min_free_mb}. Make room, then resume.`;
}

function describeOutcome(outcome: CommitOutcome): string {
  if (outcome.error !== null) return `Failed: ${outcome.error.message}`;
  if (outcome.improves.length > 0) return `Model kept (improves: ${outcome.improves.join(', ')})`;
  return outcome.kept ? 'Model kept (no regime improvements)' : 'Model deleted (no regime improvements)';
}
