import type { ResolvedCell } from '../binding/resolver.ts';
import { describeConfiguration } from '../cells/describe.ts';
import type { EventListener } from '../contract/events.ts';
import type { Feed } from '../log/feed.ts';
import type { KeptModels } from '../store/kept-models.ts';
import type { QueueRow } from '../store/queues.ts';
import type { CellState } from '../store/schema.ts';
import type { CommitOutcome } from './commit.ts';
import type { PeakMemory } from './peak-memory.ts';
import type { Stopwatch } from './stopwatch.ts';

export interface ProgressOptions {
  readonly feed: Feed;
  readonly emit: EventListener;
  /** As this pass began. */
  readonly queue: QueueRow;
  /** Its cells by state then; of a search its trials. */
  readonly before: Readonly<Record<CellState, number>>;
  /** Indices of the cells that this pass trains, ascending. */
  readonly pending: readonly number[];
  /** How many of its cells, the last ones, are no trials of a search but the best of each place. */
  readonly bests: number;
  /** Those of them that were completed then. */
  readonly bestsBefore: number;
  /** What is kept of the queue's models after this result, `crowned` of which became champions. */
  readonly keptModels: (crowned: number, outcome: CommitOutcome) => KeptModels;
  /** Seconds of this pass. */
  readonly seconds: Stopwatch;
  readonly memory: PeakMemory;
}

/** Tells the feed and all listeners how far a pass over a queue is. */
export interface Progress {
  /** A thread turned to a cell; a second time, where the first one was lost. */
  started(index: number, configuration: ResolvedCell['configuration']): void;
  /**
   * One more result is permanent; results come in grid order. `kept`: what was kept of the queue's models when it was recorded,
   * where others of the same transaction came after it. `lines`: what a walk-forward says of each of its folds.
   */
  committed(
    cell: Pick<ResolvedCell, 'configuration'>,
    outcome: CommitOutcome,
    more?: { readonly kept?: KeptModels | undefined; readonly lines?: readonly string[] | undefined },
  ): void;
  /** Seconds the pass is likely to go on, at its pace so far; null while nothing is done. */
  remainingSeconds(): number | null;
}

const STARTED = { topic: 'model', source: 'queue/progress:started' } as const;
const DECIDED = { topic: 'model', source: 'selection/decide:decide' } as const;
const COMMITTED = { topic: 'model', source: 'queue/progress:committed' } as const;

export function createProgress(options: ProgressOptions): Progress {
  const { feed, emit, queue, before, pending, seconds } = options;
  const isEvaluation = queue.kind === 'evaluation';
  const isValidation = queue.kind === 'walk_forward';
  const isSearch = queue.kind === 'search' || queue.kind === 'survival';
  const trials = queue.total - options.bests;
  const toTrain = trials - before.skipped;
  const doneBefore = before.completed + before.failed;
  /** A model's number, from 1, among all that the queue trains. */
  const numbers = new Map(pending.map((index, position) => [index, doneBefore + position + 1]));
  const said = new Set<number>();
  const totals = { completed: 0, failed: 0, crowned: 0 };
  /** Results of all cells, and models among them that were decided on. */
  let ended = 0;
  let bestsCompleted = 0;

  function remainingSeconds(): number | null {
    return ended === 0 ? null : (seconds() / ended) * (pending.length - ended);
  }

  return {
    started(index, configuration) {
      if (said.has(index)) return;
      said.add(index);
      const description = describeConfiguration(configuration);
      const verb = isEvaluation ? 'Evaluating' : 'Training';
      const what = isValidation ? 'fold' : isSearch ? 'trial' : 'model';
      const place =
        index < trials
          ? `${what} ${numbers.get(index)}/${toTrain}`
          : `the best, ${index - trials + 1}/${options.bests}`;
      feed.info(queue.id, `${verb} ${place}: ${description}`, STARTED);
    },

    committed(cell, outcome, { kept, lines = [] } = {}) {
      const isBest = pending[ended]! >= trials;
      ended++;
      if (!isBest) totals[outcome.status]++;
      else if (outcome.status === 'completed') bestsCompleted++;
      if (outcome.crowned) totals.crowned++;
      const done = doneBefore + totals.completed + totals.failed;
      const next = pending[ended];
      const { configuration } = cell;
      const description = describeConfiguration(configuration);
      const text = isValidation
        ? (lines[0] ?? `Failed: ${outcome.error?.message}`)
        : isSearch && lines[0] !== undefined
          ? lines[0]
          : isEvaluation
            ? describeEvaluation(outcome)
            : describeOutcome(outcome);
      const fields = { ...COMMITTED, run: outcome.run, metrics: outcome.metrics };
      if (lines.length > 0 && outcome.error === null)
        for (const line of lines) feed.info(queue.id, line, fields);
      else if (outcome.error === null) {
        const place = isBest
          ? `best ${pending[ended - 1]! - trials + 1}/${options.bests}`
          : `${done}/${toTrain}`;
        feed.info(queue.id, `${text}: ${place}, ${description}`, fields);
      } else feed.error(queue.id, `${description}: ${text}`, { ...fields, code: outcome.error.code });
      for (const { regime, decision, reason } of outcome.decisions) {
        feed.debug(queue.id, `${regime}: ${decision}. ${reason}`, DECIDED);
      }
      const models = kept ?? options.keptModels(queue.crowned + totals.crowned, outcome);
      const completed = before.completed + totals.completed;
      emit({
        type: 'queue.progress',
        queueId: queue.id,
        progress: {
          done,
          toTrain,
          completed,
          failed: before.failed + totals.failed,
          ...models,
          deleted: (isSearch ? options.bestsBefore + bestsCompleted : completed) - models.kept,
          // Results are committed in grid order, so that what is left begins right after them.
          currentIndex: next === undefined || next >= trials ? null : next + 1,
          configuration,
          description,
          outcome: text,
          failedNow: outcome.error !== null,
          memoryBytes: options.memory.bytes,
          elapsedSeconds: queue.seconds + seconds(),
          remainingSeconds: remainingSeconds() ?? 0,
        },
      });
      if (isValidation) emit({ type: 'workspace.changed', what: 'validations' });
      if (isEvaluation || outcome.improves.length > 0) emit({ type: 'workspace.changed', what: 'champions' });
    },

    remainingSeconds,
  };
}

function describeOutcome(outcome: CommitOutcome): string {
  if (outcome.error !== null) return `Failed: ${outcome.error.message}`;
  if (outcome.improves.length > 0) return `Model kept (improves: ${outcome.improves.join(', ')})`;
  return outcome.kept ? 'Model kept (no regime improvements)' : 'Model deleted (no regime improvements)';
}

function describeEvaluation({ error, improves, kept }: CommitOutcome): string {
  if (error !== null) return `Failed: ${error.message}`;
  if (improves.length > 0) return `Model kept (champion of: ${improves.join(', ')})`;
  return kept ? 'Model kept (champion of no regime)' : 'Model deleted (champion of no regime any more)';
}
