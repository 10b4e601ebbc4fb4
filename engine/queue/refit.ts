import { artifactName } from '../artifacts/folder.ts';
import { type BoundFold, createFoldBinder, type FoldBinder } from '../binding/folds.ts';
import { describeConfiguration } from '../cells/describe.ts';
import type { Configuration } from '../contract/configuration.ts';
import { digestOf, uuidFrom } from '../identity/digest.ts';
import { dayText } from '../market/time/time-text.ts';
import type { RefitJob, RefitOutcome } from '../pipeline/job.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Reader } from '../store/database.ts';
import type { QueueRow } from '../store/queues.ts';
import { dropReplacedRefits, findRefit, insertRefit } from '../store/refits.ts';
import { type ValidationRow, validationsOf } from '../store/validations.ts';
import { refitWindows } from '../validation/refit-windows.ts';
import { foldSubject, type ModelSpec, readSpec } from '../validation/spec.ts';
import { startTraining } from '../workers/training.ts';
import { removeFreed } from './commit.ts';
import { assertOwned } from './door.ts';
import type { Pass, WorkDeps } from './work.ts';

/** Validations of a job that end with a model of all there is, and have none yet: models in full. Procedures are no model. */
export function dueRefits(store: Reader, queue: Pick<QueueRow, 'id' | 'kind'>): ValidationRow[] {
  if (queue.kind !== 'walk_forward') return [];
  return validationsOf(store, queue.id).filter(
    (row) =>
      row.scheme === 'full' &&
      readSpec(row.spec).procedure === undefined &&
      findRefit(store, row.id) === undefined,
  );
}

export interface RefitDeps extends Omit<WorkDeps, 'freshScores' | 'changed'> {
  readonly library: CandleLibrary;
}

/** A model of all there is, bound to what the workspace has now. */
interface BoundRefit {
  readonly row: ValidationRow;
  readonly spec: ModelSpec;
  readonly bound: BoundFold;
}

/**
 * Trains, for each validation of a job that is due, the same configuration on all data as of today, and keeps its file: it belongs to
 * the validation, until that is validated again or goes. One that can't be trained is recorded as failed.
 */
export function startRefits(deps: RefitDeps, queue: QueueRow): Pass {
  const { store, feed, config } = deps;
  const binder = createFoldBinder(deps.library, config);
  const due = dueRefits(store, queue).map((row) => bindRefit(deps, binder, row));
  const threads: (Configuration | undefined)[] = [];
  for (const { spec } of due) {
    feed.info(queue.id, `Refitting on all data: ${describeConfiguration(spec.configuration)}`, SAYS);
  }
  const training = startTraining<RefitJob>({
    trainer: deps.trainer,
    // Each has a context of its own: other markets, or another end.
    batches: due.map((refit, index) => ({ contextKey: String(index), cells: [jobOf(refit, index)] })),
    contextSpec: ({ cells: [job] }) => {
      const { spec, bound } = due[job!.index]!;
      return binder.contextSpec(spec, [bound]);
    },
    maxSecondsPerCell: config.queue.max_minutes_per_model * 60,
    onThread(thread, job) {
      threads[thread] = job?.configuration;
      const busy = threads.filter((configuration) => configuration !== undefined);
      deps.emit({ type: 'queue.threads', queueId: queue.id, training: busy });
    },
    onResult(result) {
      commitRefit(deps, queue, due[result.index]!, result);
      training.committed();
    },
  });
  return {
    stop: training.stop,
    present: () => ({
      training: threads.filter((of) => of !== undefined),
      first: null,
      remainingSeconds: null,
    }),
    done: training.done,
  };
}

const DAY_MS = 86_400_000;
const SAYS = { source: 'queue/refit:startRefits' } as const;

/** All bars up to today. */
function bindRefit({ config }: RefitDeps, binder: FoldBinder, row: ValidationRow): BoundRefit {
  const spec = readSpec(row.spec) as ModelSpec;
  const market = binder.market(spec.configuration);
  const asOf = market.end + config.evaluation.holdout_days * DAY_MS;
  const windows = refitWindows(market, spec.strategy, spec.rules, asOf);
  return { row, spec, bound: binder.bind(foldSubject(spec), { asOf, windows, tests: [] }) };
}

function jobOf({ spec: { configuration }, bound }: BoundRefit, index: number): RefitJob {
  const { windows, configHash, trainingKey } = bound;
  const { training, evaluation } = windows;
  return { index, configuration, training, evaluation, configHash, trainingKey, refit: true };
}

/** The file is in place before its row is permanent, and what it replaces goes after that. */
function commitRefit(
  deps: RefitDeps,
  queue: QueueRow,
  { row, spec, bound }: BoundRefit,
  result: RefitOutcome,
): void {
  const { store, artifacts, feed, now, onStep } = deps;
  const { training } = bound.windows;
  const common = {
    validation_id: row.id,
    train_from: training.from,
    train_to: training.to,
    as_of: bound.asOf,
    seconds: result.seconds,
    created_at: now(),
  };
  const description = describeConfiguration(spec.configuration);
  if (result.status === 'failed') {
    store.transaction(() => {
      assertOwned(store, queue);
      const error = JSON.stringify(result.error);
      const none = { model_key: null, artifact_file: null, artifact_bytes: 0, train_bars: 0 };
      insertRefit(store, { ...common, ...none, error });
    });
    feed.error(queue.id, `${description}: the refit failed: ${result.error.message}`, SAYS);
    return;
  }
  const { artifact, trainRows } = result;
  const uuid = uuidFrom(digestOf(['refit', row.id, bound.trainingKey]));
  const file = artifactName({ ...spec.configuration, uuid });
  const freed = store.transaction(() => {
    assertOwned(store, queue);
    artifacts.write(file, artifact);
    onStep?.('file in place');
    insertRefit(store, {
      ...common,
      model_key: bound.trainingKey,
      artifact_file: file,
      artifact_bytes: artifact.length,
      train_bars: trainRows,
      error: null,
    });
    return dropReplacedRefits(store, row);
  });
  onStep?.('committed');
  for (const name of freed) removeFreed(deps, name);
  feed.info(
    queue.id,
    `Refit ready: ${description}, trained until ${dayText(training.to)} on ${trainRows} bars`,
    SAYS,
  );
  deps.emit({ type: 'workspace.changed', what: 'validations' });
}
