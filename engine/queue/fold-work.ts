import { createFoldBinder, type FoldBinder } from '../binding/folds.ts';
import type { Cell } from '../cells/cell-source.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { FoldJob, FoldOutcome, ProcedureJob } from '../pipeline/job.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { finishCell, type QueueRow } from '../store/queues.ts';
import {
  foldsOf,
  reusableFolds,
  updateFold,
  type ValidationRow,
  validationsOf,
} from '../store/validations.ts';
import { type BoundModel, type BoundWork, boundWork } from '../validation/bound-models.ts';
import { procedureChoice } from '../validation/procedure-choice.ts';
import { earlierWindows, readSpec, type ValidationSpec } from '../validation/spec.ts';
import { planBatches } from '../workers/batches.ts';
import { startTraining, type Training } from '../workers/training.ts';
import { assertOwned } from './door.ts';
import { commitFold } from './fold-commit.ts';
import { type FoldLearner, type FoldSurvivals, learnFolds } from './fold-survival.ts';
import { createInOrder } from './in-order.ts';
import { insertValidations, type WalkForwardSpec } from './validation-rows.ts';
import { type Course, createPassProgress, type Pass, type WorkDeps } from './work.ts';

/** A model of a walk-forward, or a fold of a procedure, that is still to be trained. */
export interface DueFold {
  readonly index: number;
  readonly validation: ValidationRow;
  readonly spec: ValidationSpec;
  readonly model: BoundWork;
}

export interface FoldDeps extends Pick<WorkDeps, 'store' | 'config' | 'now'> {
  readonly library: CandleLibrary;
}

/** What of a walk-forward is left to do, and who binds it. */
export interface DueFolds {
  readonly pending: readonly DueFold[];
  readonly binder: FoldBinder;
}

/**
 * Models of a walk-forward whose figures are not all there. The others are done: those figures were computed before, by whatever job.
 * What is pending is bound to what the workspace has now.
 */
export function dueFolds(deps: FoldDeps, queue: QueueRow, due: readonly Cell[]): DueFolds {
  const { store } = deps;
  const binder = createFoldBinder(deps.library, deps.config);
  const open = new Set(due.map(({ index }) => index));
  const pending = store.transaction(() => {
    assertOwned(store, queue);
    return validationsIn(deps, queue, binder).flatMap(({ row, spec, models, first }) => {
      const known = reusableFolds(
        store,
        models.flatMap(({ bound }) => [...bound.keys.values()]),
      );
      return models.flatMap((model, i): DueFold[] => {
        const index = first + i;
        if (!open.has(index)) return [];
        const isKnown = model.folds.every(({ key }) => known.has(key));
        for (const fold of model.folds) noteKey(store, row, fold, isKnown);
        if (!isKnown) return [{ index, validation: row, spec, model }];
        finishCell(store, queue.id, index, 'completed', null);
        return [];
      });
    });
  });
  return { pending, binder };
}

/** What it is called under today's candles and rules. */
function noteKey(
  store: Store,
  { id }: ValidationRow,
  { index, key }: BoundWork['folds'][number],
  isReused: boolean,
): void {
  const reused = isReused ? 1 : 0;
  updateFold(store, { validation_id: id, fold_index: index, key, reused, error: null });
}

interface BoundValidation {
  readonly row: ValidationRow;
  readonly spec: ValidationSpec;
  readonly models: readonly BoundWork[];
  /** Cell of its first model. */
  readonly first: number;
}

function validationsIn(
  { store, config, now }: FoldDeps,
  queue: QueueRow,
  binder: FoldBinder,
): BoundValidation[] {
  const choice = procedureChoice(store, config);
  const bind = (spec: ValidationSpec) =>
    boundWork(binder, spec, binder.market(spec.configuration).candles, choice);
  if (validationsOf(store, queue.id).length === 0) {
    // Of a job that came back from a checkpoint, which has no folds: they are computed again.
    const { validations } = storedJson<WalkForwardSpec>(queue.spec, `what job ${queue.id} validates`);
    const all = validations.map((spec) => ({ spec, models: bind(spec) }));
    insertValidations(store, queue.id, all, now());
  }
  return validationsOf(store, queue.id).map((row) => {
    const spec = readSpec(row.spec);
    const first = Math.min(...foldsOf(store, row.id).map(({ cell_index }) => cell_index));
    return { row, spec, models: bind(spec), first };
  });
}

/** Trains models of folds, and makes what became of each permanent in the job's order. */
export function startFolds(
  deps: WorkDeps,
  queue: QueueRow,
  { pending, binder }: DueFolds,
  course: Course,
  learner: FoldLearner,
): Pass {
  const folds = new Map(pending.map((fold) => [fold.index, fold]));
  const indices = pending.map(({ index }) => index);
  const progress = createPassProgress(deps, queue, indices, course);
  const groupOf = ({ validation, model }: DueFold) => `${validation.id} ${model.bound.contextKey}`;

  let stopped = false;
  let training: Training | undefined;
  const start = (survivals: FoldSurvivals) =>
    startTraining<FoldJob | ProcedureJob>({
      trainer: deps.trainer,
      batches: planBatches(
        pending.map((due) => jobOf(due, survivals)),
        ({ index }) => groupOf(folds.get(index)!),
      ),
      contextSpec({ cells }) {
        const own = cells.map(({ index }) => folds.get(index)!);
        const [{ spec, model }] = own as [DueFold];
        // A group of its own: see `contextKey`.
        if ('context' in model) return model.context();
        const bound = own.flatMap(({ model: of }) => ('context' in of ? [] : [of.bound]));
        return binder.contextSpec(
          spec,
          bound.sort((a, b) => endOf(a) - endOf(b)),
        );
      },
      maxSecondsPerCell: Math.min(
        MOST_SECONDS,
        deps.config.queue.max_minutes_per_model * 60 * mostModels(pending),
      ),
      onThread: progress.onThread,
      onResult: createInOrder(indices, (result: FoldOutcome) => {
        const due = folds.get(result.index)!;
        const { outcome, lines } = commitFold(deps, queue, due, result);
        training?.committed();
        progress.committed(result.index, due.spec, outcome, { lines });
      }).add,
    });

  async function run(): Promise<void> {
    const learned = pending.flatMap(({ model }) => ('job' in model ? (model.learnedFrom ?? []) : []));
    const survivals = await learnFolds(deps.store, learner, learned, () => stopped);
    if (stopped) return;
    training = start(survivals);
    await training.done;
  }

  return {
    stop() {
      stopped = true;
      training?.stop();
    },
    present: progress.present,
    done: run(),
  };
}

function endOf({ windows }: BoundModel['bound']): number {
  return windows.evaluation.windows.at(-1)!.to;
}

/** What a timer can wait for. */
const MOST_SECONDS = 2_000_000;

/** Models that one of them trains at most. */
function mostModels(pending: readonly DueFold[]): number {
  return pending.reduce((most, { spec }) => Math.max(most, spec.procedure?.size ?? 1), 1);
}

function jobOf({ index, spec, model }: DueFold, survivals: FoldSurvivals): FoldJob | ProcedureJob {
  if ('job' in model) return model.job(index, survivals.get(model.learnedFrom?.key ?? ''));
  const { configuration, regime: scope } = spec;
  const { windows, configHash, trainingKey } = model.bound;
  const { training, evaluation } = windows;
  const job = { index, configuration, training, evaluation, configHash, trainingKey, scope };
  // A procedure has no updates, and was dealt with above.
  return spec.procedure === undefined && spec.updates !== undefined
    ? { ...job, earlier: earlierWindows(spec, training) }
    : job;
}
