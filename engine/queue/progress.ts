import type { ResolvedCell } from '../binding/resolver.ts';
import { describeConfiguration } from '../cells/describe.ts';
import type { EventListener } from '../contract/events.ts';
import type { Feed } from '../log/feed.ts';
import type { QueueRow } from '../store/queues.ts';
import type { CellState } from '../store/schema.ts';
import type { CommitOutcome } from './commit.ts';
import type { Stopwatch } from './stopwatch.ts';

export interface ProgressOptions {
  readonly feed: Feed;
  readonly emit: EventListener;
  /** As this pass began. */
  readonly queue: QueueRow;
  /** Its cells by state then. */
  readonly before: Readonly<Record<CellState, number>>;
  /** Indices of the cells that this pass trains, ascending. */
  readonly pending: readonly number[];
  /** Seconds of this pass. */
  readonly seconds: Stopwatch;
}

/** Tells the feed and all listeners how far a pass over a queue is. */
export interface Progress {
  /** One more result is permanent; results come in grid order. */
  committed(cell: ResolvedCell, outcome: CommitOutcome): void;
}

const MODEL = { topic: 'model' } as const;

export function createProgress({ feed, emit, queue, before, pending, seconds }: ProgressOptions): Progress {
  const toTrain = queue.total - before.skipped;
  const doneBefore = before.completed + before.failed;
  const totals = { completed: 0, failed: 0, kept: 0 };

  return {
    committed(cell, outcome) {
      totals[outcome.status]++;
      if (outcome.kept) totals.kept++;
      const trained = totals.completed + totals.failed;
      const done = doneBefore + trained;
      const { configuration } = cell;
      const description = describeConfiguration(configuration);
      const text = describeOutcome(outcome);
      feed.info(queue.id, `Training model ${done}/${toTrain}: ${description}`, MODEL);
      if (outcome.error === null) feed.info(queue.id, text, MODEL);
      else feed.error(queue.id, `${description}: ${text}`, MODEL);
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
          currentIndex: pending[trained] ?? null,
          configuration,
          description,
          outcome: text,
          failedNow: outcome.error !== null,
          elapsedSeconds: queue.seconds + seconds(),
          remainingSeconds: (seconds() / trained) * (toTrain - done),
        },
      });
      if (outcome.improves.length > 0) emit({ type: 'workspace.changed', what: 'champions' });
    },
  };
}

function describeOutcome(outcome: CommitOutcome): string {
  if (outcome.error !== null) return `Failed: ${outcome.error.message}`;
  if (outcome.improves.length > 0) return `Model kept (improves: ${outcome.improves.join(', ')})`;
  return outcome.kept ? 'Model kept (no regime improvements)' : 'Model deleted (no regime improvements)';
}
